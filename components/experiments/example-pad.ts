import type { LaunchPad, PlanPad, Scenario, Variant } from '@/server/api/types';
import { WORKLOAD } from './example-experiment';

const baseline: Variant = { name: 'baseline', title: 'n sends', environment: {}, image: null, expects: 'not_offloaded' };
const offloaded: Variant = { ...baseline, name: 'tc_broadcast', title: 'one send', expects: 'offloaded' };

/** A scenario for tests, of so many replicas. */
export function scenarioOf(replicas: number, change: Partial<Scenario> = {}): Scenario {
  return {
    name: `scenario${replicas}`,
    title: `${replicas} replicas`,
    composeFile: `scenarios/scenario${replicas}/docker-compose.yaml`,
    replicas: Array.from({ length: replicas }, (_, index) => ({ id: index + 1, service: `replica${index + 1}` })),
    quorum: Math.floor(replicas / 2) + 1,
    clientService: 'client',
    clientFormat: 'lab',
    variants: [baseline, offloaded],
    declared: true,
    images: [],
    payloadMaxBytes: 1408,
    notes: [],
    ...change,
  };
}

/** A scenario without x-lab: one variant of its own. */
export const foreign = scenarioOf(3, {
  name: 'poc',
  declared: false,
  variants: [{ ...baseline, name: 'as_is', expects: 'anything' }],
  payloadMaxBytes: 1000,
});

export const PAD: LaunchPad = {
  scenarios: [scenarioOf(3), scenarioOf(5), foreign],
  broken: [],
  workloadDefault: WORKLOAD,
  workloadBounds: {
    requests: { min: 1, max: 100_000_000 },
    seconds: { min: 1, max: 3600 },
    warmupSeconds: { min: 0, max: 30 },
    clients: { min: 1, max: 64 },
    payloadBytes: { min: 8, max: 1408 },
    getPercent: { min: 0, max: 100 },
  },
};

export const BOUNDS: PlanPad['bounds'] = {
  pairs: { min: 1, max: 200 },
  retriesPerPair: { min: 0, max: 5 },
  scenarios: { min: 1, max: 12 },
  variants: { min: 2, max: 8 },
  workloads: { min: 1, max: 12 },
  runs: { min: 2, max: 2000 },
  titleCharacters: 120,
  questionCharacters: 400,
};
