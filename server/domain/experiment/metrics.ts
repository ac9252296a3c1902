import type { RunView } from '../run';
import type { ExperimentMetric } from './experiment';

export type MetricFacts = {
  metric: ExperimentMetric;
  title: string;
  unit: 'ns' | 'per_s';
  better: 'lower' | 'higher';
  of: (view: RunView) => number | null;
};

/** The figures of a run that are compared; the first is the primary one, on which a verdict rests. */
export const METRICS: readonly MetricFacts[] = [
  { metric: 'p50', title: 'p50', unit: 'ns', better: 'lower', of: (view) => view.latency?.p50Ns ?? null },
  { metric: 'p90', title: 'p90', unit: 'ns', better: 'lower', of: (view) => view.latency?.p90Ns ?? null },
  { metric: 'p99', title: 'p99', unit: 'ns', better: 'lower', of: (view) => view.latency?.p99Ns ?? null },
  { metric: 'p999', title: 'p99.9', unit: 'ns', better: 'lower', of: (view) => view.latency?.p999Ns ?? null },
  { metric: 'mean', title: 'mean', unit: 'ns', better: 'lower', of: (view) => view.latency?.meanNs ?? null },
  { metric: 'throughput', title: 'throughput', unit: 'per_s', better: 'higher', of: (view) => view.throughputPerS },
  {
    metric: 'leaderCpuPerRequest',
    title: 'leader CPU per request',
    unit: 'ns',
    better: 'lower',
    of: (view) => (view.leaderCpuNs === null || view.completed === 0 ? null : view.leaderCpuNs / view.completed),
  },
];

export const PRIMARY: ExperimentMetric = 'p50';

/** All of a run's figures by metric. */
export function figuresOf(view: RunView): Record<ExperimentMetric, number | null> {
  const of = (metric: ExperimentMetric) => METRICS.find((each) => each.metric === metric)?.of(view) ?? null;
  return {
    p50: of('p50'),
    p90: of('p90'),
    p99: of('p99'),
    p999: of('p999'),
    mean: of('mean'),
    throughput: of('throughput'),
    leaderCpuPerRequest: of('leaderCpuPerRequest'),
  };
}
