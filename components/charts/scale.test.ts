import { describe, expect, it } from 'vitest';
import { linearTicks, logTicks, rangeOf, timeTicks } from './scale';

describe('scales', () => {
  it('ignores gaps when it looks for the range', () => {
    expect(rangeOf([null, 3, 9, null])).toEqual({ min: 3, max: 9 });
    expect(rangeOf([null])).toBeNull();
  });

  it('puts log ticks around the range', () => {
    expect(logTicks({ min: 130_000, max: 480_000 })).toEqual([100_000, 200_000, 300_000, 500_000]);
    expect(logTicks({ min: 100, max: 100 })).toEqual([100]);
  });

  it('puts linear ticks around the range', () => {
    const ticks = linearTicks({ min: 3900, max: 4100 }, true);
    expect(ticks[0]).toBe(0);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(4100);
    expect(ticks.length).toBeLessThanOrEqual(6);
  });

  it('puts round times on the axis, warm-up included', () => {
    expect(timeTicks({ min: -2000, max: 10_000 })).toEqual([-2000, 0, 2000, 4000, 6000, 8000, 10_000]);
    expect(timeTicks({ min: 0, max: 60_000 })).toHaveLength(7);
  });
});
