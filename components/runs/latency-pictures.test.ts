import { describe, expect, it } from 'vitest';
import type { LatencyPoint } from '@/server/api/types';
import { readMoment } from './latency-pictures';

const point: LatencyPoint = {
  phase: 'measuring',
  startMs: 500,
  widthMs: 500,
  n: 2350,
  p50Ns: 131_400,
  p90Ns: 150_000,
  p99Ns: 250_000,
  maxNs: null,
  throughputPerS: 4700,
};

describe('what the crosshair reads', () => {
  it('names the window that holds the moment', () => {
    expect(readMoment([point], 999)).toBe(
      '1.00 s: p50 131.4 µs, p90 150.0 µs, p99 250.0 µs, max none, n = 2,350, 4,700 req/s.',
    );
  });

  it('says so where no window is', () => {
    expect(readMoment([point], 1000)).toBe('1.00 s: no window.');
  });
});
