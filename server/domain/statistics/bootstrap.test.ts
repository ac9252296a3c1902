import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { medianInterval } from './bootstrap';

const LOG_RATIOS = [-0.31, -0.12, 0.04, -0.2, -0.09, -0.27, 0.11, -0.18, -0.05, -0.22];
const CUBES = Array.from({ length: 21 }, (_, at) => at ** 3 / 1000);

/** Printed by `python3 bootstrap.reference.py`, which redraws and takes the median of every resample on its own. */
const REFERENCES = [
  {
    what: 'ten log ratios',
    values: LOG_RATIOS,
    options: { seed: 1 },
    expected: [-0.23691138636715867, -0.03748822298512808, -0.15, -0.02908098644911949, 0],
  },
  {
    what: 'seven, the middle one a single value',
    values: LOG_RATIOS.slice(0, 7),
    options: { seed: 42 },
    expected: [-0.2889907175136036, 0.06699633955000134, -0.12, 0.005013277548926657, -0.012064694001224839],
  },
  {
    what: 'six at 90 % from the highest seed',
    values: LOG_RATIOS.slice(0, 6),
    options: { seed: 4294967295, level: 0.9 },
    expected: [-0.2748196023475076, -0.05271497061866849, -0.16, 0.023439120403244175, 0],
  },
  {
    what: 'values with ties',
    values: [1, 1, 1, 2, 2, 3, 3, 3, 9],
    options: { seed: 7, draws: 2000 },
    expected: [1, 4.318358994748782, 2, -0.29499198822262623, 0.012422599874998766],
  },
  {
    what: 'two values',
    values: [0, 1],
    options: { seed: 0 },
    expected: [0, 1, 0.5, 0.014664300962395729, 0],
  },
  {
    what: 'a skewed twenty-one',
    values: CUBES,
    options: { seed: 3 },
    expected: [0.17688160407444659, 2.914277747613194, 1, -0.013034836136889385, 0.0005286635278073111],
  },
];

/** Small whole numbers, so that ties are common and halves exact. */
const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 2, maxLength: 12 });
const seeds = fc.integer({ min: 0, max: 3 });
const draws = 500;

function intervalOf(sample: number[], seed: number) {
  const interval = medianInterval(sample, { seed, draws });
  if (!interval) throw new Error('two values have an interval');
  return interval;
}

describe('medianInterval', () => {
  it.each(REFERENCES)('of $what equals the reference to 1e-9', ({ values, options, expected }) => {
    const interval = medianInterval(values, options);
    expect(interval).not.toBeNull();
    const { low, high, estimate, z0, acceleration } = interval ?? {};
    for (const [at, figure] of [low, high, estimate, z0, acceleration].entries()) {
      expect(Math.abs((figure ?? Number.NaN) - (expected[at] ?? Number.NaN))).toBeLessThan(1e-9);
    }
  });

  it('holds the median of the values, and only numbers', () => {
    fc.assert(
      fc.property(values, seeds, (sample, seed) => {
        const interval = intervalOf(sample, seed);
        expect(Object.values(interval).every(Number.isFinite)).toBe(true);
        expect(interval.low).toBeLessThanOrEqual(interval.estimate);
        expect(interval.high).toBeGreaterThanOrEqual(interval.estimate);
      }),
    );
  });

  it('stays within the values', () => {
    fc.assert(
      fc.property(values, seeds, (sample, seed) => {
        const { low, high } = intervalOf(sample, seed);
        expect(low).toBeGreaterThanOrEqual(Math.min(...sample));
        expect(high).toBeLessThanOrEqual(Math.max(...sample));
      }),
    );
  });

  it('is the same whatever the order of the values', () => {
    const shuffled = values.chain((sample) =>
      fc.tuple(fc.constant(sample), fc.shuffledSubarray(sample, { minLength: sample.length })),
    );
    fc.assert(
      fc.property(shuffled, seeds, ([sample, other], seed) => {
        expect(intervalOf(other, seed)).toEqual(intervalOf(sample, seed));
      }),
    );
  });

  it('grows and moves with the values', () => {
    fc.assert(
      fc.property(
        values,
        seeds,
        fc.integer({ min: -8, max: 8 }),
        fc.integer({ min: -99, max: 99 }),
        (sample, seed, power, by) => {
          const { low, high, z0 } = intervalOf(sample, seed);
          const moved = intervalOf(
            sample.map((value) => value * 2 ** power + by),
            seed,
          );
          expect(moved.low).toBeCloseTo(low * 2 ** power + by, 9);
          expect(moved.high).toBeCloseTo(high * 2 ** power + by, 9);
          expect(moved.z0).toBe(z0);
        },
      ),
    );
  });

  it('is a point if all values are equal', () => {
    const point = { low: 0.1, high: 0.1, estimate: 0.1, z0: 0, acceleration: 0 };
    expect(medianInterval(new Array<number>(10).fill(0.1), { seed: 1 })).toEqual(point);
  });

  it('is defined where all draws lie on one side of the median', () => {
    const single = medianInterval([0, 1], { seed: 0, draws: 1 });
    expect(single).not.toBeNull();
    expect(Object.values(single ?? { none: Number.NaN }).every(Number.isFinite)).toBe(true);
  });

  it('is null below two values', () => {
    expect(medianInterval([], { seed: 1 })).toBeNull();
    expect(medianInterval([0.5], { seed: 1 })).toBeNull();
  });

  it('refuses what is not a finite number, and a seed that is none', () => {
    expect(() => medianInterval([1, Number.NaN, 2], { seed: 1 })).toThrow('value 1 is NaN');
    expect(() => medianInterval([1, 2, -Infinity], { seed: 1 })).toThrow(RangeError);
    expect(() => medianInterval([1, 2], { seed: -1 })).toThrow(RangeError);
  });
});
