import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, shuffle, xoshiro128 } from './random';

describe('xoshiro128', () => {
  it('gives the published outputs', () => {
    // The authors' xoshiro128starstar.c 1.1 from state {1, 2, 3, 4}; Rust's rand_xoshiro is tested with the same.
    const next = xoshiro128([1, 2, 3, 4]);
    const expected = [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804];
    expect(expected.map(next)).toEqual(expected);
  });
});

describe('createRandom', () => {
  it.each([
    [0, [3733119852, 4156223338, 2961993901, 3978119837]],
    [1, [3570913905, 1410997643, 3006851789, 3719658539]],
    [42, [955885115, 1328154995, 946741108, 3308724645]],
    [4294967295, [1248491728, 3112222971, 1763929067, 3707090827]],
  ])('draws from seed %i what the same formulas draw in C', (seed, expected) => {
    const random = createRandom(seed);
    expect(expected.map(() => random.nextUint32())).toEqual(expected);
  });

  it.each([-1, 0.5, 2 ** 32, Number.NaN])('takes no seed like %d', (seed) => {
    expect(() => createRandom(seed)).toThrow(RangeError);
  });
});

describe('nextBelow', () => {
  it('draws again instead of favouring small numbers', () => {
    // 2^32 holds one round of 3 * 2^30 and a third of the next: a bare remainder would draw the lower third twice as often.
    const below = 3 * 2 ** 30;
    const random = createRandom(5);
    const draws = Array.from({ length: 30_000 }, () => random.nextBelow(below));
    const inLowerThird = draws.filter((draw) => draw < 2 ** 30).length;
    // Binomial of mean 10,000 and standard deviation 82; with the bias it would be 15,000.
    expect(Math.abs(inLowerThird - 10_000)).toBeLessThan(5 * 82);
  });

  it('reaches every number below n and none else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(), (n, seed) => {
        const random = createRandom(seed);
        const seen = new Set(Array.from({ length: 400 }, () => random.nextBelow(n)));
        expect([...seen].sort((one, other) => one - other)).toEqual(Array.from({ length: n }, (_, at) => at));
      }),
    );
  });
});

describe('nextUnit', () => {
  it('fills 0 to 1 evenly', () => {
    const random = createRandom(9);
    const bins = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 100_000; draw += 1) {
      const bin = Math.floor(random.nextUnit() * 10);
      bins[bin] = (bins[bin] ?? Number.NaN) + 1;
    }
    expect(bins).toHaveLength(10);
    // Standard deviation 95.
    for (const count of bins) expect(Math.abs(count - 10_000)).toBeLessThan(5 * 95);
  });
});

describe('shuffle', () => {
  it('keeps every item once and the original as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 20 }), fc.nat(), (items, seed) => {
        const before = [...items];
        const shuffled = shuffle(items, createRandom(seed));
        expect(items).toEqual(before);
        expect(shuffled.sort()).toEqual(before.sort());
      }),
    );
  });

  it('gives every order equally often', () => {
    const random = createRandom(3);
    const orders = new Map<string, number>();
    for (let draw = 0; draw < 24_000; draw += 1) {
      const order = shuffle(['a', 'b', 'c', 'd'], random).join('');
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(orders.size).toBe(24);
    // Standard deviation 31.
    for (const count of orders.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * 31);
  });
});
