import { cells, highestOf, percentile, type SparseHistogram, totalCount } from './latency';

/**
 * Share of requests at or below a latency, ascending, ending in share 1. With more cells than maxPoints, those are kept
 * that step evenly in share, so that the curve's shape stays where the requests are.
 */
export function ecdf(histogram: SparseHistogram, maxPoints: number): { ns: number; share: number }[] {
  const total = totalCount(histogram);
  const steps: { ns: number; share: number }[] = [];
  let seen = 0;
  for (const [index, count] of cells(histogram)) {
    seen += count;
    steps.push({ ns: highestOf(index), share: seen / total });
  }
  return steps.length <= maxPoints ? steps : thinOut(steps, maxPoints);
}

function thinOut(steps: { ns: number; share: number }[], maxPoints: number): { ns: number; share: number }[] {
  const kept: { ns: number; share: number }[] = [];
  let next = 0;
  for (const step of steps) {
    if (step.share < next && step.share < 1) continue;
    kept.push(step);
    next = kept.length / (maxPoints - 1);
  }
  return kept.length <= maxPoints ? kept : [...kept.slice(0, maxPoints - 1), ...kept.slice(-1)];
}

/** Percentiles of a log-tail plot: evenly spaced in each decade of nines. */
const PERCENTILES = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90].concat([
  92.5, 95, 97.5, 99, 99.25, 99.5, 99.75, 99.9, 99.925, 99.95, 99.975, 99.99, 99.995, 99.999, 100,
]);

/**
 * Latency at fixed percentiles (percent, ascending). A percentile finer than one request is left out: with 1,000
 * requests nothing is known about the 99.99th. 100 is the highest cell.
 */
export function percentileCurve(histogram: SparseHistogram): { percentile: number; ns: number }[] {
  const total = totalCount(histogram);
  if (total === 0) return [];
  return PERCENTILES.filter((percent) => percent === 100 || (1 - percent / 100) * total >= 1 - 1e-9).map((percent) => ({
    percentile: percent,
    ns: percentile(histogram, percent),
  }));
}
