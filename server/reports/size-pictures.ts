import type { SizeRatios } from '@/pictures/data';
import { formatRatio } from '@/pictures/figures';
import { LEAST_PAIRS } from '../domain/experiment/estimate-ratio';
import type { ExperimentMetric, ExperimentPlan } from '../domain/experiment/experiment';
import { METRICS } from '../domain/experiment/metrics';
import { POC_CLAIM } from '../domain/experiment/paper-bands';
import type { MetricResult } from '../domain/experiment/results';
import { paperLabel } from './pair-pictures';
import { sideOf } from './side-label';
import { workloadsApart } from './workload-words';

const DRAWN: readonly ExperimentMetric[] = ['p50', 'p99', 'throughput', 'leaderCpuPerRequest'];

/** Ratios by number of replicas; empty for a single size. A sweep has one picture per workload, of the primary metric. */
export function sizePictures(
  plan: ExperimentPlan,
  rows: readonly MetricResult[],
): { metric: ExperimentMetric; data: SizeRatios }[] {
  const drawn = plan.workloads.length > 1 ? DRAWN.slice(0, 1) : DRAWN;
  return plan.workloads.flatMap((_, at) =>
    drawn.flatMap((metric) => {
      const own = rows.filter((row) => row.metric === metric && row.cell % plan.workloads.length === at && row.replicas > 0);
      const apart = workloadsApart(plan.workloads)[at] ?? '';
      return hasSizes(own) ? [{ metric, data: sizeRatios(plan, own, apart) }] : [];
    }),
  );
}

/** Two scenarios of one size have no place of their own in a picture by size. */
function hasSizes(rows: readonly MetricResult[]): boolean {
  const first = rows.filter(({ side }) => side === rows[0]?.side).map(({ replicas }) => replicas);
  return new Set(first).size === first.length && first.length > 1;
}

function sizeRatios(plan: ExperimentPlan, rows: readonly MetricResult[], apart: string): SizeRatios {
  const [metric] = rows.map((row) => row.metric);
  const title = METRICS.find((facts) => facts.metric === metric)?.title ?? '';
  return {
    metricTitle: apart === '' ? title : `${title}, ${apart}`,
    series: [...new Set(rows.map(({ side }) => side))].map((side) => ({
      variant: sideOf(plan, side),
      sizes: rows.filter((row) => row.side === side).map(sizeOf),
    })),
    claim: claimOf(plan, rows),
  };
}

function sizeOf({
  replicas,
  ratios,
  medianRatio,
  ci95,
  n,
  noise,
  paper,
}: MetricResult): SizeRatios['series'][number]['sizes'][number] {
  const values = ratios.map(({ ratio }) => ratio);
  const range: [number, number] = [Math.min(...values), Math.max(...values)];
  const isInterval = n >= LEAST_PAIRS && ci95 !== null;
  return {
    replicas,
    ratios: values,
    median: medianRatio,
    interval: values.length === 0 ? null : { range: isInterval ? ci95 : range, isInterval },
    noise,
    paper: paper === null ? null : { range: paper.range, label: paperLabel(paper) },
  };
}

function claimOf({ variants }: ExperimentPlan, rows: readonly MetricResult[]): SizeRatios['claim'] {
  const { replicas, metric, ratio } = POC_CLAIM;
  const fits = variants.slice(1).includes('tc_broadcast') && variants[0] !== 'tc_broadcast';
  if (!fits || !rows.some((row) => row.replicas === replicas && row.metric === metric)) return null;
  return {
    replicas,
    ratio,
    label: `PoC claim ${formatRatio(ratio)}`,
    remark: 'its third replica was never sent a copy',
  };
}
