import type { RunView } from '../run';
import type { Workload } from '../workload';
import { attemptsOf } from './attempts';
import { cellsOf } from './cells';
import { estimateRatio, LEAST_PAIRS } from './estimate-ratio';
import type { ExperimentMetric, ExperimentPlan, ExperimentRecord, NoiseFloor, PlannedRun } from './experiment';
import { METRICS } from './metrics';
import { countedPairs, ratiosOf } from './pair-ratios';

/** What a control shows: null unless some cell has the pairs that an interval needs. */
export function noiseFloorOf(record: ExperimentRecord, runs: readonly PlannedRun[], now: number): NoiseFloor | null {
  const { plan } = record;
  const attempts = attemptsOf(plan, runs, now);
  const cells = cellsOf(plan).flatMap(({ index, scenario, workload }) => {
    const pairs = countedPairs(attempts, index, 1);
    return METRICS.flatMap(({ metric }) => {
      const { n, ci95 } = estimateRatio(
        ratiosOf(pairs, metric).map(({ ratio }) => ratio),
        plan.seed,
      );
      return n < LEAST_PAIRS || ci95 === null ? [] : [{ scenario, workload, metric, n, band: symmetric(ci95) }];
    });
  });
  if (cells.length === 0) return null;
  return {
    experimentId: record.importedFrom?.id ?? record.id,
    measuredAt: record.endedAt ?? record.createdAt,
    cells,
  };
}

/** The wider side of the interval, on both sides of 1. */
function symmetric([low, high]: [number, number]): [number, number] {
  const factor = Math.exp(Math.max(Math.abs(Math.log(low)), Math.abs(Math.log(high))));
  return [1 / factor, factor];
}

/** The band for one cell and metric; null where the control did not measure it. */
export function bandFor(
  floor: NoiseFloor | null,
  cell: { scenario: string; workload: Workload },
  metric: ExperimentMetric,
): [number, number] | null {
  const found = floor?.cells.find(
    (each) => each.metric === metric && each.scenario === cell.scenario && sameWorkload(each.workload, cell.workload),
  );
  return found?.band ?? null;
}

/** Whether a control measured what a plan measures: the same base, and at least one cell of it. */
export function calibrates(control: ExperimentPlan, plan: ExperimentPlan): boolean {
  if (control.variants[0] !== plan.variants[0]) return false;
  const measured = cellsOf(control);
  return cellsOf(plan).some((cell) =>
    measured.some((other) => other.scenario === cell.scenario && sameWorkload(other.workload, cell.workload)),
  );
}

/** The machine as far as it decides latencies; figures of another one calibrate nothing. */
export function hostOf(runs: readonly RunView[]): string | null {
  const host = runs.find((run) => run.host !== null)?.host ?? null;
  return host === null ? null : [host.cpuModel, host.cores, host.kernel].join(' | ');
}

export function sameWorkload(a: Workload, b: Workload): boolean {
  const amount = (each: Workload['amount']) => (each.kind === 'requests' ? `${each.requests} requests` : `${each.seconds} s`);
  return (
    amount(a.amount) === amount(b.amount) &&
    a.warmupSeconds === b.warmupSeconds &&
    a.clients === b.clients &&
    a.payloadBytes === b.payloadBytes &&
    a.getPercent === b.getPercent &&
    a.placement === b.placement
  );
}
