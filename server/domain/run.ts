import type { ReplicaDeath, RunConditions } from './conditions';
import type { Place } from './experiment/place';
import type {
  Affliction,
  FaultPlan,
  FaultRecord,
  LeaderChange,
  Outage,
  ReplicaHealth,
  Safety,
  Standing,
  ViewEntry,
} from './fault';
import type { HostFacts } from './host';
import type { LatencySummary } from './latency';
import type { Observation, Observe } from './observation';
import type { MechanismVerdict, Proof } from './proof';
import type { ClientFormat, ScenarioReplica, Variant } from './scenario';
import type { RunValidity, Verdict } from './validity/validity';
import type { Workload } from './workload';

/** `r-0001`, counted per store. */
export type RunId = string;

/**
 * What marks a run on an engine that several stores may share: `3fa9c1-r-0007`. Run ids are counted per store, so the
 * store's own id stands before them; see run-label.ts.
 */
export type RunLabel = string;

/** What a run goes through, in order. Each is entered at most once. */
export const RUN_PHASES = ['queued', 'build', 'network', 'containers', 'leader', 'warmup', 'measuring', 'draining'] as const;
export type RunPhase = (typeof RUN_PHASES)[number];

/** How a run ended. interrupted: the server was told to stop, or died, while it ran. */
export type RunEnd = 'done' | 'failed' | 'stopped' | 'interrupted';

export type PhaseEntry = {
  phase: RunPhase;
  /** Milliseconds since the Unix epoch. */
  startedAt: number;
  endedAt: number | null;
  /** One quiet line: `cached`, `10.42.5.0/24`, `replica1, view 0`. */
  detail: string | null;
};

/** An error as a user reads it. */
export type RunError = {
  code: string;
  /** What happened, naming the input. */
  message: string;
  /** What to do. */
  remedy: string | null;
  /** The service it happened in, if one. */
  service: string | null;
  /** Its last log lines. */
  lastLines: string[];
};

/** Everything fixed at launch. */
export type RunConfig = {
  id: RunId;
  scenario: string;
  scenarioTitle: string;
  replicas: ScenarioReplica[];
  quorum: number;
  clientService: string;
  clientFormat: ClientFormat;
  variant: Variant;
  workload: Workload;
  /** cpuset per service as resolved from the placement; empty when not pinned. */
  cpusets: Record<string, string>;
  /** Value of the label `electrode-lab.run` on every container and network of the run: `3fa9c1-r-0007`. */
  label: RunLabel;
  /** Compose project: `electrode-lab-` and the label. */
  project: string;
  /** Who launched: `panel` or `lab`. */
  origin: 'panel' | 'lab';
  createdAt: number;
  observe: Observe;
  /** What is done to the cluster while it measures; empty: nothing is planned. */
  faults: FaultPlan;
  /** Its place in an experiment; null for a run launched by hand. */
  place: Place | null;
  /** Where it was measured, if it came out of an archive or a file of latencies; null if here. */
  importedFrom: { storeId: string; id: RunId; at: number; note: string | null } | null;
};

export type ReplicaRole = 'leader' | 'follower' | 'unknown';

/** What one replica last said about itself. Counters are null until known (third-party images: for ever). */
export type ReplicaState = {
  id: number;
  name: string;
  role: ReplicaRole;
  /** VR Revisited's status; null until known. */
  health: ReplicaHealth | null;
  /** Why it takes no part now; null: it does, or nothing is known. */
  affliction: Affliction | null;
  /** Ops that are known to exist somewhere and are not held here; null until known. */
  gap: number | null;
  /** Leader: the op up to which each follower acknowledged, by name; empty on followers. */
  acked: Record<string, number>;
  /** Container state as the engine tells it: created, running, exited, missing. */
  container: string;
  address: string | null;
  view: number | null;
  op: number | null;
  commit: number | null;
  /** 16 hex digits at `commit`. */
  logHash: string | null;
  broadcasts: number | null;
  sent: number | null;
  /** Copies past the leader's egress hook per follower name; empty on followers. */
  frames: Record<string, number>;
  receipts: number | null;
  resends: number | null;
  drops: number | null;
  /** CPU time of the process since start. On the leader it includes softirq work, its receive path among it. */
  cpuNs: number | null;
  /**
   * 1 = one core. Over the last second until the measured window ends; from then on the average over the measured window
   * (CPU time between the two marks by its length), null where that is unknown.
   */
  cpuShare: number | null;
  rssBytes: number | null;
  /** Milliseconds since the Unix epoch of the last sign of life. */
  lastSeenAt: number | null;
};

