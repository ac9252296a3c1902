import { faultMarks, type Marked } from '@/components/faults/fault-marks';
import type { LatencyPoint } from '@/server/api/types';

/** Faults as shares of the time that the points span. */
export function faultBands(
  run: Marked,
  points: readonly Pick<LatencyPoint, 'startMs' | 'widthMs'>[],
): { from: number; to: number }[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || last === first) return [];
  const [begin, end] = [first.startMs, last.startMs + last.widthMs];
  const share = (ms: number) => Math.min(1, Math.max(0, (ms - begin) / (end - begin)));
  return faultMarks(run, end)
    .spans.map(({ fromMs, toMs }) => ({ from: share(fromMs), to: share(toMs) }))
    .filter(({ from, to }) => to > from);
}
