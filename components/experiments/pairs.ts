import type { ExperimentView, PairStanding, PlannedRun } from '@/server/api/types';

/** A pair with the runs of all its attempts, the first first. */
export type Pair = Pick<PairStanding, 'cell' | 'pair' | 'state'> & { attempts: { attempt: number; runs: PlannedRun[] }[] };

/** Every pair that was begun, by `cell/pair`. What counts is the lab's decision; here its runs are put beside it. */
export function pairsOf({ pairs, runs }: Pick<ExperimentView, 'pairs' | 'runs'>): Map<string, Pair> {
  const byId = new Map(runs.map((run) => [run.runId, run]));
  return new Map(
    pairs.map(({ cell, pair, state, attempts }) => [
      pairKey({ cell, pair }),
      { cell, pair, state, attempts: attempts.map((each) => ({ attempt: each.attempt, runs: runsOf(each.runIds, byId) })) },
    ]),
  );
}

export function pairKey({ cell, pair }: { cell: number; pair: number }): string {
  return `${cell}/${pair}`;
}

const runsOf = (ids: readonly string[], byId: ReadonlyMap<string, PlannedRun>) => ids.flatMap((id) => byId.get(id) ?? []);
