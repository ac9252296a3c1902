import { bcaLevels, biasCorrection, jackknifeAcceleration } from './bca';
import { gatherDraws, quantileOf, shareBelow } from './drawn-distribution';
import { ascending, meanOfPair, medianOfSorted, middleOf } from './median';
import { drawMedians } from './median-draws';
import { requireFinite } from './require-finite';

export type MedianInterval = {
  low: number;
  high: number;
  /** The median of the values themselves. */
  estimate: number;
  /** Bias correction, on the normal scale. */
  z0: number;
  acceleration: number;
};

/**
 * The BCa bootstrap interval of the median (see bca.ts for the sources), from seeded draws: the same values and seed give
 * the same interval, in whatever order the values come. null below two values. If all values are equal, both ends are that
 * value, and z0 and the acceleration are 0. Throws RangeError at a value that is not finite and at a seed that is not
 * an unsigned 32-bit number.
 */
export function medianInterval(
  values: readonly number[],
  { seed, draws = 10_000, level = 0.95 }: { seed: number; draws?: number; level?: number },
): MedianInterval | null {
  requireFinite(values);
  const sorted = values.toSorted(ascending);
  const estimate = medianOfSorted(sorted);
  if (estimate === null || sorted.length < 2) return null;
  const pairs = drawMedians(sorted.length, seed, draws);
  const distribution = gatherDraws(pairs.map((pair) => ({ value: meanOfPair(sorted, pair), count: pair.count })));
  const z0 = biasCorrection(shareBelow(distribution, estimate), draws);
  const acceleration = jackknifeAcceleration(mediansWithoutOne(sorted));
  const [low, high] = bcaLevels({ z0, acceleration, level });
  return { low: quantileOf(distribution, low), high: quantileOf(distribution, high), estimate, z0, acceleration };
}

/** The median of all values but one, for each of them. */
function mediansWithoutOne(sorted: readonly number[]): number[] {
  const { lower, upper } = middleOf(sorted.length - 1);
  return sorted.map((_, left) =>
    meanOfPair(sorted, { lower: lower < left ? lower : lower + 1, upper: upper < left ? upper : upper + 1 }),
  );
}
