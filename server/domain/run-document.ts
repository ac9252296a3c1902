import type { BpfSample } from './bpf-program';
import type { FaultRecord, LeaderChange, Outage, ReplicaHealth, Safety } from './fault';
import { formatFaultPlan } from './fault-text';
import type { HostFacts } from './host';
import type { Observation, Observe } from './observation';
import type { Delivery, Mechanism, MechanismVerdict, SameLog } from './proof';
import { isOver, type ReplicaRole, type RunError, type RunView } from './run';
import type { Workload } from './workload';

/** The JSON document of `lab run --json` and `lab show --json`; docs/schemas/run.md explains every field. */
export type RunDocument = {
  schemaVersion: 1;
  runId: string;
  scenario: string;
  variant: string;
  workload: Workload;
  /** Requests asked for; null when the workload is in seconds. */
  requests: number | null;
  completed: number;
  timeouts: number;
  clientRetries: number;
  latencyNs: Record<'min' | 'mean' | 'p50' | 'p90' | 'p99' | 'p999' | 'max', number | null>;
  throughputPerS: number | null;
  leaderCpuNs: number | null;
  offload: {
    verdict: MechanismVerdict;
    broadcasts: number | null;
    sent: number | null;
    frames: Mechanism['frames'];
    receipts: Delivery['receipts'];
    lost: Delivery['lost'];
    /** The same where declared faults touched leader, follower or link. */
    declared: Delivery['declared'];
    resends: number | null;
  };
  sameLog: { verdict: SameLog['verdict']; commit: number | null; hash: string | null };
  safety: Safety | null;
  replicas: {
    name: string;
    role: ReplicaRole;
    health: ReplicaHealth | null;
    view: number | null;
    commit: number | null;
    logHash: string | null;
    cpuNs: number | null;
  }[];
  /** The replica's own programs by service, from the sample after measuring, else from the latest. */
  bpf: Record<string, { id: number; type: string; name: string; tag: string; attach: string | null }[]>;
  observe: Observe;
  /** What was to be done to the cluster, in words: `at 5 s kill leader; at 9 s restart it`; null: nothing. */
  faultPlan: string | null;
  /** What was done to it, by plan or by hand. */
  faults: FaultRecord[];
  /** Silences of 50 ms or more. */
  outages: Outage[];
  leaders: LeaderChange[];
  /** What looked into the cluster inside the measured window. */
  observations: Observation[];
  host: HostFacts | null;
  error: RunError | null;
};

export function toRunDocument(view: RunView, samples: BpfSample[]): RunDocument {
  const { config, latency, proof } = view;
  return {
    schemaVersion: 1,
    runId: config.id,
    scenario: config.scenario,
    variant: config.variant.name,
    workload: config.workload,
    requests: config.workload.amount.kind === 'requests' ? config.workload.amount.requests : null,
    completed: view.completed,
    timeouts: view.timeouts,
    clientRetries: view.clientRetries,
    latencyNs: {
      min: latency?.minNs ?? null,
      mean: latency?.meanNs ?? null,
      p50: latency?.p50Ns ?? null,
      p90: latency?.p90Ns ?? null,
      p99: latency?.p99Ns ?? null,
      p999: latency?.p999Ns ?? null,
      max: latency?.maxNs ?? null,
    },
    throughputPerS: view.throughputPerS,
    leaderCpuNs: view.leaderCpuNs,
    offload: {
      verdict: proof?.mechanism.verdict ?? 'unknown',
      broadcasts: proof?.mechanism.broadcasts ?? null,
      sent: proof?.mechanism.sent ?? null,
      frames: proof?.mechanism.frames ?? {},
      receipts: proof?.delivery.receipts ?? {},
      lost: proof?.delivery.lost ?? {},
      declared: proof?.delivery.declared ?? {},
      resends: proof?.mechanism.resends ?? null,
    },
    sameLog: {
      verdict: proof?.sameLog.verdict ?? 'unknown',
      commit: proof?.sameLog.commit ?? null,
      hash: proof?.sameLog.hash ?? null,
    },
    safety: view.safety,
    replicas: view.replicas.map(({ name, role, health, view: at, commit, logHash, cpuNs }) => ({
      name,
      role,
      health,
      view: at,
      commit,
      logHash,
      cpuNs,
    })),
    bpf: Object.fromEntries(config.replicas.map(({ service }) => [service, ownPrograms(service, samples)])),
    observe: config.observe,
    faultPlan: config.faults.length === 0 ? null : formatFaultPlan(config.faults),
    faults: view.faults,
    outages: view.outages,
    leaders: view.leaders,
    observations: view.observations,
    host: view.host,
    error: view.error ?? sayEnd(view),
  };
}

/** A run that did not come to its end has an error even where nothing failed: a reader looks at this field alone. */
function sayEnd(view: RunView): RunError | null {
  if (view.state === 'done') return null;
  const code = isOver(view.state) ? view.state : 'run_not_over';
  const message = isOver(view.state) ? `The run was ${view.state} before its end.` : `The run is still in phase ${view.state}.`;
  return { code, message, remedy: null, service: null, lastLines: [] };
}

function ownPrograms(service: string, samples: BpfSample[]): RunDocument['bpf'][string] {
  const own = samples.filter(({ replica, problem }) => replica === service && problem === null);
  const sample = own.find(({ moment }) => moment === 'after_measuring') ?? own.at(-1);
  return (sample?.programs ?? [])
    .filter(({ owner }) => owner === 'replica')
    .map(({ id, type, name, tag }) => {
      const places = sample?.attachments
        .filter(({ programId }) => programId === id)
        .map(({ ifname, hook }) => `${ifname} ${hook}`);
      return { id, type, name, tag, attach: places && places.length > 0 ? places.join(', ') : null };
    });
}
