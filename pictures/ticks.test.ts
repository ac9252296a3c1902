import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearTicks, logTicks, percentileTicks, timeTicks } from './ticks';

describe('linearTicks', () => {
  it('are round and hold the range', () => {
    expect(linearTicks([0.74, 1.08], 5)).toEqual([0.7, 0.8, 0.9, 1, 1.1]);
    expect(linearTicks([-31, 12], 4)).toEqual([-40, -20, 0, 20]);
    expect(linearTicks([5, 5], 4)[0]).toBeLessThanOrEqual(5);
  });
});

describe('logTicks', () => {
  it('step linearly within a factor of four', () => {
    expect(logTicks([210, 480], 5)).toEqual([200, 300, 400, 500]);
  });

  it('climb by 1, 2, 3, 5 or fewer where there is less room', () => {
    expect(logTicks([130, 900], 5)).toEqual([100, 200, 300, 500, 1000]);
    expect(logTicks([130, 4_100], 5)).toEqual([100, 200, 500, 1000, 2000, 5000]);
    expect(logTicks([0.01, 100], 4)).toEqual([0.01, 0.1, 1, 10, 100]);
    expect(logTicks([1, 1e9], 3)).toEqual([1, 1e3, 1e6, 1e9]);
  });
});

describe('ticks of any range', () => {
  const value = fc.double({ min: -4, max: 11, noNaN: true }).map((power) => 10 ** power);
  const most = fc.integer({ min: 2, max: 10 });

  it('rise, hold the range and are few', () => {
    fc.assert(
      fc.property(fc.constantFrom(linearTicks, logTicks), value, value, most, (make, a, b, count) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b) * 1.001];
        const ticks = make([low, high], count);
        expect(ticks[0]).toBeLessThanOrEqual(low * (1 + 1e-6));
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(high * (1 - 1e-6));
        expect(ticks.length).toBeLessThanOrEqual(count + 3);
        expect([...ticks].sort((x, y) => x - y)).toEqual(ticks);
        expect(new Set(ticks).size).toBe(ticks.length);
      }),
    );
  });
});

describe('axes of time and of percentiles', () => {
  it('begin and end inside what is shown', () => {
    expect(timeTicks([-2_000, 10_000], 6)).toEqual([-2_000, 0, 2_000, 4_000, 6_000, 8_000, 10_000]);
    expect(timeTicks([0, 60_000], 4)).toEqual([0, 15_000, 30_000, 45_000, 60_000]);
  });

  it('go as far as there are percentiles', () => {
    expect(percentileTicks(99.9)).toEqual([0, 50, 90, 99, 99.9]);
    expect(percentileTicks(60)).toEqual([0, 50]);
  });
});
