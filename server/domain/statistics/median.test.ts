import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median } from './median';

describe('median', () => {
  it('is the middle value, or the mean of the middle two', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 2])).toBe(3.5);
    expect(median([7])).toBe(7);
  });

  it('is null of nothing', () => {
    expect(median([])).toBeNull();
  });

  it('orders by number, not by text, and leaves the values as they were', () => {
    const values = [10, 9, -1, 100, 2];
    expect(median(values)).toBe(9);
    expect(values).toEqual([10, 9, -1, 100, 2]);
  });

  it('has as many values below as above', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 30 }), (values) => {
        const middle = median(values) ?? Number.NaN;
        const below = values.filter((value) => value < middle).length;
        const above = values.filter((value) => value > middle).length;
        expect(Math.max(below, above)).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });
});
