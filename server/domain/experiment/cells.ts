import type { Cell, ExperimentPlan } from './experiment';

/** Every scenario under every workload, in the plan's order. */
export function cellsOf({ scenarios, workloads }: Pick<ExperimentPlan, 'scenarios' | 'workloads'>): Cell[] {
  const pairs = scenarios.flatMap((scenario) => workloads.map((workload) => ({ scenario, workload })));
  return pairs.map((pair, index) => ({ index, ...pair }));
}
