import { estimateRunMs } from '@/components/workload/workload-draft';
import type { ExperimentPlan, RunSummary, Scenario } from '@/server/api/types';

type Size = Pick<ExperimentPlan, 'scenarios' | 'variants' | 'workloads' | 'pairs'>;

/** Runs of a plan, those run again not counted. */
export function runsOf({ scenarios, variants, workloads, pairs }: Size): number {
  return scenarios.length * variants.length * workloads.length * pairs;
}

export type PlanEstimate = {
  ms: number;
  /** Nothing like it was measured here yet, so the rate is a guess. */
  guessed: boolean;
};

export type RateRow = Pick<RunSummary, 'scenario' | 'throughputPerS' | 'workload'>;

type Known = { scenarios: readonly Scenario[]; rows: readonly RateRow[] };

/**
 * Until a scenario ran here: requests per second of one client times the number of replicas, as taken from runs on two
 * cores (7,100 at three replicas, 4,200 at five, 2,700 at seven).
 */
const GUESSED_RATE_TIMES_REPLICAS = 20_000;

/** How long a plan takes if every run is as fast as the last one like it; null if it names a scenario that is not here. */
export function estimatePlan(plan: Size, { scenarios, rows }: Known): PlanEstimate | null {
  let ms = 0;
  let guessed = false;
  for (const name of plan.scenarios) {
    const scenario = scenarios.find((each) => each.name === name);
    if (scenario === undefined) return null;
    const replicas = scenario.replicas.length;
    for (const workload of plan.workloads) {
      const known = lastRate(rows, name, workload.clients);
      const counts = workload.amount.kind === 'requests';
      guessed ||= counts && known === null;
      const each = estimateRunMs(workload, replicas, known ?? GUESSED_RATE_TIMES_REPLICAS / replicas);
      ms += (each ?? 0) * plan.variants.length * plan.pairs;
    }
  }
  return { ms, guessed };
}

/** Requests per second of the newest run of this scenario, with as many clients if there is one. Rows are newest first. */
function lastRate(rows: readonly RateRow[], scenario: string, clients: number): number | null {
  const measured = rows.filter((row) => row.scenario === scenario && row.throughputPerS !== null);
  const alike = measured.find(({ workload }) => workload.clients === clients);
  return (alike ?? measured[0])?.throughputPerS ?? null;
}
