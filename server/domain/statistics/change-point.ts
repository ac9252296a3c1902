import { doubledRanks } from './ranks';
import { requireFinite } from './require-finite';

export type ChangePoint = {
  /** Number of values before the change; 0 if nothing speaks for one. The first, if several places do equally. */
  index: number;
  /** Pettitt's K, the largest |U|. */
  statistic: number;
  /** Approximate and two-sided, at most 1. */
  p: number;
};

/**
 * Where a series changed its level, by ranks alone, so that one stall does not count as a change; null below two values.
 * With ties it takes mean ranks. The p value is the published approximation. It supposes that neighbours are independent and
 * errs towards no change: below 11 values it stays above 0.05 whatever they are, and of series of 20, 50 and 100 unchanged
 * values about 2, 3 and 3 % fall to 0.05. Throws RangeError at a value that is not finite. Source: A. N. Pettitt, "A
 * non-parametric approach to the change-point problem", Applied Statistics 28 (1979).
 */
export function pettitt(values: readonly number[]): ChangePoint | null {
  requireFinite(values);
  const n = values.length;
  if (n < 2) return null;
  const change = { index: 0, statistic: 0 };
  let u = 0;
  for (const [before, doubledRank] of doubledRanks(values).entries()) {
    u += doubledRank - (n + 1);
    if (Math.abs(u) > change.statistic) {
      change.index = before + 1;
      change.statistic = Math.abs(u);
    }
  }
  return { ...change, p: Math.min(1, 2 * Math.exp((-6 * change.statistic ** 2) / (n ** 3 + n ** 2))) };
}
