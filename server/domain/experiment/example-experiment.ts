import { exampleRun } from '../example-run';
import type { RunView } from '../run';
import type { RunGate, RunValidity, Verdict } from '../validity/validity';
import { WORKLOAD_DEFAULT } from '../workload';
import type { ExperimentPlan, ExperimentRecord } from './experiment';
import type { Place } from './place';

/** Whole, consistent experiments for tests, to be changed in one place each. */

export function examplePlan(changes: Partial<ExperimentPlan> = {}): ExperimentPlan {
  return {
    title: 'Broadcast by cluster size',
    question: 'Does the offload pay?',
    scenarios: ['scenario3', 'scenario5'],
    variants: ['baseline', 'tc_broadcast'],
    workloads: [{ ...WORKLOAD_DEFAULT, amount: { kind: 'requests', requests: 20_000 } }],
    pairs: 3,
    retriesPerPair: 1,
    seed: 7,
    insist: false,
    ...changes,
  };
}

export function exampleRecord(changes: Partial<ExperimentRecord> = {}): ExperimentRecord {
  return {
    id: 'x-0001',
    plan: examplePlan(),
    state: 'running',
    note: null,
    origin: 'panel',
    createdAt: 1_763_900_000_000,
    endedAt: null,
    grantedRetries: [],
    importedFrom: null,
    frozenNoiseFloor: null,
    ...changes,
  };
}

export function validityOf(verdict: Verdict): RunValidity {
  const state = verdict === 'valid' ? 'pass' : verdict;
  const gate: RunGate = {
    id: 'host_busy',
    title: 'host busy',
    state,
    value: '0.97 cores',
    detail: 'node took 0.97 of a core',
    remedy: 'End it.',
  };
  return { verdict, gates: [gate] };
}

/** A finished run of an experiment; runs follow each other without a gap, ten seconds each, by `position`. */
export function exampleRunAt(
  place: Omit<Place, 'experimentId'>,
  { position, plan = examplePlan(), verdict = 'valid', p50Ns = 200_000, view = {} }: RunAt,
): RunView {
  const startedAt = 1_763_900_000_000 + position * 10_000;
  const variant = plan.variants[place.side] ?? 'baseline';
  const scenario = plan.scenarios[Math.floor(place.cell / plan.workloads.length)] ?? '';
  const workload = plan.workloads[place.cell % plan.workloads.length];
  const offloaded = variant !== 'baseline';
  const run = exampleRun({
    p50Ns,
    config: {
      size: Number(scenario.replace(/\D/g, '')) || 3,
      id: `r-${String(position + 1).padStart(4, '0')}`,
      scenario,
      variant: {
        name: variant,
        title: variant,
        environment: { OFFLOADS: offloaded ? variant : '' },
        image: null,
        expects: offloaded ? 'offloaded' : 'not_offloaded',
      },
      ...(workload === undefined ? {} : { workload }),
      place: { experimentId: 'x-0001', ...place },
    },
  });
  return { ...run, startedAt, endedAt: startedAt + 9_900, validity: validityOf(verdict), ...view };
}

type RunAt = {
  position: number;
  plan?: ExperimentPlan;
  verdict?: Verdict;
  p50Ns?: number;
  view?: Partial<RunView>;
};
