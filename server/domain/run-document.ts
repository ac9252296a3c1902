import type { BpfSample } from './bpf-program';
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
    resends: number | null;
  };
  sameLog: { verdict: SameLog['verdict']; commit: number | null; hash: string | null };
  replicas: {
    name: string;
    role: ReplicaRole;
    view: number | null;
    commit: number | null;
    logHash: string | null;
    cpuNs: number | null;
  }[];
  /** The replica's own programs by service, from the sample after measuring, else from the latest. */
  bpf: Record<string, { id: number; type: string; name: string; tag: string; attach: string | null }[]>;
  observe: Observe;
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
      resends: proof?.mechanism.resends ?? null,
    },
    sameLog: {
      verdict: proof?.sameLog.verdict ?? 'unknown',
      commit: proof?.sameLog.commit ?? null,
      hash: proof?.sameLog.hash ?? null,
    },
    replicas: view.replicas.map(({ name, role, view: at, commit, logHash, cpuNs }) => ({
      name,
      role,
      view: at,
      commit,
      logHash,
      cpuNs,
    })),
    bpf: Object.fromEntries(config.replicas.map(({ service }) => [service, ownPrograms(service, samples)])),
    observe: config.observe,
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
