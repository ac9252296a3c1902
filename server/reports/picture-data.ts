import type { CellCurves } from '../domain/experiment/curves';
import type { ExperimentPlan } from '../domain/experiment/experiment';
import { METRICS } from '../domain/experiment/metrics';
import type { MetricResult } from '../domain/experiment/results';
import type { CellPictures, ExperimentPictures } from './experiment-pictures';
import { comparePairs } from './pair-pictures';
import type { ReportInput } from './report-input';
import { settledAttempts } from './settled-attempts';
import { sideOf } from './side-label';
import { sizePictures } from './size-pictures';
import { describeCell } from './workload-words';

/** The data of every picture of an experiment, the same for browser and report. */
export function pictureData(input: ReportInput): ExperimentPictures {
  const { view, results, curves } = input;
  const { plan } = view.record;
  const attempts = settledAttempts(input);
  return {
    sizeRatios: sizePictures(plan, results.rows),
    cells: view.cells.map((cell) => {
      const rows = primaryRows(results.rows, cell.index);
      const own = curves.find((each) => each.cell === cell.index);
      return {
        cell: cell.index,
        scenario: cell.scenario,
        title: describeCell(cell),
        comparisons: rows.map((row) => ({
          side: row.side,
          variant: row.variant,
          ...comparePairs(plan, row, { attempts, noiseFloor: results.noiseFloor }),
        })),
        ...curvePictures(plan, own),
      };
    }),
    throughputLatency: sweepPictures(input),
  };
}

/** Pairs are drawn for the metric on which the verdict rests. */
function primaryRows(rows: readonly MetricResult[], cell: number): MetricResult[] {
  return rows.filter((row) => row.cell === cell && row.metric === METRICS[0]?.metric);
}

type CurvePictures = Pick<CellPictures, 'percentiles' | 'ecdf' | 'overTime' | 'difference'>;

function curvePictures(plan: ExperimentPlan, curves: CellCurves | undefined): CurvePictures {
  const sides = curves?.sides ?? [];
  const points = sides.flatMap(({ overTime }) => overTime);
  const latencies = points.flatMap(({ p50Ns, p99Ns }) => [p50Ns, p99Ns]).filter((ns) => ns !== null);
  const rangeNs: [number, number] | null = latencies.length === 0 ? null : [Math.min(...latencies), Math.max(...latencies)];
  const starts = points.map(({ startMs }) => startMs);
  const ends = points.map(({ startMs, widthMs }) => startMs + widthMs);
  const domainMs: [number, number] = points.length === 0 ? [0, 0] : [Math.min(...starts), Math.max(...ends)];
  return {
    percentiles: {
      lines: sides.map(({ side, runs, percentiles }) => ({
        side: sideOf(plan, side),
        points: percentiles.map(({ percentile, ns, minNs, maxNs }) => {
          return { percentile, ns, range: runs > 1 ? [minNs, maxNs] : null };
        }),
      })),
    },
    ecdf: { lines: sides.map(({ side, ecdf }) => ({ side: sideOf(plan, side), points: ecdf })) },
    overTime: sides.map(({ side, overTime }) => ({ side: sideOf(plan, side), points: overTime, rangeNs, domainMs })),
    difference: (curves?.difference ?? []).map(({ side, points: differences }) => {
      return { base: sideOf(plan, 0), variant: sideOf(plan, side), points: differences };
    }),
  };
}

function sweepPictures({ view, sweep }: ReportInput): ExperimentPictures['throughputLatency'] {
  const { plan } = view.record;
  return [...new Set(sweep.map(({ scenario }) => scenario))].map((scenario) => {
    const own = sweep.filter((point) => point.scenario === scenario);
    const curves = [...new Set(own.map(({ side }) => side))].map((side) => ({
      side: sideOf(plan, side),
      points: own
        .filter((point) => point.side === side)
        .map(({ clients, throughputPerS, latency }) => ({ clients, throughputPerS, p50Ns: latency.p50, p99Ns: latency.p99 })),
    }));
    return { scenario, data: { curves } };
  });
}
