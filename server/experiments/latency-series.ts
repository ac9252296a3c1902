import type { LatencyInterval, LatencyPoint } from '../domain/latency';
import { type KnownPoints, toPoints } from '../domain/latency-points';

const MAX_POINTS = 600;

/** The points of a run's chart; counts how often its windows became wider, since every point is another one then. */
export class LatencySeries {
  readonly #warmupMs: number;
  readonly #intervals: LatencyInterval[] = [];
  readonly #known: KnownPoints = new Map();
  #points: LatencyPoint[] = [];
  #computedFor = 0;

  constructor(warmupSeconds: number) {
    this.#warmupMs = warmupSeconds * 1000;
  }

  get intervals(): LatencyInterval[] {
    return this.#intervals;
  }

  add(intervals: LatencyInterval[]): void {
    for (const interval of intervals) this.#intervals.push(interval);
  }

  /** At most 600, computed when asked for and something came in since. */
  points(): LatencyPoint[] {
    if (this.#computedFor !== this.#intervals.length) {
      this.#points = toPoints(this.#intervals, {
        maxPoints: MAX_POINTS,
        warmupMs: this.#warmupMs,
        known: this.#known,
      });
      this.#computedFor = this.#intervals.length;
    }
    return this.#points;
  }
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
