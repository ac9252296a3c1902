import { addInterval, type LatencyTotals, NO_LATENCY } from '@/server/domain/latency';
import type { RunConfig } from '@/server/domain/run';
import type { LabEvent, LabEventOf } from './events';
import {
  applyBoot,
  applyCheckpoint,
  applyCounters,
  applyFinal,
  applyStatus,
  applyWindow,
  type ReplicaTelemetry,
  startReplica,
} from './replica-telemetry';

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
      return update(applyBoot);
    case 'status':
      return update((replica) => applyStatus(replica, event, telemetry.names));
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

function applyReady(telemetry: RunTelemetry, { src, leader, view }: LabEventOf<'ready'>): RunTelemetry {
  return telemetry.names.get(leader) === src ? { ...telemetry, leaderReady: { leader: src, view } } : telemetry;
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
