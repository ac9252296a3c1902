import type { Attempt } from './attempts';
import type { ExperimentMetric, PlannedRun } from './experiment';

/** The two runs of a pair that counts: the base and one variant of the same block. */
export type CountedPair = { pair: number; base: PlannedRun; variant: PlannedRun };

/** Pairs of one cell and side, by number of pair; the base is side 0. */
export function countedPairs(attempts: readonly Attempt[], cell: number, side: number): CountedPair[] {
  return attempts
    .filter((attempt) => attempt.cell === cell && attempt.outcome === 'counts')
    .flatMap(({ pair, runs }) => {
      const base = runs.find((run) => run.side === 0);
      const variant = runs.find((run) => run.side === side);
      return base === undefined || variant === undefined ? [] : [{ pair, base, variant }];
    })
    .sort((a, b) => a.pair - b.pair);
}

/** variant / base of each pair that knows the figure on both sides. */
export function ratiosOf(pairs: readonly CountedPair[], metric: ExperimentMetric): { pair: number; ratio: number }[] {
  return pairs.flatMap(({ pair, base, variant }) => {
    const below = base.figures[metric];
    const above = variant.figures[metric];
    return below === null || above === null || below <= 0 || above <= 0 ? [] : [{ pair, ratio: above / below }];
  });
}
