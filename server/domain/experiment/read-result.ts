import { LEAST_PAIRS } from './estimate-ratio';
import type { MetricResult, Reading } from './results';

/** The level at which a difference counts as shown. */
export const ALPHA = 0.05;

type Found = Pick<MetricResult, 'n' | 'medianRatio' | 'ci95' | 'pHolm' | 'noise'>;

/** A difference is shown if the interval excludes 1, the corrected p agrees, and the median lies outside the noise floor. */
export function readResult({ n, medianRatio, ci95, pHolm, noise }: Found): Reading {
  if (n < LEAST_PAIRS || medianRatio === null || ci95 === null || pHolm === null) return 'too_few_pairs';
  const [low, high] = ci95;
  const excludesOne = low > 1 || high < 1;
  const insideNoise = noise !== null && medianRatio >= noise[0] && medianRatio <= noise[1];
  if (!excludesOne || pHolm > ALPHA || insideNoise) return 'no_difference_shown';
  return medianRatio < 1 ? 'lower' : 'higher';
}
