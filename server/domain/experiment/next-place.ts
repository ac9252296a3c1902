import { type Attempt, attemptsOf, keyOf, latestAttempts } from './attempts';
import { sidesInOrder } from './block-order';
import { cellsOf } from './cells';
import type { ExperimentRecord, PlannedRun } from './experiment';
import type { Place } from './place';

type Known = { record: Pick<ExperimentRecord, 'id' | 'plan' | 'grantedRetries'>; runs: readonly PlannedRun[]; now: number };

/**
 * The run that comes next; null when there is none. What is begun is finished first; what was broken off is begun anew; then
 * the plan's rounds, in which the cells take turns; then pairs that do not count run again, as often as allowed.
 */
export function nextPlace({ record, runs, now }: Known): Place | null {
  const attempts = attemptsOf(record.plan, runs, now);
  const latest = latestAttempts(attempts);
  const open = [...latest.values()].find(({ outcome }) => outcome === 'open');
  if (open !== undefined) return continueAttempt(record, open);
  const pairs = pairsInOrder(record.plan);
  const broken = pairs.find((pair) => latest.get(keyOf(pair))?.outcome === 'broken_off');
  if (broken !== undefined) return beginAttempt(record, broken, latest);
  const fresh = pairs.find((pair) => !latest.has(keyOf(pair)));
  if (fresh !== undefined) return beginAttempt(record, fresh, latest);
  const again = pairs.find((pair) => mayRunAgain(record, pair, attempts));
  return again === undefined ? null : beginAttempt(record, again, latest);
}

/** Round by round; each round begins with another cell, so that none is always first after a pause. */
export function pairsInOrder(plan: ExperimentRecord['plan']): { cell: number; pair: number }[] {
  const cells = cellsOf(plan);
  return Array.from({ length: plan.pairs }, (_, round) =>
    cells.map((_, at) => ({ cell: (at + round) % cells.length, pair: round + 1 })),
  ).flat();
}

/** True for a pair whose every attempt so far was left out and that has attempts left. */
export function mayRunAgain(
  { plan, grantedRetries }: Pick<ExperimentRecord, 'plan' | 'grantedRetries'>,
  pair: { cell: number; pair: number },
  attempts: readonly Attempt[],
): boolean {
  const own = attempts.filter((attempt) => keyOf(attempt) === keyOf(pair));
  if (own.length === 0 || own.some(({ outcome }) => outcome === 'counts' || outcome === 'open')) return false;
  const leftOut = own.filter(({ outcome }) => outcome === 'left_out').length;
  const granted = grantedRetries.filter((grant) => keyOf(grant) === keyOf(pair)).length;
  return leftOut <= plan.retriesPerPair + granted;
}

function continueAttempt({ id, plan }: Known['record'], { cell, pair, attempt, runs }: Attempt): Place | null {
  const ran = new Set(runs.map(({ side }) => side));
  const side = sidesInOrder(plan, pair).find((each) => !ran.has(each));
  return side === undefined ? null : { experimentId: id, cell, pair, attempt, side };
}

function beginAttempt(
  { id, plan }: Known['record'],
  { cell, pair }: { cell: number; pair: number },
  latest: Map<string, Attempt>,
): Place | null {
  const [side] = sidesInOrder(plan, pair);
  const attempt = (latest.get(keyOf({ cell, pair }))?.attempt ?? 0) + 1;
  return side === undefined ? null : { experimentId: id, cell, pair, attempt, side };
}
