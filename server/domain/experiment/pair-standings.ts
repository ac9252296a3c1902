import { attemptsOf, keyOf } from './attempts';
import type { ExperimentRecord, PairStanding, PlannedRun } from './experiment';
import { mayRunAgain } from './next-place';

type Known = { record: ExperimentRecord; runs: readonly PlannedRun[]; now: number };

/** Every pair that was begun, in the order they began: what counts, what runs again, what is given up. */
export function standingsOf({ record, runs, now }: Known): PairStanding[] {
  const attempts = attemptsOf(record.plan, runs, now);
  const keys = [...new Set(attempts.map(keyOf))];
  return keys.flatMap((key) => {
    const own = attempts.filter((attempt) => keyOf(attempt) === key);
    const [first] = own;
    if (first === undefined) return [];
    const { cell, pair } = first;
    const said = own.map(({ attempt, outcome, runs: of }) => ({ attempt, outcome, runIds: of.map(({ runId }) => runId) }));
    return [{ cell, pair, state: stateOf(record, own), attempts: said }];
  });
}

function stateOf(record: ExperimentRecord, attempts: ReturnType<typeof attemptsOf>): PairStanding['state'] {
  const latest = attempts.at(-1);
  if (latest === undefined || attempts.some(({ outcome }) => outcome === 'counts')) return 'counts';
  if (record.state === 'done' || record.state === 'cancelled') return 'given_up';
  if (latest.outcome === 'open') return 'open';
  return latest.outcome === 'broken_off' || mayRunAgain(record, latest, attempts) ? 'again' : 'given_up';
}