/** The run as every screen and `lab show` see it; small enough to be sent whole on each change. */
export type RunView = {
  config: RunConfig;
  /** The phase it is in, or how it ended. */
  state: RunPhase | RunEnd;
  phases: PhaseEntry[];
  startedAt: number | null;
  endedAt: number | null;
  /** 0..1 over the whole run and estimated end; null while unknown. */
  progress: { fraction: number; etaMs: number | null } | null;
  error: RunError | null;
  replicas: ReplicaState[];
  /** Live from `status` events; the verdict counts only in `proof`. */
  offloadSoFar: MechanismVerdict | null;
  /** Measured window alone; running values while measuring, final after. */
  completed: number;
  timeouts: number;
  clientRetries: number;
  latency: LatencySummary | null;
  throughputPerS: number | null;
  /** The leader's CPU time over the measured window. */
  leaderCpuNs: number | null;
  /** From Launch to the client's first request, before warm-up. */
  launchToFirstRequestMs: number | null;
  proof: Proof | null;
  host: HostFacts | null;
  imageDigest: string | null;
  gitCommit: string | null;
  logLines: number;
  logDropped: number;
  /** Lines that came too late for their place in the order of time. */
  logLate: number;
  /** Inspector samples taken on demand inside the measured window, ms since its begin; marked on the chart. */
  observedAtMs: number[];
  /** Longer looks inside the measured window. */
  observations: Observation[];
  /** Replicas that ended before the lab ended them. */
  deaths: ReplicaDeath[];
  /** What the lab did to the cluster, in the order it began. */
  faults: FaultRecord[];
  /** Silences of 50 ms or more, as the client measured them. */
  outages: Outage[];
  /** Status and view of every replica over the run, at most 2,000 entries; the first are kept. */
  views: ViewEntry[];
  /** Each leader of the run in order; the first is that of view 0. */
  leaders: LeaderChange[];
  /** Whether the cluster can serve now; null unless it measures. */
  standing: Standing | null;
  /** Judged with the proof; null while running and for images that do not report. */
  safety: Safety | null;
  /** The host during the measured window; null until it is over, and for runs that never measured. */
  conditions: RunConditions | null;
  /** Judged once, when the run is over. */
  validity: RunValidity | null;
  /** What teardown removed, e.g. `6 containers, 1 network`. */
  removed: string | null;
};

/** A row of the run list. */
export type RunSummary = {
  id: RunId;
  scenario: string;
  replicas: number;
  variant: string;
  workload: Workload;
  state: RunPhase | RunEnd;
  origin: 'panel' | 'lab';
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
  completed: number;
  p50Ns: number | null;
  p99Ns: number | null;
  throughputPerS: number | null;
  mechanism: MechanismVerdict | null;
  /** Proof fits the variant, logs equal, nothing lost; null while running or without a proof. */
  valid: boolean | null;
  /** What the validity gates say; null while running. */
  verdict: Verdict | null;
  place: Place | null;
  imported: boolean;
  /** Why not, or a remark; one short line. */
  remark: string | null;
  /** p99 per window, at most 40 values, for the sparkline. */
  p99SparkNs: number[];
};

export function isOver(state: RunPhase | RunEnd): state is RunEnd {
  return state === 'done' || state === 'failed' || state === 'stopped' || state === 'interrupted';
}
