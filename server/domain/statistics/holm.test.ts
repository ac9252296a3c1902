import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holmAdjust } from './holm';

const ps = fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 10 });

describe('holmAdjust', () => {
  it.each([
    // R 4.2.2: p.adjust(c(0.01, 0.04, 0.03, 0.005), 'holm'), the example of Wikipedia's article on the method, whose two
    // hypotheses rejected at 0.05 are the first and the fourth; the second is p.adjust(c(0.011, ...), 'holm').
    [
      [0.01, 0.04, 0.03, 0.005],
      [0.03, 0.06, 0.06, 0.02],
    ],
    [
      [0.011, 0.02, 0.5, 0.004, 0.004, 0.9],
      [0.044, 0.06, 1, 0.024, 0.024, 1],
    ],
  ])('of %j is what p.adjust gives', (raw, adjusted) => {
    for (const [at, p] of holmAdjust(raw).entries()) expect(p).toBeCloseTo(adjusted[at] ?? Number.NaN, 12);
  });

  it('does not count tests that were not made', () => {
    expect(holmAdjust([null, 0.01, null, 0.04])).toEqual([null, 0.02, null, 0.04]);
    expect(holmAdjust([null])).toEqual([null]);
    expect(holmAdjust([])).toEqual([]);
  });

  it('leaves a single test as it is', () => {
    expect(holmAdjust([0.03])).toEqual([0.03]);
  });

  it('lowers no p value, keeps their order and stays at or below 1', () => {
    fc.assert(
      fc.property(ps, (raw) => {
        const pairs = holmAdjust(raw).map((adjusted, at) => ({ adjusted, raw: raw[at] ?? null }));
        for (const { adjusted, raw } of pairs) expect(adjusted === null).toBe(raw === null);
        const made = pairs.flatMap(({ adjusted, raw }) => (adjusted === null || raw === null ? [] : [{ adjusted, raw }]));
        for (const one of made) {
          expect(one.adjusted).toBeGreaterThanOrEqual(one.raw);
          expect(one.adjusted).toBeLessThanOrEqual(1);
          for (const other of made) if (one.raw <= other.raw) expect(one.adjusted).toBeLessThanOrEqual(other.adjusted);
        }
      }),
    );
  });
});
