import type { ExperimentPlan, ExperimentView, PairStanding, PlannedRun, Workload } from '@/server/api/types';

/** An experiment for tests: one scenario, two pairs, nothing run yet. */
export const WORKLOAD: Workload = {
  amount: { kind: 'requests', requests: 20_000 },
  warmupSeconds: 1,
  clients: 1,
  payloadBytes: 64,
  getPercent: 50,
  placement: 'auto',
};

export const PLAN: ExperimentPlan = {
  title: 'Broadcast by cluster size',
  question: '',
  scenarios: ['scenario3'],
  variants: ['baseline', 'tc_broadcast'],
  workloads: [WORKLOAD],
  pairs: 2,
  retriesPerPair: 1,
  seed: 7,
  insist: false,
};

/** states: how the pairs stand, in the order they began; open where nothing is said. */
export function viewOf(
  change: Partial<ExperimentView['record']>,
  runs: PlannedRun[],
  states: PairStanding['state'][] = [],
): ExperimentView {
  const plan = change.plan ?? PLAN;
  return {
    record: {
      id: 'x-0001',
      plan,
      state: 'running',
      note: null,
      origin: 'panel',
      createdAt: 0,
      endedAt: null,
      grantedRetries: [],
      importedFrom: null,
      frozenNoiseFloor: null,
      ...change,
    },
    cells: plan.scenarios.flatMap((scenario, at) =>
      plan.workloads.map((workload, index) => ({ index: at * plan.workloads.length + index, scenario, workload })),
    ),
    runs,
    pairs: standings(runs, states),
    progress: {
      runsOver: runs.length,
      runsExpected: plan.pairs * plan.variants.length * plan.scenarios.length * plan.workloads.length,
      pairsCounted: 0,
      pairsWanted: plan.pairs,
      runMs: null,
      etaMs: null,
      valid: 0,
      suspect: 0,
      invalid: 0,
    },
    waitsFor: null,
    pausing: false,
    running: null,
  };
}

/** A valid run of the first cell, over. */
export function runOf(change: Partial<PlannedRun>): PlannedRun {
  return {
    experimentId: 'x-0001',
    cell: 0,
    pair: 1,
    attempt: 1,
    side: 0,
    runId: 'r-0001',
    sourceId: 'r-0001',
    variant: 'baseline',
    state: 'done',
    startedAt: 0,
    endedAt: 1,
    figures: { p50: 137_100, p90: null, p99: null, p999: null, mean: null, throughput: null, leaderCpuPerRequest: null },
    verdict: 'valid',
    reason: null,
    ...change,
  };
}

function standings(runs: readonly PlannedRun[], states: readonly PairStanding['state'][]): PairStanding[] {
  const pairs: PairStanding[] = [];
  for (const { cell, pair, attempt, runId } of runs) {
    let own = pairs.find((each) => each.cell === cell && each.pair === pair);
    if (own === undefined) {
      own = { cell, pair, state: states[pairs.length] ?? 'open', attempts: [] };
      pairs.push(own);
    }
    const same = own.attempts.find((each) => each.attempt === attempt);
    if (same === undefined) own.attempts.push({ attempt, outcome: 'open', runIds: [runId] });
    else same.runIds.push(runId);
  }
  return pairs;
}
