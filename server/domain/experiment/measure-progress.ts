import { isOver } from '../run';
import { median } from '../statistics/median';
import { attemptsOf, keyOf, latestAttempts } from './attempts';
import type { ExperimentRecord, PlannedRun } from './experiment';
import { mayRunAgain, pairsInOrder } from './next-place';
import type { Progress } from './progress';

type Known = { record: ExperimentRecord; runs: readonly PlannedRun[]; now: number };

/** How far it is, and when it will be over if everything to come takes as long as what was. */
export function measureProgress({ record, runs, now }: Known): Progress {
  const { plan } = record;
  const attempts = attemptsOf(plan, runs, now);
  const latest = latestAttempts(attempts);
  const over = runs.filter(({ state }) => isOver(state));
  const pairs = pairsInOrder(plan);
  const ended = record.state === 'done' || record.state === 'cancelled';
  const left = pairs.map((pair) => {
    const attempt = latest.get(keyOf(pair));
    if (ended || attempt?.outcome === 'counts') return { cell: pair.cell, runs: 0 };
    if (attempt?.outcome === 'left_out' && !mayRunAgain(record, pair, attempts)) return { cell: pair.cell, runs: 0 };
    const done = attempt?.outcome === 'open' ? attempt.runs.filter(({ state }) => isOver(state)).length : 0;
    return { cell: pair.cell, runs: plan.variants.length - done };
  });
  const lengths = lengthsOf(over);
  const runMs = median(over.flatMap(lengthOf));
  const etaMs = left.reduce((sum, { cell, runs: count }) => sum + count * (lengths.get(cell) ?? runMs ?? 0), 0);
  const runsLeft = left.reduce((sum, { runs: count }) => sum + count, 0);
  return {
    runsOver: over.length,
    runsExpected: over.length + runsLeft,
    pairsCounted: [...latest.values()].filter(({ outcome }) => outcome === 'counts').length,
    pairsWanted: pairs.length,
    runMs,
    etaMs: runMs === null || ended ? null : etaMs,
    valid: count(over, 'valid'),
    suspect: count(over, 'suspect'),
    invalid: count(over, 'invalid'),
  };
}

/** Median length by cell: seven replicas take longer to start and to remove than three. */
function lengthsOf(over: readonly PlannedRun[]): Map<number, number> {
  const cells = [...new Set(over.map(({ cell }) => cell))];
  return new Map(
    cells.flatMap((cell): [number, number][] => {
      const ms = median(over.filter((run) => run.cell === cell).flatMap(lengthOf));
      return ms === null ? [] : [[cell, ms]];
    }),
  );
}

const lengthOf = ({ startedAt, endedAt }: PlannedRun) => (startedAt === null || endedAt === null ? [] : [endedAt - startedAt]);

const count = (runs: readonly PlannedRun[], verdict: PlannedRun['verdict']) =>
  runs.filter((run) => run.verdict === verdict).length;
