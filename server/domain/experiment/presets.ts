import type { Scenario } from '../scenario';
import { WORKLOAD_DEFAULT, type Workload } from '../workload';
import type { ExperimentPlan } from './experiment';

/** Plans that are one click away. */
export type PresetName = 'reproduce' | 'control' | 'sweep';
export type Preset = { name: PresetName; title: string; explains: string; plan: ExperimentPlan };

export const PLAN_BOUNDS = {
  pairs: { min: 1, max: 200 },
  retriesPerPair: { min: 0, max: 5 },
  scenarios: { min: 1, max: 12 },
  variants: { min: 2, max: 8 },
  workloads: { min: 1, max: 12 },
  /** Runs of one experiment, first attempts alone. */
  runs: { min: 2, max: 2000 },
  titleCharacters: 120,
  questionCharacters: 400,
} as const;

/** Short enough that 60 runs take minutes, long enough that a run has dozens of 100 ms intervals. */
const WORKLOAD: Workload = { ...WORKLOAD_DEFAULT, amount: { kind: 'requests', requests: 20_000 }, warmupSeconds: 1 };

const COMMON = { pairs: 10, retriesPerPair: 2, seed: 20_230_417, insist: false } as const;

/** The paper's cluster sizes, as far as there are declared scenarios of them. */
const PAPER_SIZES = [3, 5, 7];

/** What can be proposed for these scenarios; variants that all of them declare, the first of them as the base. */
export function presetsFor(scenarios: readonly Scenario[]): Preset[] {
  const declared = scenarios
    .filter((each) => each.declared && PAPER_SIZES.includes(each.replicas.length))
    .sort((a, b) => a.replicas.length - b.replicas.length);
  const [first] = declared;
  if (first === undefined) return [];
  const names = declared.map(({ name }) => name);
  const shared = first.variants.map(({ name }) => name).filter((name) => declared.every((each) => hasVariant(each, name)));
  const [base] = shared;
  if (base === undefined) return [];
  const control = controlPlan(names, base);
  return shared.length < 2 ? [control] : [reproducePlan(names, shared), control, sweepPlan(names, shared)];
}

function reproducePlan(scenarios: string[], variants: string[]): Preset {
  return {
    name: 'reproduce',
    title: 'Reproduce the paper',
    explains: 'Every cluster size, every variant, ten interleaved pairs each.',
    plan: {
      ...COMMON,
      title: 'Broadcast by cluster size',
      question: `How ${variants.length === 2 ? 'does' : 'do'} ${variants.slice(1).join(', ')} change latency, throughput and leader CPU, by cluster size?`,
      scenarios,
      variants,
      workloads: [WORKLOAD],
    },
  };
}

function controlPlan(scenarios: string[], base: string): Preset {
  return {
    name: 'control',
    title: 'A/A control',
    explains: `${base} against itself: how far this machine alone moves the numbers. It calibrates the noise floor.`,
    plan: {
      ...COMMON,
      title: `Noise floor of ${base}`,
      question: `How far does ${base} differ from itself on this machine?`,
      scenarios,
      variants: [base, base],
      workloads: [WORKLOAD],
    },
  };
}

function sweepPlan(scenarios: string[], variants: string[]): Preset {
  return {
    name: 'sweep',
    title: 'Sweep of clients',
    explains: 'One to sixteen closed-loop clients: the throughput-latency curve of each variant.',
    plan: {
      ...COMMON,
      pairs: 6,
      title: 'Throughput and latency by clients',
      question: 'Where does each variant saturate?',
      scenarios: scenarios.slice(0, 2),
      variants,
      workloads: [1, 2, 4, 8, 16].map((clients) => ({ ...WORKLOAD, clients })),
    },
  };
}

const hasVariant = (scenario: Scenario, name: string) => scenario.variants.some((variant) => variant.name === name);
