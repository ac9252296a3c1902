import { describe, expect, it } from 'vitest';
import { formatSpan, pan, readSpan, tickStepUs, zoom } from './time-span';

const bounds = { fromUs: 0, toUs: 10_000 };

describe('the stretch of time in view', () => {
  it('keeps what lies under the pointer where it is', () => {
    expect(zoom({ fromUs: 1_000, toUs: 2_000 }, 0.5, 0.25, bounds)).toEqual({ fromUs: 1_125, toUs: 1_625 });
  });
  it('never leaves what there is', () => {
    expect(zoom({ fromUs: 9_000, toUs: 10_000 }, 4, 0, bounds)).toEqual({ fromUs: 6_000, toUs: 10_000 });
    expect(zoom({ fromUs: 0, toUs: 9_000 }, 4, 0.5, bounds)).toEqual(bounds);
    expect(pan({ fromUs: 500, toUs: 1_500 }, -2, bounds)).toEqual({ fromUs: 0, toUs: 1_000 });
  });
  it('is read from an address only when it is one', () => {
    expect(readSpan('1.5', '3')).toEqual({ fromUs: 1.5, toUs: 3 });
    expect(readSpan('', '3')).toBeNull();
    expect(readSpan('5', '3')).toBeNull();
    expect(readSpan('x', '3')).toBeNull();
  });
});

it('ticks are round and not too many', () => {
  expect(tickStepUs(1_000, 8)).toBe(200);
  expect(tickStepUs(90, 8)).toBe(20);
  expect(tickStepUs(5, 10)).toBe(0.5);
});

it('a length of time has a unit and no more digits than it carries', () => {
  expect([0.5, 200, 1_500, 2_000_000].map((us) => formatSpan(us))).toEqual(['500 ns', '200 µs', '1.5 ms', '2 s']);
  expect(formatSpan(800, 1_200)).toBe('0.8 ms');
});
