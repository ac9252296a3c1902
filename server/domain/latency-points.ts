import type { LatencyInterval, LatencyPoint } from './latency';
import { LatencyWindows } from './latency-windows';

/**
 * All intervals of a run as at most maxPoints (600) windows for a chart; see LatencyWindows.
 *
 * warmupMs: the planned warm-up. Without it, the reported warm-up's own length is taken.
 */
export function toPoints(
  intervals: LatencyInterval[],
  options: { maxPoints?: number; warmupMs?: number } = {},
): LatencyPoint[] {
  const { maxPoints = 600, warmupMs = reportedWarmupMs(intervals) } = options;
  const windows = new LatencyWindows({ maxPoints, warmupMs });
  for (const interval of intervals) windows.add(interval);
  return windows.points();
}

function reportedWarmupMs(intervals: LatencyInterval[]): number {
  const ends = intervals.filter(({ phase }) => phase === 'warmup').map(({ startUs, durationUs }) => startUs + durationUs);
  return ends.reduce((max, end) => Math.max(max, end), 0) / 1000;
}
