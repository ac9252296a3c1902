import { medianInterval } from '../statistics/bootstrap';
import { median } from '../statistics/median';
import { signedRank } from '../statistics/wilcoxon';

/** Below this many pairs no p-value is given: the exact test cannot reach 0.05 with five. */
export const LEAST_PAIRS = 6;

export type RatioEstimate = { n: number; medianRatio: number | null; ci95: [number, number] | null; p: number | null };

/**
 * Median ratio with its BCa bootstrap interval, and the exact Wilcoxon signed-rank test, all on log ratios: a ratio and
 * its inverse are then equally far from 1.
 */
export function estimateRatio(ratios: readonly number[], seed: number): RatioEstimate {
  const logs = ratios.map(Math.log);
  const middle = median(logs);
  const interval = medianInterval(logs, { seed });
  return {
    n: ratios.length,
    medianRatio: middle === null ? null : Math.exp(middle),
    ci95: interval === null ? null : [Math.exp(interval.low), Math.exp(interval.high)],
    p: ratios.length < LEAST_PAIRS ? null : signedRank(logs).p,
  };
}
