import { describe, expect, it } from 'vitest';
import type { LatencyPoint } from '@/server/api/types';
import { upsert } from './use-latency-points';

function point(startMs: number, n: number): LatencyPoint {
  return { phase: 'measuring', startMs, widthMs: 500, n, p50Ns: 1, p90Ns: 1, p99Ns: 1, maxNs: 1, throughputPerS: n * 2 };
}

describe('latency points', () => {
  it('keeps windows in order of time and replaces one that grew', () => {
    const points = upsert([point(0, 5), point(500, 2)], { reset: false, points: [point(500, 7), point(-500, 1)] });
    expect(points.map(({ startMs, n }) => [startMs, n])).toEqual([
      [-500, 1],
      [0, 5],
      [500, 7],
    ]);
  });

  it('forgets everything on a reset', () => {
    expect(upsert([point(0, 5)], { reset: true, points: [point(1000, 9)] }).map((p) => p.startMs)).toEqual([1000]);
  });
});
