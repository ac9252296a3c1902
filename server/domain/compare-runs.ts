import type { Comparison } from './comparison';
import { checkGates } from './comparison-gates';
import { compareMetrics } from './comparison-metrics';
import { sayVerdict } from './comparison-verdict';
import { type LatencyInterval, mergeHistograms, type SparseHistogram } from './latency';
import { ecdf, percentileCurve } from './latency-distribution';
import { toPoints } from './latency-points';
import type { RunView } from './run';

const ECDF_POINTS = 300;

/**
 * Two runs side by side. Ratios are b / a, and there is none anywhere while a gate is closed; the figures of each side
 * stay, so that one can see what happened. One pair never carries a claim, and the verdict says so.
 */
export function compareRuns(
  a: RunView,
  b: RunView,
  { intervals }: { intervals: { a: LatencyInterval[]; b: LatencyInterval[] } },
): Comparison {
  const gates = checkGates(a, b);
  const valid = gates.every(({ passed }) => passed);
  const metrics = compareMetrics(a, b, valid);
  const histA = measuredHistogram(intervals.a);
  const histB = measuredHistogram(intervals.b);
  return {
    schemaVersion: 1,
    a,
    b,
    verdict: sayVerdict({ a, b, gates, metrics }),
    gates,
    metrics,
    percentiles: pairPercentiles(histA, histB),
    ecdf: { a: ecdf(histA, ECDF_POINTS), b: ecdf(histB, ECDF_POINTS) },
    points: { a: pointsOf(a, intervals.a), b: pointsOf(b, intervals.b) },
  };
}

function measuredHistogram(intervals: LatencyInterval[]): SparseHistogram {
  return mergeHistograms(intervals.filter(({ phase }) => phase === 'measuring').map(({ hist }) => hist));
}

/** Percentiles that both sides have enough requests for. */
function pairPercentiles(a: SparseHistogram, b: SparseHistogram): Comparison['percentiles'] {
  const other = new Map(percentileCurve(b).map(({ percentile, ns }) => [percentile, ns]));
  return percentileCurve(a).flatMap(({ percentile, ns }) => {
    const bNs = other.get(percentile);
    return bNs === undefined ? [] : [{ percentile, aNs: ns, bNs }];
  });
}

const pointsOf = (view: RunView, intervals: LatencyInterval[]) =>
  toPoints(intervals, { warmupMs: view.config.workload.warmupSeconds * 1000 });
