import type { FaultRecord, Linearizability } from './fault';
import { judgeProof } from './judge-proof';
import { judgeSafety } from './judge-safety';
import type { LatencyInterval } from './latency';
import { indexOf } from './latency';
import { OBSERVE_NOTHING } from './observation';
import type { ProofEvidence, WindowCounters } from './proof';
import type { RunConfig, RunView } from './run';
import { newRun } from './run-machine';
import type { Variant } from './scenario';
import { WORKLOAD_DEFAULT } from './workload';

/** Whole, consistent examples for tests: a cluster in which everything went well, to be changed in one place each. */

export const BASELINE: Variant = {
  name: 'baseline',
  title: 'Baseline',
  environment: { OFFLOADS: '' },
  image: null,
  expects: 'not_offloaded',
};

export const TC_BROADCAST: Variant = {
  name: 'tc_broadcast',
  title: 'TC_BROADCAST',
  environment: { OFFLOADS: 'tc_broadcast' },
  image: null,
  expects: 'offloaded',
};

export const AS_IS: Variant = { name: 'as_is', title: 'As it is', environment: {}, image: null, expects: 'anything' };

export const replicasOf = (n: number) => Array.from({ length: n }, (_, at) => ({ id: at + 1, service: `replica${at + 1}` }));

export function exampleConfig(changes: Partial<RunConfig> & { size?: number } = {}): RunConfig {
  const { size = 5, ...rest } = changes;
  return {
    id: 'r-0007',
    scenario: `scenario${size}`,
    scenarioTitle: `${size} replicas`,
    replicas: replicasOf(size),
    quorum: (size + 1) / 2,
    clientService: 'client',
    clientFormat: 'lab',
    variant: TC_BROADCAST,
    workload: { ...WORKLOAD_DEFAULT, amount: { kind: 'requests', requests: 20_000 } },
    cpusets: {},
    label: '3fa9c1-r-0007',
    project: 'electrode-lab-3fa9c1-r-0007',
    origin: 'panel',
    createdAt: 1_763_900_000_000,
    observe: OBSERVE_NOTHING,
    faults: [],
    place: null,
    importedFrom: null,
    ...rest,
  };
}

const HASH = '00c0ffee00c0ffee';

const SILENT: WindowCounters = {
  view: 0,
  leader: 1,
  leaderIncarnation: 71,
  broadcasts: 0,
  sent: 0,
  sendErrors: 0,
  clones: 0,
  cloneErrors: 0,
  peerUnknown: 0,
  framesKnown: true,
  frames: [],
  receipts: 0,
  duplicates: 0,
  resends: 0,
};

/** A leader's window with B broadcasts, cloned or sent one by one. */
export function leaderCounters(size: number, how: 'cloned' | 'sent', broadcasts = 20_034): WindowCounters {
  const frames = [0, 0, ...Array.from({ length: size - 1 }, () => broadcasts)];
  return how === 'cloned'
    ? { ...SILENT, broadcasts, sent: broadcasts, clones: broadcasts * (size - 1), frames }
    : { ...SILENT, broadcasts, sent: broadcasts * (size - 1), frames };
}

export const followerCounters = (receipts = 20_034): WindowCounters => ({ ...SILENT, receipts });

export function exampleEvidence(size: number, how: 'cloned' | 'sent', broadcasts = 20_034): ProofEvidence {
  return {
    replicas: replicasOf(size).map(({ id, service }) => ({
      id,
      name: service,
      live: true,
      counters: [id === 1 ? leaderCounters(size, how, broadcasts) : followerCounters(broadcasts)],
      commit: 24_000,
      hash: HASH,
      checkpoints: [{ op: 24_000, hash: HASH }],
    })),
    history: { op: 24_000, complete: true, hash: HASH },
    completed: 20_000,
  };
}

/** A whole history that one order of operations explains. */
export const LINEARIZABLE: Linearizability = {
  verdict: 'linearizable',
  keys: 1000,
  operations: 24_000,
  pending: 0,
  undecidedKeys: 0,
  steps: 50_000,
  costNs: 9_000_000,
  reason: '',
};

/** replica1 killed 5 s into the measured window and started again 4 s later, as planned. */
export function exampleFault(changes: Partial<FaultRecord> = {}): FaultRecord {
  return {
    id: 1,
    action: { kind: 'kill', target: { kind: 'replica', name: 'replica1' } },
    title: 'kill replica1',
    targets: ['replica1'],
    links: [],
    origin: 'plan',
    startedAt: 1_763_900_005_000,
    endsAt: 1_763_900_009_000,
    endedAt: 1_763_900_009_000,
    end: 'over',
    lost: null,
    doubled: null,
    recoveryMs: 310,
    problem: null,
    ...changes,
  };
}

/** A finished run with a fitting proof; clients / (throughput x mean) is 1.02. */
export function exampleRun(
  changes: { config?: Parameters<typeof exampleConfig>[0]; p50Ns?: number; view?: Partial<RunView> } = {},
): RunView {
  const config = exampleConfig(changes.config);
  const p50Ns = changes.p50Ns ?? 200_000;
  const meanNs = p50Ns * 1.1;
  const how = config.variant.expects === 'offloaded' ? 'cloned' : 'sent';
  const started = config.createdAt + 10;
  const proof = judgeProof(config.variant, exampleEvidence(config.replicas.length, how));
  return {
    ...newRun(config),
    state: 'done',
    startedAt: started,
    endedAt: started + 30_000,
    completed: 20_000,
    latency: {
      n: 20_000,
      minNs: p50Ns / 2,
      meanNs,
      p50Ns,
      p90Ns: p50Ns * 1.3,
      p95Ns: p50Ns * 1.4,
      p99Ns: p50Ns * 1.8,
      p999Ns: p50Ns * 3,
      maxNs: p50Ns * 10,
    },
    throughputPerS: 1e9 / (meanNs * 1.02),
    leaderCpuNs: 2_000_000_000,
    proof,
    safety: judgeSafety(proof.sameLog, LINEARIZABLE, []),
    ...changes.view,
  };
}

/** A 100 ms interval with these latencies. */
export function exampleInterval(
  index: number,
  latenciesNs: number[],
  phase: LatencyInterval['phase'] = 'measuring',
): LatencyInterval {
  const counts = new Map<number, number>();
  for (const ns of latenciesNs) counts.set(indexOf(ns), (counts.get(indexOf(ns)) ?? 0) + 1);
  return {
    phase,
    index,
    startUs: index * 100_000,
    durationUs: 100_000,
    completed: latenciesNs.length,
    timeouts: 0,
    retries: 0,
    sumNs: latenciesNs.reduce((sum, ns) => sum + ns, 0),
    minNs: latenciesNs.length === 0 ? 0 : Math.min(...latenciesNs),
    maxNs: latenciesNs.length === 0 ? 0 : Math.max(...latenciesNs),
    hist: [...counts].sort(([a], [b]) => a - b).flat(),
  };
}
