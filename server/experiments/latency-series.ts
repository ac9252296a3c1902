import { indexOf, type LatencyInterval, type LatencyPoint, percentile } from '../domain/latency';
import { LatencyWindows } from '../domain/latency-windows';

const MAX_POINTS = 600;

/** The points of a run's chart, and of each interval no more than its median: a run of an hour has 36,000 of them. */
export class LatencySeries {
  readonly #windows: LatencyWindows;
  readonly #intervals: LatencyInterval[] = [];
  #points: LatencyPoint[] = [];
  #computedFor = 0;

  constructor(warmupSeconds: number) {
    this.#windows = new LatencyWindows({ maxPoints: MAX_POINTS, warmupMs: warmupSeconds * 1000 });
  }

  /** With histograms of one cell, that of the median; the store has them whole. */
  get intervals(): LatencyInterval[] {
    return this.#intervals;
  }

  add(intervals: LatencyInterval[]): void {
    for (const interval of intervals) {
      this.#windows.add(interval);
      this.#intervals.push(toMedian(interval));
    }
  }

  /** At most 600, computed when asked for and something came in since. */
  points(): LatencyPoint[] {
    if (this.#computedFor !== this.#intervals.length) {
      this.#points = this.#windows.points();
      this.#computedFor = this.#intervals.length;
    }
    return this.#points;
  }
}

function toMedian(interval: LatencyInterval): LatencyInterval {
  const { completed, hist } = interval;
  return { ...interval, hist: completed === 0 ? [] : [indexOf(percentile(hist, 50)), completed] };
}

/** What a reader that has `known` must be told to have `current`; null if nothing. */
export function changedPoints(
  known: LatencyPoint[],
  current: LatencyPoint[],
): { reset: boolean; points: LatencyPoint[] } | null {
  if (current === known) return null;
  const reset = known.length === 0 || known[0]?.widthMs !== current[0]?.widthMs || known[0]?.startMs !== current[0]?.startMs;
  if (reset) return current.length === 0 ? null : { reset: true, points: current };
  const points = current.filter((point, index) => !samePoint(point, known[index]));
  return points.length === 0 ? null : { reset: false, points };
}

function samePoint(a: LatencyPoint, b: LatencyPoint | undefined): boolean {
  return (
    b !== undefined && a.startMs === b.startMs && a.n === b.n && a.maxNs === b.maxNs && a.throughputPerS === b.throughputPerS
  );
}
