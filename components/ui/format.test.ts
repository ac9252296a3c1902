import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatDuration,
  formatEstimate,
  formatLatency,
  formatMicros,
  formatRate,
  formatShare,
  formatWhen,
} from './format';

describe('formatLatency', () => {
  it.each([
    [812, '812 ns'],
    [5_432, '5.43 µs'],
    [131_422, '131.4 µs'],
    [999_949, '999.9 µs'],
    [999_950, '1.00 ms'],
    [2_314_000, '2.31 ms'],
    [48_260_000, '48.3 ms'],
    [1_204_000_000, '1.20 s'],
    [0, '0 ns'],
  ])('writes %d ns as %s', (ns, text) => {
    expect(formatLatency(ns)).toBe(text);
  });

  it('says that a value is not known instead of showing zero', () => {
    expect(formatLatency(null)).toBe('–');
  });
});

describe('columns whose head names the unit', () => {
  it('keeps one decimal below a millisecond and separates thousands above', () => {
    expect(formatMicros(207_931)).toBe('207.9');
    expect(formatMicros(12_340_400)).toBe('12,340');
  });

  it('keeps a decimal of small rates', () => {
    expect(formatRate(4_690.4)).toBe('4,690');
    expect(formatRate(3.44)).toBe('3.4');
  });
});

describe('times', () => {
  it.each([
    [820, '820 ms'],
    [38_400, '38.4 s'],
    [59_960, '1 min'],
    [125_000, '2 min 5 s'],
    [3_840_000, '1 h 4 min'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it.each([
    [400, '1 s'],
    [12_300, '12 s'],
    [43_000, '45 s'],
    [118_000, '2 min'],
    [7_300_000, '2 h'],
  ])('estimates %d ms as %s', (ms, text) => {
    expect(formatEstimate(ms)).toBe(text);
  });

  it('adds the day to a time of another day', () => {
    const now = new Date(2026, 10, 23, 14, 31).getTime();
    expect(formatWhen(now - 60_000, now)).toBe('14:30');
    expect(formatWhen(now - 86_400_000, now)).toBe('22 Nov 14:31');
  });
});

it('writes sizes in powers of a thousand', () => {
  expect(formatBytes(64)).toBe('64 B');
  expect(formatBytes(41_300_000)).toBe('41.3 MB');
  expect(formatBytes(134_217_728)).toBe('134 MB');
});

it('keeps a decimal of shares below ten percent, and none of none', () => {
  expect(formatShare(0.034)).toBe('3.4 %');
  expect(formatShare(0.64)).toBe('64 %');
  expect(formatShare(0)).toBe('0 %');
});
