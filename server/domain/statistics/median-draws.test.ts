import { describe, expect, it } from 'vitest';
import { ascending, middleOf } from './median';
import { drawMedians } from './median-draws';

/** Probability of every middle pair, from all n^n resamples, by `lower,upper`. */
function enumeratePairs(n: number): Map<string, number> {
  const chances = new Map<string, number>();
  const middle = middleOf(n);
  for (let resample = 0; resample < n ** n; resample += 1) {
    const drawn = Array.from({ length: n }, (_, at) => Math.floor(resample / n ** at) % n).sort(ascending);
    const pair = `${drawn[middle.lower]},${drawn[middle.upper]}`;
    chances.set(pair, (chances.get(pair) ?? 0) + n ** -n);
  }
  return chances;
}

describe('drawMedians', () => {
  it.each([2, 3, 4, 5])('draws every middle pair of %i as often as all resamples have it', (n) => {
    const draws = 100_000;
    const chances = enumeratePairs(n);
    const table = drawMedians(n, 11, draws);
    expect(table).toHaveLength(chances.size);
    for (const { lower, upper, count } of table) {
      const chance = chances.get(`${lower},${upper}`) ?? 0;
      expect(Math.abs(count - draws * chance)).toBeLessThan(5 * Math.sqrt(draws * chance * (1 - chance)));
    }
  });

  it('counts every draw once', () => {
    for (const n of [2, 7, 20]) expect(drawMedians(n, 1, 1000).reduce((sum, { count }) => sum + count, 0)).toBe(1000);
  });

  it('gives the same table again after others have pushed it out', () => {
    const first = drawMedians(6, 500, 300);
    for (let seed = 0; seed < 100; seed += 1) drawMedians(6, seed, 300);
    const again = drawMedians(6, 500, 300);
    expect(again).not.toBe(first);
    expect(again).toEqual(first);
    expect(drawMedians(6, 500, 300)).toBe(again);
  });

  it('draws otherwise from another seed', () => {
    expect(drawMedians(6, 1, 300)).not.toEqual(drawMedians(6, 2, 300));
  });
});
