import type { EcdfLines } from './data';

type Points = EcdfLines['lines'][number]['points'];

/** Share 0..1 of requests at or below a latency in ns; 0 before the first point. Points ascend. */
export function readShare(points: Points, ns: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.ns ?? 0) <= ns) low = middle + 1;
    else high = middle;
  }
  return points[low - 1]?.share ?? 0;
}

/** The lowest latency in ns that this share of requests does not exceed; null where the points end below it. */
export function readQuantile(points: Points, share: number): number | null {
  return points.find((point) => point.share >= share - 1e-9)?.ns ?? null;
}
