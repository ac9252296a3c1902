import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signedRank } from './wilcoxon';

/** Hollander and Wolfe (1973), pages 29 f.: depression scale factor of nine patients before and after a tranquilliser. */
const BEFORE = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
const AFTER = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];

/** Darwin's maize: height of crossed less self-fertilised plants, eighths of an inch (Fisher 1935, chapter 3). */
const MAIZE = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

/** R 4.2.2: set.seed(1); round(rnorm(40) * 3 + 1). Zeros and many ties. */
const ROUNDED = [
  -1, 2, -2, 6, 2, -1, 2, 3, 3, 0, 6, 2, -1, -6, 4, 1, 1, 4, 3, 3, 4, 3, 1, -5, 3, 1, 1, -3, 0, 2, 5, 1, 2, 1, -3, 0, 0, 1, 4,
  3,
];

/** Ranks 1 to n as differences, with signs so that the positive ones add up to `sum`. */
function signRanks(n: number, sum: number): number[] {
  let left = sum;
  return Array.from({ length: n }, (_, at) => {
    const rank = n - at;
    if (rank > left) return -rank;
    left -= rank;
    return rank;
  });
}

/** Two-sided p of an observed W+ from all 2^n choices of signs, with mean ranks by their definition. */
function enumerateP(differences: number[]): number {
  const sizes = differences.filter((difference) => difference !== 0).map(Math.abs);
  const ranks = sizes.map((size) => {
    const below = sizes.filter((other) => other < size).length;
    return below + (sizes.filter((other) => other === size).length + 1) / 2;
  });
  const signs = differences.filter((difference) => difference !== 0).map((difference) => difference > 0);
  const sumOf = (positive: (at: number) => boolean) => ranks.reduce((sum, rank, at) => sum + (positive(at) ? rank : 0), 0);
  const observed = sumOf((at) => signs[at] === true);
  const sums = Array.from({ length: 2 ** ranks.length }, (_, choice) => sumOf((at) => (choice & (1 << at)) !== 0));
  const share = (holds: (sum: number) => boolean) => sums.filter(holds).length / sums.length;
  return Math.min(
    1,
    2 *
      Math.min(
        share((sum) => sum <= observed),
        share((sum) => sum >= observed),
      ),
  );
}

const differences = fc.array(fc.integer({ min: -6, max: 6 }), { maxLength: 9 });

describe('signedRank', () => {
  it('gives V = 40 and one-sided p = 0.0195 for the depression scale (Hollander and Wolfe 1973, 29 f.)', () => {
    const { n, statistic, p } = signedRank(BEFORE.map((before, at) => before - (AFTER[at] ?? Number.NaN)));
    // R 4.2.2: wilcox.test(x, y, paired = TRUE), and alternative = 'greater' for half of it.
    expect({ n, statistic, p }).toEqual({ n: 9, statistic: 40, p: 0.0390625 });
    expect(p / 2).toBeCloseTo(0.0195, 4);
  });

  it('gives V = 96 and p = 0.0413 for the maize', () => {
    // R 4.2.2: wilcox.test(c(49, -67, 8, ...))
    expect(signedRank(MAIZE)).toEqual({ n: 15, statistic: 96, p: 0.041259765625 });
  });

  it.each([
    // R 4.2.2: 2 * psignrank(8000, 200); 2 * psignrank(60, 25); 2 * psignrank(20, 12)
    [200, 8000, 0.012178229704149361],
    [25, 60, 0.0046046376228332511],
    [12, 20, 0.15136718750000011],
  ])('of %i ranks with W+ = %i has the p value of psignrank to 1e-12, in either tail', (n, sum, p) => {
    const signed = signRanks(n, sum);
    expect(signedRank(signed)).toMatchObject({ n, statistic: sum });
    expect(Math.abs(signedRank(signed).p - p)).toBeLessThan(1e-12);
    expect(signedRank(signed.map((rank) => -rank)).p).toBe(signedRank(signed).p);
  });

  it.each([
    // R package exactRankTests 0.8-35: wilcox.exact(x); the second also coin 1.4-2: wilcoxsign_test(x ~ 0 vector,
    // distribution = 'exact', zero.method = 'Wilcoxon').
    [[3, -1, 1, 2, 2, -2, 5, 4, 0, 0, 7], 9, 39.5, 0.05078125],
    [[1, 1, 1, -1, 2, 2, -2, 3, 3, -3, 3, 4], 12, 60, 0.11328125],
    [ROUNDED, 36, 519.5, 0.0024643271171953529],
  ])('with ties and zeros is exact as exactRankTests has it (case %#)', (sample, n, statistic, p) => {
    expect(signedRank(sample)).toMatchObject({ n, statistic });
    expect(Math.abs(signedRank(sample).p - p)).toBeLessThan(1e-12);
  });

  it('equals the count over all signs', () => {
    fc.assert(
      fc.property(differences, (sample) => {
        expect(signedRank(sample).p).toBeCloseTo(enumerateP(sample), 12);
      }),
    );
  });

  it('has a p above 0 and at most 1, the same for swapped sides', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 60 }), (sample) => {
        const { n, statistic, p } = signedRank(sample);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
        const swapped = signedRank(sample.map((difference) => -difference));
        expect(swapped).toEqual({ n, statistic: (n * (n + 1)) / 2 - statistic, p });
      }),
    );
  });

  it('cannot be below 0.05 with five pairs, and is 1/32 with six of one sign', () => {
    expect(signedRank([1, 2, 3, 4, 5]).p).toBe(1 / 16);
    expect(signedRank([1, 2, 3, 4, 5, 6]).p).toBe(1 / 32);
  });

  it('finds no evidence where there is no difference', () => {
    expect(signedRank([])).toEqual({ n: 0, statistic: 0, p: 1 });
    expect(signedRank([0, -0, 0])).toEqual({ n: 0, statistic: 0, p: 1 });
  });

  it('refuses what is not a finite number', () => {
    expect(() => signedRank([1, Infinity])).toThrow(RangeError);
  });
});
