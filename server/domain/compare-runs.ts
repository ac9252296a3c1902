import type { Comparison, LatencyDifference } from './comparison';
import { checkGates } from './comparison-gates';
import { compareMetrics } from './comparison-metrics';
import { sayVerdict } from './comparison-verdict';
import { type LatencyInterval, type LatencyPoint, measuredHistogram, type SparseHistogram } from './latency';
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
  const points = onOneWidth(pointsOf(a, intervals.a), pointsOf(b, intervals.b));
  return {
    schemaVersion: 1,
    a,
    b,
    verdict: sayVerdict({ a, b, gates, metrics }),
    gates,
    metrics,
    percentiles: pairPercentiles(histA, histB),
    ecdf: { a: ecdf(histA, ECDF_POINTS), b: ecdf(histB, ECDF_POINTS) },
    points,
    difference: valid ? differenceOf(points) : [],
  };
}

/** Percentiles that both sides have enough requests for. */
function pairPercentiles(a: SparseHistogram, b: SparseHistogram): Comparison['percentiles'] {
  const other = new Map(percentileCurve(b).map(({ percentile, ns }) => [percentile, ns]));
  return percentileCurve(a).flatMap(({ percentile, ns }) => {
    const bNs = other.get(percentile);
    return bNs === undefined ? [] : [{ percentile, aNs: ns, bNs }];
  });
}

/** A run's windows, at most so many. */
type Windows = (maxPoints: number) => LatencyPoint[];

const MAX_POINTS = 600;

const pointsOf =
  (view: RunView, intervals: LatencyInterval[]): Windows =>
  (maxPoints) =>
    toPoints(intervals, { maxPoints, warmupMs: view.config.workload.warmupSeconds * 1000 });

/** The windows of a much longer run are wider; those of the other are widened until both can be subtracted. */
function onOneWidth(a: Windows, b: Windows): Comparison['points'] {
  const [left, right] = [a(MAX_POINTS), b(MAX_POINTS)];
  const widthMs = Math.max(widthOf(left), widthOf(right));
  return { a: widen(a, left, widthMs), b: widen(b, right, widthMs) };
}

function widen(windows: Windows, points: LatencyPoint[], widthMs: number): LatencyPoint[] {
  // Three windows cannot be asked to become fewer than the two that toPoints gives at least.
  if (widthOf(points) >= widthMs || points.length < 4) return points;
  return widen(windows, windows(Math.ceil(points.length / 2) + 1), widthMs);
}

const widthOf = (points: LatencyPoint[]) => points[0]?.widthMs ?? 0;

/** Windows that both sides measured; where one run ended before the other there is nothing to subtract. */
function differenceOf({ a, b }: Comparison['points']): LatencyDifference[] {
  const base = new Map(a.map((point) => [point.startMs, point]));
  return b.flatMap(({ phase, startMs, widthMs, p50Ns }) => {
    const other = base.get(startMs);
    if (phase !== 'measuring' || other === undefined || other.widthMs !== widthMs) return [];
    const differenceNs = p50Ns === null || other.p50Ns === null ? null : p50Ns - other.p50Ns;
    return [{ startMs, widthMs, differenceNs }];
  });
}
