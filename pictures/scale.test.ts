import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scale } from './picture';
import { applyScale, extentOf, invertScale, medianOf } from './scale';

const linear: Scale = { kind: 'linear', domain: [100, 500], range: [40, 440] };
const log: Scale = { kind: 'log', domain: [100, 10_000], range: [200, 0] };
const tail: Scale = { kind: 'tail', domain: [0, 99.99], range: [0, 400] };

describe('scales', () => {
  it('put values where they belong', () => {
    expect(applyScale(linear, 200)).toBeCloseTo(140);
    expect(applyScale(log, 1_000)).toBeCloseTo(100);
    expect([0, 90, 99, 99.9, 99.99].map((value) => applyScale(tail, value))).toEqual(
      [0, 100, 200, 300, 400].map((x) => expect.closeTo(x, 6)),
    );
  });

  it('give back what was put in', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(linear, log, tail), share, (scale, at) => {
        const value = scale.domain[0] + at * (scale.domain[1] - scale.domain[0]);
        expect(invertScale(scale, applyScale(scale, value))).toBeCloseTo(value, 6);
      }),
    );
  });

  it('put the only value of an empty domain in the middle', () => {
    expect(applyScale({ kind: 'log', domain: [7, 7], range: [0, 100] }, 7)).toBe(50);
  });
});

describe('extentOf and medianOf', () => {
  it('know nothing of no values', () => {
    expect(extentOf([])).toBeNull();
    expect(medianOf([])).toBeNull();
  });

  it('find the ends and the middle in any order', () => {
    expect(extentOf([3, 1, 2])).toEqual([1, 3]);
    expect(medianOf([3, 1, 2])).toBe(2);
    expect(medianOf([4, 1, 2, 3])).toBe(2.5);
  });
});
