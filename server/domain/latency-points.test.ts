import { describe, expect, it } from 'vitest';
import { exampleInterval } from './example-run';
import { percentile } from './latency';
import { ecdf, percentileCurve } from './latency-distribution';
import { toPoints } from './latency-points';
import { LatencyWindows } from './latency-windows';

const steady = (count: number, phase: 'warmup' | 'measuring' = 'measuring') =>
  Array.from({ length: count }, (_, at) => exampleInterval(at, [100_000, 200_000], phase));

describe('toPoints', () => {
  it('merges five intervals into a window of 500 ms', () => {
    const points = toPoints(steady(10));
    expect(points.map(({ startMs, widthMs, n }) => [startMs, widthMs, n])).toEqual([
      [0, 500, 10],
      [500, 500, 10],
    ]);
    expect(points[0]).toMatchObject({ phase: 'measuring', throughputPerS: 20, maxNs: 200_000, p99Ns: 200_000 });
  });

  it('takes percentiles of the merged histogram, not averages of percentiles', () => {
    const [point] = toPoints([exampleInterval(0, [1000]), exampleInterval(1, [1000]), exampleInterval(2, [1_000_000])]);
    expect(point?.p50Ns).toBe(1000);
  });

  it('puts warm-up left of zero, also when it took longer than planned', () => {
    const points = toPoints([...steady(12, 'warmup'), ...steady(5)], { warmupMs: 1000 });
    expect(points.map(({ startMs, phase, n }) => [startMs, phase, n])).toEqual([
      [-1000, 'warmup', 10],
      [-500, 'warmup', 14],
      [0, 'measuring', 10],
    ]);
  });

  it('adds the stragglers after the last interval to its window instead of drawing a spike', () => {
    const remnant = { ...exampleInterval(5, [9_000_000]), durationUs: 4_000 };
    const points = toPoints([...steady(5), remnant]);
    expect(points.map(({ startMs, n, p50Ns }) => [startMs, n, p50Ns])).toEqual([[0, 11, 200_063]]);
    expect(points[0]?.maxNs).toBe(9_000_000);
  });

  it('leaves a gap where nothing completed', () => {
    const intervals = [...steady(5), ...[5, 6, 7, 8, 9].map((at) => exampleInterval(at, [])), exampleInterval(15, [3000])];
    const points = toPoints(intervals);
    expect(points.map(({ p50Ns }) => p50Ns !== null)).toEqual([true, false, false, true]);
    expect(points[1]).toMatchObject({ n: 0, p50Ns: null, p99Ns: null, maxNs: null, throughputPerS: 0 });
  });

  it('keeps the throughput right in a window that is only partly covered', () => {
    expect(toPoints(steady(7)).at(-1)).toMatchObject({ n: 4, throughputPerS: 20 });
  });

  it('doubles the width until the points fit, and loses no request', () => {
    const points = toPoints(steady(900), { maxPoints: 60 });
    expect(points.length).toBeLessThanOrEqual(60);
    expect(points[0]?.widthMs).toBe(2000);
    expect(points.reduce((sum, { n }) => sum + n, 0)).toBe(1800);
  });

  it('changes only its end while it grows', () => {
    const before = toPoints(steady(20), { warmupMs: 2000 });
    const after = toPoints(steady(23), { warmupMs: 2000 });
    expect(after.slice(0, before.length)).toEqual(before);
  });

  it('gives the same as they come as at once, also across a doubling', () => {
    const intervals = [...steady(20, 'warmup'), ...steady(300)].map((interval, at) => ({
      ...interval,
      hist: [1000 + (at % 7), 2],
      maxNs: 2000 + at,
    }));
    const windows = new LatencyWindows({ maxPoints: 20, warmupMs: 2000 });
    for (const interval of intervals) {
      windows.add(interval);
      windows.points();
    }
    expect(windows.points()).toEqual(toPoints(intervals, { maxPoints: 20, warmupMs: 2000 }));
    expect(windows.points()[0]?.widthMs).toBe(2000);
  });

  it('is empty without intervals', () => {
    expect(toPoints([])).toEqual([]);
  });
});

describe('ecdf', () => {
  it('ends in 1 and never falls', () => {
    const { hist } = exampleInterval(
      0,
      Array.from({ length: 5000 }, (_, at) => 50_000 + at * 37),
    );
    const curve = ecdf(hist, 100);
    expect(curve.length).toBeLessThanOrEqual(100);
    expect(curve.at(-1)?.share).toBe(1);
    for (let at = 1; at < curve.length; at += 1) {
      expect(curve[at]?.share).toBeGreaterThan(curve[at - 1]?.share ?? 0);
      expect(curve[at]?.ns).toBeGreaterThan(curve[at - 1]?.ns ?? 0);
    }
  });

  it('says the share at or below each latency', () => {
    expect(ecdf(exampleInterval(0, [100, 100, 300, 700]).hist, 10)).toEqual([
      { ns: 100, share: 0.5 },
      { ns: 300, share: 0.75 },
      { ns: 700, share: 1 },
    ]);
    expect(ecdf([], 10)).toEqual([]);
  });
});

describe('percentileCurve', () => {
  it('rises and stops where single requests would decide', () => {
    const { hist } = exampleInterval(
      0,
      Array.from({ length: 1000 }, (_, at) => 100_000 + at * 1000),
    );
    const curve = percentileCurve(hist);
    expect(curve.map((point) => point.percentile)).toContain(99.9);
    expect(curve.map((point) => point.percentile)).not.toContain(99.925);
    expect(curve.at(-1)).toEqual({ percentile: 100, ns: percentile(hist, 100) });
    for (let at = 1; at < curve.length; at += 1) expect(curve[at]?.ns).toBeGreaterThanOrEqual(curve[at - 1]?.ns ?? 0);
  });
});
