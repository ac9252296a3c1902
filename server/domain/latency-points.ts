import { type LatencyInterval, type LatencyPoint, mergeHistograms, percentile } from './latency';

/** The narrowest window drawn. */
const WINDOW_MS = 500;

/**
 * Intervals gathered into windows for a chart: percentiles of the merged histogram of each window. The width doubles
 * from 500 ms until at most maxPoints windows span the run. Windows are aligned to the begin of measuring, so that a
 * live series only changes at its end until the width doubles.
 *
 * warmupMs: the planned warm-up. Without it, the reported warm-up's own length is taken, and points move while it runs.
 */
export function toPoints(
  intervals: LatencyInterval[],
  options: { maxPoints?: number; warmupMs?: number; known?: KnownPoints } = {},
): LatencyPoint[] {
  const placed = placeInTime(intervals, options.warmupMs ?? reportedWarmupMs(intervals));
  const first = placed.reduce((min, { middleMs }) => Math.min(min, middleMs), Number.POSITIVE_INFINITY);
  const last = placed.reduce((max, { middleMs }) => Math.max(max, middleMs), Number.NEGATIVE_INFINITY);
  if (placed.length === 0) return [];

  const widthMs = chooseWidth(first, last, Math.max(2, options.maxPoints ?? 600));
  const windows = new Map<number, LatencyInterval[]>();
  for (const { interval, middleMs } of placed) {
    const window = Math.floor(middleMs / widthMs);
    windows.set(window, [...(windows.get(window) ?? []), interval]);
  }
  const points: LatencyPoint[] = [];
  for (let window = Math.floor(first / widthMs); window <= Math.floor(last / widthMs); window += 1) {
    points.push(remember(options.known, windows.get(window) ?? [], { startMs: window * widthMs, widthMs }));
  }
  return points;
}

/** Points of an earlier call on fewer of the same intervals, by place and width: a window that got no interval since is not merged again. */
export type KnownPoints = Map<string, { intervals: number; point: LatencyPoint }>;

function remember(
  known: KnownPoints | undefined,
  intervals: LatencyInterval[],
  { startMs, widthMs }: { startMs: number; widthMs: number },
): LatencyPoint {
  const key = `${startMs} ${widthMs}`;
  const before = known?.get(key);
  if (before?.intervals === intervals.length) return before.point;
  const point = toPoint(intervals, startMs, widthMs);
  known?.set(key, { intervals: intervals.length, point });
  return point;
}

/** An interval belongs to the window that holds its middle: starts are a few microseconds off the grid. */
function placeInTime(intervals: LatencyInterval[], warmupMs: number) {
  return intervals.map((interval, at) => {
    const before = intervals[at - 1];
    // A phase ends with the stragglers' remnant. As a window of its own it would be drawn as a spike of a few requests.
    const home = before !== undefined && isRemnant(interval, before) ? before : interval;
    const middleMs = (home.startUs + home.durationUs / 2) / 1000;
    // Warm-up stays left of zero even if it took longer than planned.
    return { interval, middleMs: interval.phase === 'warmup' ? Math.min(middleMs - warmupMs, -0.001) : middleMs };
  });
}

function isRemnant(interval: LatencyInterval, before: LatencyInterval): boolean {
  return interval.phase === before.phase && interval.durationUs < before.durationUs / 2;
}

function reportedWarmupMs(intervals: LatencyInterval[]): number {
  const ends = intervals.filter(({ phase }) => phase === 'warmup').map(({ startUs, durationUs }) => startUs + durationUs);
  return ends.reduce((max, end) => Math.max(max, end), 0) / 1000;
}

function chooseWidth(firstMs: number, lastMs: number, maxPoints: number): number {
  let widthMs = WINDOW_MS;
  while (Math.floor(lastMs / widthMs) - Math.floor(firstMs / widthMs) + 1 > maxPoints) widthMs *= 2;
  return widthMs;
}

function toPoint(intervals: LatencyInterval[], startMs: number, widthMs: number): LatencyPoint {
  const n = intervals.reduce((sum, { completed }) => sum + completed, 0);
  // The window at the live edge is only partly covered yet; its throughput is that of the covered part.
  const coveredUs = intervals.reduce((sum, { durationUs }) => sum + durationUs, 0);
  const merged = mergeHistograms(intervals.map(({ hist }) => hist));
  const maxNs = intervals.reduce((max, interval) => Math.max(max, interval.maxNs), 0);
  const at = (percent: number) => (n === 0 ? null : Math.min(maxNs, percentile(merged, percent)));
  return {
    phase: startMs < 0 ? 'warmup' : 'measuring',
    startMs,
    widthMs,
    n,
    p50Ns: at(50),
    p90Ns: at(90),
    p99Ns: at(99),
    maxNs: n === 0 ? null : maxNs,
    throughputPerS: coveredUs === 0 ? 0 : (n * 1_000_000) / coveredUs,
  };
}
