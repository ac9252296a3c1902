import type { Linearizability } from '@/server/domain/fault';
import { addInterval, type LatencyTotals, NO_LATENCY } from '@/server/domain/latency';
import type { RunConfig } from '@/server/domain/run';
import type { LabEvent, LabEventOf } from './events';
import {
  applyBoot,
  applyCheckpoint,
  applyCounters,
  applyFinal,
  applyRecovered,
  applyRestored,
  applyStatus,
  applyView,
  applyWindow,
  type ReplicaTelemetry,
  startReplica,
} from './replica-telemetry';
import { addLeader, addOutage, addView, NO_VIEWS, type ViewHistory } from './view-history';

export type ClientPhase = LabEventOf<'phase'>['phase'];

/** The measured intervals added up, so that a long run costs no more than a short one. */
type MeasuredTotals = LatencyTotals & { timeouts: number; retries: number; coveredUs: number };

/** Everything a run's events said, reduced; never changed in place. */
export type RunTelemetry = {
  names: ReadonlyMap<number, string>;
  replicas: ReplicaTelemetry[];
  /** The leader's `ready`: it and its followers can take requests. */
  leaderReady: { leader: string; view: number } | null;
  /** When the client first entered each phase, microseconds since the Unix epoch. */
  clientPhaseAtUs: Partial<Record<ClientPhase, number>>;
  totals: MeasuredTotals;
  summary: LabEventOf<'summary'> | null;
  history: LabEventOf<'history'> | null;
  noProgress: LabEventOf<'no_progress'> | null;
  /** The client's own check of what it saw, at its end. */
  linearizability: Linearizability | null;
  viewHistory: ViewHistory;
};

export function startTelemetry(config: Pick<RunConfig, 'replicas'>): RunTelemetry {
  return {
    names: new Map(config.replicas.map(({ id, service }) => [id, service])),
    replicas: config.replicas.map(startReplica),
    leaderReady: null,
    clientPhaseAtUs: {},
    totals: { ...NO_LATENCY, timeouts: 0, retries: 0, coveredUs: 0 },
    summary: null,
    history: null,
    noProgress: null,
    linearizability: null,
    viewHistory: NO_VIEWS,
  };
}

/** One event more. Its `src` must be the service whose container printed it, whatever the line said of itself. */
export function applyEvent(telemetry: RunTelemetry, event: LabEvent): RunTelemetry {
  const seen = updateReplica(telemetry, event, (replica) => ({
    ...replica,
    state: { ...replica.state, lastSeenAt: Math.floor(event.tUs / 1000) },
  }));
  const update = (change: (replica: ReplicaTelemetry) => ReplicaTelemetry) => updateReplica(seen, event, change);
  switch (event.event) {
    case 'boot':
      return update((replica) => applyBoot(replica, event));
    case 'status':
      return noteLeader(
        update((replica) => applyStatus(replica, event, telemetry.names)),
        event,
      );
    case 'view':
      return noteViews(
        update((replica) => applyView(replica, event)),
        (history) => addView(history, event, telemetry.names),
      );
    case 'recovered':
      return update((replica) => applyRecovered(replica, event));
    case 'restored':
      return update((replica) => applyRestored(replica, event));
    case 'counters':
      return update((replica) => applyCounters(replica, event));
    case 'window':
      return update((replica) => applyWindow(replica, event));
    case 'checkpoint':
      return update((replica) => applyCheckpoint(replica, event));
    case 'final':
      return update((replica) => applyFinal(replica, event));
    case 'ready':
      return applyReady(seen, event);
    case 'phase':
      return enterClientPhase(seen, event.phase, event.tUs);
    case 'interval':
      return applyInterval(seen, event);
    case 'summary':
      return { ...seen, summary: event };
    case 'history':
      return { ...seen, history: event };
    case 'no_progress':
      return { ...seen, noProgress: event };
    case 'outage':
      return noteViews(seen, (history) => addOutage(history, event, telemetry.names));
    case 'linearizability':
      return { ...seen, linearizability: toLinearizability(event) };
    case 'error':
    case 'attach':
    case 'detach':
    case 'peer':
    case 'trace':
      return seen;
  }
}

/** The first time counts. */
export function enterClientPhase(telemetry: RunTelemetry, phase: ClientPhase, tUs: number): RunTelemetry {
  return { ...telemetry, clientPhaseAtUs: { [phase]: tUs, ...telemetry.clientPhaseAtUs } };
}

/** Followers say it too. */
function applyReady(telemetry: RunTelemetry, event: LabEventOf<'ready'>): RunTelemetry {
  const { src, leader, view } = event;
  if (telemetry.names.get(leader) !== src) return telemetry;
  return noteViews({ ...telemetry, leaderReady: { leader: src, view } }, (history) => addLeader(history, event));
}

function noteLeader(telemetry: RunTelemetry, event: LabEventOf<'status'>): RunTelemetry {
  if (event.role !== 'leader' || event.health !== 'normal') return telemetry;
  return noteViews(telemetry, (history) => addLeader(history, event));
}

function noteViews(telemetry: RunTelemetry, change: (history: ViewHistory) => ViewHistory): RunTelemetry {
  return { ...telemetry, viewHistory: change(telemetry.viewHistory) };
}

function toLinearizability(event: LabEventOf<'linearizability'>): Linearizability {
  const { verdict, keys, operations, pending, undecidedKeys, steps, costNs, reason } = event;
  return { verdict, keys, operations, pending, undecidedKeys, steps, costNs, reason };
}

function applyInterval(telemetry: RunTelemetry, event: LabEventOf<'interval'>): RunTelemetry {
  if (event.phase !== 'measuring') return telemetry;
  const { totals } = telemetry;
  return {
    ...telemetry,
    totals: {
      ...addInterval(totals, event),
      timeouts: totals.timeouts + event.timeouts,
      retries: totals.retries + event.retries,
      coveredUs: totals.coveredUs + event.durationUs,
    },
  };
}

function updateReplica(
  telemetry: RunTelemetry,
  { src }: LabEvent,
  change: (replica: ReplicaTelemetry) => ReplicaTelemetry,
): RunTelemetry {
  const replicas = telemetry.replicas.map((replica) => (replica.state.name === src ? change(replica) : replica));
  return { ...telemetry, replicas };
}
