import { LabError } from './errors';
import { withStanding } from './fault-standing';
import {
  isOver,
  type ReplicaState,
  RUN_PHASES,
  type RunConfig,
  type RunEnd,
  type RunError,
  type RunPhase,
  type RunView,
} from './run';
import type { ScenarioReplica } from './scenario';

/** A run that was asked for and waits for its turn. */
export function newRun(config: RunConfig): RunView {
  return {
    config,
    state: 'queued',
    phases: [{ phase: 'queued', startedAt: config.createdAt, endedAt: null, detail: null }],
    startedAt: null,
    endedAt: null,
    progress: null,
    error: null,
    replicas: config.replicas.map(newReplica),
    offloadSoFar: null,
    completed: 0,
    timeouts: 0,
    clientRetries: 0,
    latency: null,
    throughputPerS: null,
    leaderCpuNs: null,
    launchToFirstRequestMs: null,
    proof: null,
    host: null,
    imageDigest: null,
    gitCommit: null,
    logLines: 0,
    logDropped: 0,
    logLate: 0,
    observedAtMs: [],
    observations: [],
    deaths: [],
    faults: [],
    outages: [],
    views: [],
    leaders: [],
    standing: null,
    safety: null,
    conditions: null,
    validity: null,
    removed: null,
  };
}

export function newReplica({ id, service }: ScenarioReplica): ReplicaState {
  return {
    id,
    name: service,
    role: 'unknown',
    health: null,
    affliction: null,
    gap: null,
    acked: {},
    container: 'missing',
    address: null,
    view: null,
    op: null,
    commit: null,
    logHash: null,
    broadcasts: null,
    sent: null,
    frames: {},
    receipts: null,
    resends: null,
    drops: null,
    cpuNs: null,
    cpuShare: null,
    rssBytes: null,
    lastSeenAt: null,
  };
}

/**
 * Goes on to a phase. Phases only go forward and each is entered once: entering the present one or an earlier one
 * changes nothing, since engine, replicas and client report independently of each other. Skipped ones stay out of the
 * list. After the end nothing changes.
 */
export function enterPhase(view: RunView, phase: RunPhase, at: number, detail: string | null = null): RunView {
  if (isOver(view.state) || RUN_PHASES.indexOf(phase) <= RUN_PHASES.indexOf(view.state)) return view;
  return {
    ...view,
    state: phase,
    phases: [...closeLast(view.phases, at), { phase, startedAt: at, endedAt: null, detail }],
    startedAt: view.startedAt ?? at,
  };
}

/** Sets the quiet line beside a phase that was entered. */
export function describePhase(view: RunView, phase: RunPhase, detail: string): RunView {
  return { ...view, phases: view.phases.map((entry) => (entry.phase === phase ? { ...entry, detail } : entry)) };
}

/** Ends the run; the first end counts. A run that never left the queue has no startedAt. */
export function endRun(
  view: RunView,
  end: RunEnd,
  at: number,
  { error = null, removed = null }: { error?: RunError | null; removed?: string | null } = {},
): RunView {
  if (isOver(view.state)) return { ...view, removed: removed ?? view.removed };
  return withStanding({
    ...view,
    state: end,
    phases: closeLast(view.phases, at),
    endedAt: at,
    progress: end === 'done' ? { fraction: 1, etaMs: 0 } : view.progress && { ...view.progress, etaMs: null },
    error: error ?? view.error,
    removed: removed ?? view.removed,
  });
}

/** An error in a user's words; one that nobody expected says so and keeps its message. */
export function toRunError(error: unknown): RunError {
  if (error instanceof LabError) {
    const { code, message, remedy, service, lastLines } = error;
    return { code, message, remedy, service, lastLines };
  }
  const message = error instanceof Error ? error.message : String(error);
  const remedy = 'This was not foreseen. The log of the lab has the details.';
  return { code: 'unexpected', message: `Unexpected failure: ${message}`, remedy, service: null, lastLines: [] };
}

function closeLast(phases: RunView['phases'], at: number): RunView['phases'] {
  return phases.map((entry) => (entry.endedAt === null ? { ...entry, endedAt: at } : entry));
}
