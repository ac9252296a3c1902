import { describe, expect, it } from 'vitest';
import { decimalsOf, formatLatency, formatRate, formatRatio, formatSeconds, formatShare } from './figures';

describe('figures', () => {
  it('give latencies the unit that suits them', () => {
    expect([640, 8_210, 131_400, 2_310_000, 48_000_000, 1.2e9].map(formatLatency)).toEqual([
      '640 ns',
      '8.21 µs',
      '131.4 µs',
      '2.31 ms',
      '48.0 ms',
      '1.20 s',
    ]);
  });

  it('write a true minus, and none before zero', () => {
    expect(formatLatency(-23_800)).toBe('−23.8 µs');
    expect(formatLatency(-0.2)).toBe('0 ns');
  });

  it('give ratios the digits they carry', () => {
    expect([0.012, 0.98, 1, 12.34, 100].map(formatRatio)).toEqual(['0.012', '0.98', '1.00', '12.3', '100']);
  });

  it('write rates, shares and seconds', () => {
    expect([formatRate(4_222.4), formatRate(3.42)]).toEqual(['4,222 /s', '3.4 /s']);
    expect([formatShare(0.1236), formatShare(1)]).toEqual(['12.4 %', '100 %']);
    expect([formatSeconds(12_000), formatSeconds(500)]).toEqual(['12', '0.5']);
  });

  it('count the digits that all need', () => {
    expect(decimalsOf([0.7, 0.8, 1])).toBe(1);
    expect(decimalsOf([0.975, 1])).toBe(3);
  });
});
