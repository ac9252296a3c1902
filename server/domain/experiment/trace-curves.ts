import {
  cells as cellsOfHistogram,
  highestOf,
  type LatencyInterval,
  measuredHistogram,
  percentile,
  type SparseHistogram,
  totalCount,
} from '../latency';
import { toPoints } from '../latency-points';
import { median } from '../statistics/median';
import type { Attempt } from './attempts';
import type { CellCurves, SideCurves } from './curves';
import type { ExperimentPlan } from './experiment';
import { countedPairs } from './pair-ratios';

/** Steps of the percentile plot on its tail axis, -log10(1 - p/100): twenty per factor of ten. */
const TAIL_STEP = 0.05;
const ECDF_POINTS = 200;

/** A run's measured histogram, and its windows, which are dear to compute and asked for by every picture. */
type Traced = { hist: SparseHistogram; points: ReturnType<typeof toPoints> };

/** The curves of one cell from the runs that count. intervals: of a run by its id. */
export function traceCurves(
  { variants }: Pick<ExperimentPlan, 'variants'>,
  attempts: readonly Attempt[],
  { cell, intervals }: { cell: number; intervals: (runId: string) => LatencyInterval[] },
): CellCurves {
  const counted = attempts.filter((attempt) => attempt.cell === cell && attempt.outcome === 'counts');
  const traced = new Map<string, Traced>();
  for (const run of counted.flatMap(({ runs }) => runs)) traced.set(run.runId, trace(intervals(run.runId)));
  const runsOf = (side: number) =>
    counted.flatMap(({ runs }) => runs.filter((run) => run.side === side)).flatMap(({ runId }) => traced.get(runId) ?? []);
  const grid = latencyGrid([...traced.values()]);
  return {
    cell,
    sides: variants.map((variant, side) => traceSide({ variant, side }, runsOf(side), grid)),
    difference: variants.slice(1).map((_, at) => ({
      side: at + 1,
      points: differenceOf(
        countedPairs(attempts, cell, at + 1).flatMap(({ base, variant }) => {
          const pair = [traced.get(base.runId), traced.get(variant.runId)] as const;
          return pair[0] === undefined || pair[1] === undefined ? [] : [{ base: pair[0], variant: pair[1] }];
        }),
      ),
    })),
  };
}

function trace(intervals: LatencyInterval[]): Traced {
  const measured = intervals.filter(({ phase }) => phase === 'measuring');
  return { hist: measuredHistogram(intervals), points: toPoints(measured) };
}

function traceSide(name: Pick<SideCurves, 'variant' | 'side'>, runs: Traced[], grid: number[]): SideCurves {
  const full = runs.filter(({ hist }) => hist.length > 0);
  return {
    ...name,
    runs: runs.length,
    requests: runs.reduce((sum, { hist }) => sum + totalCount(hist), 0),
    percentiles: percentilesOf(full.map(({ hist }) => hist)),
    ecdf:
      full.length === 0
        ? []
        : ecdfOf(
            full.map(({ hist }) => hist),
            grid,
          ),
    overTime: windowsOf(runs).map(({ startMs, widthMs, points }) => ({
      startMs,
      widthMs,
      p50Ns: median(points.flatMap(({ p50Ns }) => p50Ns ?? [])),
      p99Ns: median(points.flatMap(({ p99Ns }) => p99Ns ?? [])),
    })),
  };
}

/** As far into the tail as the smallest run has requests for. */
function percentilesOf(hists: SparseHistogram[]): SideCurves['percentiles'] {
  if (hists.length === 0) return [];
  const least = Math.min(...hists.map(totalCount));
  const steps = Math.floor(Math.log10(least) / TAIL_STEP);
  return Array.from({ length: steps + 1 }, (_, step) => 100 * (1 - 10 ** (-step * TAIL_STEP))).map((percent) => {
    const values = hists.map((hist) => percentile(hist, percent));
    return { percentile: percent, ns: median(values) ?? 0, minNs: Math.min(...values), maxNs: Math.max(...values) };
  });
}

/** Latencies in equal steps of the logarithm, from the lowest to the 99.9th percentile of any run. */
function latencyGrid(runs: Traced[]): number[] {
  const full = runs.filter(({ hist }) => hist.length > 0);
  if (full.length === 0) return [];
  const low = Math.log(Math.max(1, Math.min(...full.map(({ hist }) => percentile(hist, 0)))));
  const high = Math.log(Math.max(...full.map(({ hist }) => percentile(hist, 99.9))));
  return Array.from({ length: ECDF_POINTS }, (_, at) => Math.exp(low + ((high - low) * at) / (ECDF_POINTS - 1)));
}

function ecdfOf(hists: SparseHistogram[], grid: number[]): SideCurves['ecdf'] {
  const shares = hists.map((hist) => sharesAt(hist, grid));
  return grid.map((ns, at) => ({ ns, share: shares.reduce((sum, each) => sum + (each[at] ?? 0), 0) / hists.length }));
}

/** Share of the values at or below each latency of an ascending grid. */
function sharesAt(hist: SparseHistogram, grid: number[]): number[] {
  const total = totalCount(hist);
  const steps = [...cellsOfHistogram(hist)];
  let at = 0;
  let seen = 0;
  return grid.map((ns) => {
    for (let step = steps[at]; step !== undefined && highestOf(step[0]) <= ns; step = steps[at]) {
      seen += step[1];
      at += 1;
    }
    return seen / total;
  });
}

/** The runs' windows by their start; where runs are long enough to have wider windows, the widest width alone. */
function windowsOf(runs: Traced[]) {
  const all = runs.flatMap(({ points }) => points);
  const widthMs = Math.max(0, ...all.map((point) => point.widthMs));
  const starts = [...new Set(all.filter((point) => point.widthMs === widthMs).map(({ startMs }) => startMs))];
  return starts
    .sort((a, b) => a - b)
    .map((startMs) => ({
      startMs,
      widthMs,
      points: all.filter((point) => point.startMs === startMs && point.widthMs === widthMs),
    }));
}

function differenceOf(pairs: { base: Traced; variant: Traced }[]): CellCurves['difference'][number]['points'] {
  return windowsOf(pairs.flatMap(({ base, variant }) => [base, variant])).map(({ startMs, widthMs }) => {
    const at = (run: Traced) => run.points.find((point) => point.startMs === startMs && point.widthMs === widthMs)?.p50Ns;
    const differences = pairs.flatMap(({ base, variant }) => {
      const [below, above] = [at(base), at(variant)];
      return below == null || above == null ? [] : [above - below];
    });
    return { startMs, widthMs, differenceNs: median(differences) };
  });
}
