import { describe, expect, it } from 'vitest';
import { indexOf, type LatencyInterval } from '../domain/latency';
import { changedPoints, LatencySeries } from './latency-series';

function interval(index: number, ns = 100_000): LatencyInterval {
  return {
    phase: 'measuring',
    index,
    startUs: index * 100_000,
    durationUs: 100_000,
    completed: 10,
    timeouts: 0,
    retries: 0,
    sumNs: 10 * ns,
    minNs: ns,
    maxNs: ns,
    hist: [indexOf(ns), 10],
  };
}

describe('LatencySeries', () => {
  it('tells a reader only the points that changed', () => {
    const series = new LatencySeries(0);
    series.add([0, 1, 2, 3, 4, 5].map((index) => interval(index)));
    const first = series.points();
    expect(changedPoints([], first)).toEqual({ reset: true, points: first });
    series.add([interval(6)]);
    const update = changedPoints(first, series.points());
    expect(update?.reset).toBe(false);
    expect(update?.points.map((point) => point.startMs)).toEqual([500]);
    expect(changedPoints(series.points(), series.points())).toBeNull();
  });

  it('resets once its windows become wider, and never has more than 600', () => {
    const series = new LatencySeries(0);
    series.add(Array.from({ length: 2999 }, (_, index) => interval(index)));
    const narrow = series.points();
    series.add([interval(2999), interval(3000), interval(3001)]);
    const wide = series.points();
    expect(narrow.length).toBeLessThanOrEqual(600);
    expect(wide.length).toBeLessThanOrEqual(600);
    expect(changedPoints(narrow, wide)).toEqual({ reset: true, points: wide });
  });

  it('keeps of each interval the median alone, so that a long run is as light as its chart', () => {
    const series = new LatencySeries(0);
    const wide = { ...interval(0), completed: 5, hist: [100, 1, 200, 1, 300, 1, 400, 1, 500, 1] };
    series.add([wide, { ...interval(1), completed: 0, hist: [] }]);
    expect(series.intervals.map(({ hist }) => hist)).toEqual([[300, 5], []]);
    expect(series.intervals[0]).toEqual({ ...wide, hist: [300, 5] });
    expect(series.points()[0]).toMatchObject({ n: 5, p99Ns: 500 });
  });
});
