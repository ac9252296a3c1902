import type { SweepPoint } from './curves';
import type { ExperimentPlan } from './experiment';
import type { MetricResult } from './results';

/** Throughput and latency by number of clients; empty unless the plan has more than one. */
export function traceSweep(plan: Pick<ExperimentPlan, 'variants' | 'workloads'>, rows: readonly MetricResult[]): SweepPoint[] {
  if (new Set(plan.workloads.map(({ clients }) => clients)).size < 2) return [];
  const cells = [...new Set(rows.map(({ cell }) => cell))];
  return cells.flatMap((cell) =>
    plan.variants.flatMap((variant, side) => {
      // The base's medians stand in every variant's rows; those of the first will do.
      const own = rows.filter((row) => row.cell === cell && row.side === Math.max(1, side));
      const of = (metric: MetricResult['metric']) => {
        const row = own.find((each) => each.metric === metric);
        return (side === 0 ? row?.baseMedian : row?.variantMedian) ?? null;
      };
      const [throughputPerS, p50, p99] = [of('throughput'), of('p50'), of('p99')];
      const [row] = own;
      if (row === undefined || throughputPerS === null || p50 === null || p99 === null) return [];
      const { scenario, workload, n } = row;
      return [{ scenario, side, variant, clients: workload.clients, n, throughputPerS, latency: { p50, p99 } }];
    }),
  );
}
