import { describe, expect, it } from 'vitest';
import { bcaLevels, biasCorrection, jackknifeAcceleration } from './bca';

/** Efron and Tibshirani (1993), table 14.1: spatial test data, A. */
const SPATIAL_A = [48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41];

/** The statistic of their section 14.3: the variance with divisor n, 171.5 for A. */
function variance(values: number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

const leaveOneOut = (values: number[]) => values.map((_, at) => variance(values.toSpliced(at, 1)));

describe('jackknifeAcceleration', () => {
  it('is 0.061 for the variance of the spatial test data (Efron and Tibshirani 1993, 14.3)', () => {
    expect(variance(SPATIAL_A)).toBeCloseTo(171.5, 1);
    expect(jackknifeAcceleration(leaveOneOut(SPATIAL_A))).toBeCloseTo(0.061, 3);
  });

  it('is what R computes by (14.15), to 1e-12', () => {
    // R 4.2.2: v <- function(x) mean((x - mean(x))^2); j <- sapply(seq_along(A), function(i) v(A[-i]))
    // d <- mean(j) - j; sum(d^3) / (6 * sum(d^2)^1.5)
    expect(jackknifeAcceleration(leaveOneOut(SPATIAL_A))).toBeCloseTo(0.061240119812307453, 12);
  });

  it('is 0 where leaving one out changes nothing, rounding or not', () => {
    expect(jackknifeAcceleration(new Array<number>(10).fill(0.1))).toBe(0);
  });
});

describe('bcaLevels', () => {
  it('are 0.110 and 0.985 for the spatial test data at 90 % (Efron and Tibshirani 1993, 14.3)', () => {
    const [low, high] = bcaLevels({ z0: 0.146, acceleration: 0.061, level: 0.9 });
    expect(low).toBeCloseTo(0.11, 3);
    // The book rounds z0 and a before printing them: 0.9845 from these.
    expect(Math.abs(high - 0.985)).toBeLessThan(0.001);
  });

  it.each([
    // R 4.2.2: f <- function(z0, a, l) { z <- qnorm((1 + c(-l, l)) / 2); pnorm(z0 + (z0 + z) / (1 - a * (z0 + z))) }
    [0.146, 0.061, 0.9, 0.10985618255582347, 0.98447701308406266],
    [-0.2, 0.03, 0.95, 0.01292298962475423, 0.95134812555608828],
  ])('for z0 %d and acceleration %d at %d are what R gives, to 1e-12', (z0, acceleration, level, low, high) => {
    const levels = bcaLevels({ z0, acceleration, level });
    expect(levels[0]).toBeCloseTo(low, 12);
    expect(levels[1]).toBeCloseTo(high, 12);
  });

  it('are those of the percentile interval without bias and acceleration', () => {
    const [low, high] = bcaLevels({ z0: 0, acceleration: 0, level: 0.95 });
    expect(low).toBeCloseTo(0.025, 14);
    expect(high).toBeCloseTo(0.975, 14);
  });

  it('stay at the end that they reached where the correction passes infinity', () => {
    expect(bcaLevels({ z0: 0.5, acceleration: 1, level: 0.95 })[1]).toBe(1);
    expect(bcaLevels({ z0: -0.5, acceleration: -1, level: 0.95 })[0]).toBe(0);
  });
});

describe('biasCorrection', () => {
  it('is the normal quantile of the share of draws below', () => {
    expect(biasCorrection(0.5, 1000)).toBe(0);
    expect(biasCorrection(0.975, 1000)).toBeCloseTo(1.959963984540054, 12);
  });

  it('stays finite where all draws lie on one side', () => {
    expect(biasCorrection(0, 1000)).toBeCloseTo(-3.2905267314919255, 9);
    expect(biasCorrection(1, 1000)).toBeCloseTo(3.2905267314919255, 9);
  });
});
