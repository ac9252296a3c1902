import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf, normalQuantile } from './normal';

/** R 4.2.2: options(digits = 17); pnorm(c(-37, -10, -8, -5, -3, -2.5, -1, -0.1, 0, 0.5, 1.96, 3, 6)) */
const PNORM = [
  [-37, 5.7255712225245771e-300],
  [-10, 7.6198530241605269e-24],
  [-8, 6.2209605742717849e-16],
  [-5, 2.8665157187919391e-7],
  [-3, 0.0013498980316300946],
  [-2.5, 0.0062096653257761349],
  [-1, 0.15865525393145705],
  [-0.1, 0.46017216272297101],
  [0, 0.5],
  [0.5, 0.69146246127401301],
  [1.96, 0.97500210485177963],
  [3, 0.9986501019683699],
  [6, 0.9999999990134123],
] as const;

/** R 4.2.2: qnorm(c(1e-300, 1e-20, 1e-10, 1e-5, 0.001, 0.025, 0.075, 0.25, 0.425, 0.5, 0.75, 0.9, 0.975, 0.999)) */
const QNORM = [
  [1e-300, -37.047096299361201],
  [1e-20, -9.2623400897984052],
  [1e-10, -6.3613409024040557],
  [1e-5, -4.2648907939228256],
  [0.001, -3.0902323061678132],
  [0.025, -1.9599639845400538],
  [0.075, -1.4395314709384557],
  [0.25, -0.67448975019608171],
  [0.425, -0.18911842627279249],
  [0.5, 0],
  [0.75, 0.67448975019608171],
  [0.9, 1.2815515655446008],
  [0.975, 1.9599639845400536],
  [0.999, 3.0902323061678132],
] as const;

const relativeError = (value: number, reference: number) => Math.abs(value - reference) / Math.max(Math.abs(reference), 1e-300);

describe('normalCdf', () => {
  it.each(PNORM)('at %d is what R gives, to 1e-12 of it far into the tail', (z, reference) => {
    expect(relativeError(normalCdf(z), reference)).toBeLessThan(1e-12);
  });

  it('ends at 0 and 1', () => {
    expect([normalCdf(-Infinity), normalCdf(Infinity)]).toEqual([0, 1]);
  });

  it('rises, across the seams between its formulas too', () => {
    for (let z = -9; z < 6; z += 1 / 64) expect(normalCdf(z + 1 / 64)).toBeGreaterThan(normalCdf(z));
  });
});

describe('normalQuantile', () => {
  it.each(QNORM)('at %d is what R gives, to 1e-14', (p, reference) => {
    expect(Math.abs(normalQuantile(p) - reference)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(reference)));
  });

  it('is infinite at 0 and 1, and not a number outside', () => {
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
    expect([normalQuantile(-0.1), normalQuantile(1.1)]).toEqual([Number.NaN, Number.NaN]);
  });

  it('undoes the distribution function', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1 - 1e-9, noNaN: true }), (p) => {
        expect(relativeError(normalCdf(normalQuantile(p)), p)).toBeLessThan(2e-12);
      }),
    );
  });
});
