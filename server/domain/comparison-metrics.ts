import type { MetricRow } from './comparison';
import type { RunView } from './run';
import { littlesLaw } from './validity/littles-law';

type Figure = Omit<MetricRow, 'a' | 'b' | 'ratio'> & { of: (view: RunView) => number | null };

const FIGURES: Figure[] = [
  { metric: 'p50', title: 'p50', unit: 'ns', better: 'lower', of: (view) => view.latency?.p50Ns ?? null },
  { metric: 'p90', title: 'p90', unit: 'ns', better: 'lower', of: (view) => view.latency?.p90Ns ?? null },
  { metric: 'p99', title: 'p99', unit: 'ns', better: 'lower', of: (view) => view.latency?.p99Ns ?? null },
  { metric: 'p999', title: 'p99.9', unit: 'ns', better: 'lower', of: (view) => view.latency?.p999Ns ?? null },
  { metric: 'mean', title: 'mean', unit: 'ns', better: 'lower', of: (view) => view.latency?.meanNs ?? null },
  { metric: 'max', title: 'max', unit: 'ns', better: 'lower', of: (view) => view.latency?.maxNs ?? null },
  { metric: 'throughput', title: 'throughput', unit: 'per_s', better: 'higher', of: (view) => view.throughputPerS },
  { metric: 'leaderCpuPerRequest', title: 'leader CPU per request', unit: 'ns', better: 'lower', of: leaderCpuPerRequest },
  { metric: 'littlesLaw', title: 'clients ÷ (throughput × mean)', unit: 'ratio', better: 'neither', of: littlesLaw },
];

/** The table's rows; without ratios if the comparison isn't valid. */
export function compareMetrics(a: RunView, b: RunView, valid: boolean): MetricRow[] {
  return FIGURES.map(({ of, ...row }) => {
    const left = of(a);
    const right = of(b);
    const ratio = valid && left !== null && right !== null && left > 0 ? right / left : null;
    return { ...row, a: left, b: right, ratio };
  });
}

function leaderCpuPerRequest(view: RunView): number | null {
  return view.leaderCpuNs === null || view.completed === 0 ? null : view.leaderCpuNs / view.completed;
}
