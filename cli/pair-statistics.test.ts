import { describe, expect, it } from 'vitest';
import { summariseRatios } from './pair-statistics';

describe('summariseRatios', () => {
  it('takes the middle one of an odd count and the mean of the middle two of an even one', () => {
    expect(summariseRatios([3, 1, 2]).median).toBe(2);
    expect(summariseRatios([4, 1, 2, 3])).toEqual({ median: 2.5, min: 1, max: 4, n: 4 });
  });

  it('leaves unknown ratios out and counts what is left', () => {
    expect(summariseRatios([null, 0.8, null])).toEqual({ median: 0.8, min: 0.8, max: 0.8, n: 1 });
    expect(summariseRatios([])).toEqual({ median: null, min: null, max: null, n: 0 });
  });
});
