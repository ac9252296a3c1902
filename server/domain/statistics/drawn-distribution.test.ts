import { describe, expect, it } from 'vitest';
import { gatherDraws, quantileOf, shareBelow } from './drawn-distribution';
import { normalCdf } from './normal';

const distribution = gatherDraws([
  { value: 3, count: 1 },
  { value: 1, count: 1 },
  { value: 3, count: 1 },
  { value: 2, count: 1 },
]);

describe('gatherDraws', () => {
  it('orders values and adds up draws of the same', () => {
    expect(distribution).toEqual({
      draws: 4,
      atoms: [
        { value: 1, count: 1 },
        { value: 2, count: 1 },
        { value: 3, count: 2 },
      ],
    });
  });
});

describe('shareBelow', () => {
  it('counts draws of the value itself half', () => {
    expect([0, 1, 1.5, 2, 3, 4].map((value) => shareBelow(distribution, value))).toEqual([0, 0.125, 0.25, 0.375, 0.75, 1]);
  });
});

describe('quantileOf', () => {
  it('gives back each value at its own share', () => {
    for (const value of [1, 2, 3]) expect(quantileOf(distribution, shareBelow(distribution, value))).toBeCloseTo(value, 12);
  });

  it('stays within the values that were drawn', () => {
    expect([0, 0.01, 0.99, 1].map((level) => quantileOf(distribution, level))).toEqual([1, 1, 3, 3]);
  });

  it('interpolates on the normal scale: half-way between one standard deviation below and above', () => {
    const even = gatherDraws([
      { value: 10, count: 100 },
      { value: 20, count: 100 },
    ]);
    // The shares 0.25 and 0.75 lie at -0.674 and 0.674; a third of the way from 0 is reached at 0.2248.
    expect(quantileOf(even, 0.5)).toBeCloseTo(15, 12);
    expect(quantileOf(even, normalCdf(0.6744897501960817 / 3))).toBeCloseTo(15 + 5 / 3, 12);
  });
});
