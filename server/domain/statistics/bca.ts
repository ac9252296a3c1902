/**
 * The bias-corrected and accelerated bootstrap. Sources: B. Efron, "Better bootstrap confidence intervals", Journal of the
 * American Statistical Association 82 (1987); B. Efron and R. J. Tibshirani, "An Introduction to the Bootstrap" (1993),
 * chapter 14.
 */
import { normalCdf, normalQuantile } from './normal';

/**
 * How fast the standard error changes with the true value, from the estimates with one value left out each (14.15); 0 if
 * these are all equal.
 */
export function jackknifeAcceleration(estimates: readonly number[]): number {
  // Measured from one of them: the mean of equal numbers may round to another number, and noise would be divided by noise.
  const origin = estimates[0] ?? 0;
  const mean = estimates.reduce((sum, estimate) => sum + (estimate - origin), 0) / estimates.length;
  let squares = 0;
  let cubes = 0;
  for (const estimate of estimates) {
    const below = mean - (estimate - origin);
    squares += below ** 2;
    cubes += below ** 3;
  }
  const scale = squares ** 1.5;
  return scale === 0 ? 0 : cubes / (6 * scale);
}

/**
 * z0 from the share of draws below the estimate, those equal to it counting half: three in ten resamples of
 * 7 values have the very median of these, and if they counted on one side alone the interval would slide to the other. If
 * all draws lie on one side, z0 would be infinite and the interval a single point; the share then stays half a draw short
 * of 0 or 1.
 */
export function biasCorrection(shareBelow: number, draws: number): number {
  const halfDraw = 0.5 / draws;
  return normalQuantile(Math.min(Math.max(shareBelow, halfDraw), 1 - halfDraw));
}

/** The levels at which the bootstrap distribution is read for an interval of `level`, ascending, 0 to 1 (14.10). */
export function bcaLevels(options: { z0: number; acceleration: number; level: number }): [low: number, high: number] {
  const { z0, acceleration, level } = options;
  const adjust = (shifted: number) => {
    const left = 1 - acceleration * shifted;
    // At 0 the correction is infinite, and past it its sign would turn: the level stays at the end that it reached.
    if (left <= 0) return shifted > 0 ? 1 : 0;
    return normalCdf(z0 + shifted / left);
  };
  const z = normalQuantile((1 + level) / 2);
  return [adjust(z0 - z), adjust(z0 + z)];
}
