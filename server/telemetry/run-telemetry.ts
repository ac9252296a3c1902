import { addInterval, type LatencyInterval, type LatencyTotals, NO_LATENCY } from '@/server/domain/latency';
import type { RunConfig } from '@/server/domain/run';
import type { LabEvent, LabEventOf } from './events';
import {
  applyCheckpoint,
  applyCounters,
  applyFinal,
  applyStatus,
  applyWindow,
  type ReplicaTelemetry,
  startReplica,
} from './replica-telemetry';

export type ClientPhase = LabEventOf<'phase'>['phase'];

/** Errors kept; a container that dies in a loop must not fill the memory. */
const ERRORS_MAX = 50;

/** Everything a run's events said, reduced; never changed in place. */
export type RunTelemetry = {
  names: ReadonlyMap<number, string>;
  replicas: ReplicaTelemetry[];
  /** The leader's `ready`: it and its followers can take requests. */
  leaderReady: { leader: string; view: number; peersReady: number; tUs: number } | null;
  clientPhase: ClientPhase | null;
  /** When the client entered each phase, microseconds since the Unix epoch. */
  clientPhaseAtUs: Partial<Record<ClientPhase, number>>;
  intervals: LatencyInterval[];
  /** The measured intervals added up. */
  totals: LatencyTotals;
  summary: LabEventOf<'summary'> | null;
  history: LabEventOf<'history'> | null;
  noProgress: LabEventOf<'no_progress'> | null;
  /** `error` events: the run fails with the first. */
  errors: { source: string; code: string; message: string }[];
  /** Programs attached and detached, as replicas reported it. */
  attached: { source: string; event: LabEventOf<'attach'> | LabEventOf<'detach'> }[];
};

export function startTelemetry(config: Pick<RunConfig, 'replicas'>): RunTelemetry {
  return {
    names: new Map(config.replicas.map(({ id, service }) => [id, service])),
    replicas: config.replicas.map(startReplica),
    leaderReady: null,
    clientPhase: null,
    clientPhaseAtUs: {},
    intervals: [],
    totals: NO_LATENCY,
    summary: null,
    history: null,
    noProgress: null,
    errors: [],
    attached: [],
  };
}

/** One event more. source: the service whose container printed it, which counts more than what the line says of itself. */
export function applyEvent(telemetry: RunTelemetry, event: LabEvent, source: string = event.src): RunTelemetry {
  const seen = updateReplica(telemetry, source, (replica) => ({
    ...replica,
    state: { ...replica.state, lastSeenAt: Math.floor(event.tUs / 1000) },
  }));
  const update = (change: (replica: ReplicaTelemetry) => ReplicaTelemetry) => updateReplica(seen, source, change);
  switch (event.event) {
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
      return applyReady(seen, event, source);
    case 'phase':
      return {
        ...seen,
        clientPhase: event.phase,
        clientPhaseAtUs: { ...seen.clientPhaseAtUs, [event.phase]: event.tUs },
      };
    case 'interval':
      return applyInterval(seen, event);
    case 'summary':
      return { ...seen, summary: event };
    case 'history':
      return { ...seen, history: event };
    case 'no_progress':
      return { ...seen, noProgress: event };
    case 'error': {
      const { code, message } = event;
      return { ...seen, errors: [...seen.errors, { source, code, message }].slice(0, ERRORS_MAX) };
    }
    case 'attach':
    case 'detach':
      return { ...seen, attached: [...seen.attached, { source, event }].slice(-ERRORS_MAX) };
    case 'boot':
    case 'peer':
      return seen;
  }
}

function applyReady(telemetry: RunTelemetry, event: LabEventOf<'ready'>, source: string): RunTelemetry {
  const leader = telemetry.names.get(event.leader);
  if (leader === undefined || leader !== source) return telemetry;
  const { view, peersReady, tUs } = event;
  return { ...telemetry, leaderReady: { leader, view, peersReady, tUs } };
}

function applyInterval(telemetry: RunTelemetry, event: LabEventOf<'interval'>): RunTelemetry {
  const { v: _v, src: _src, tUs: _tUs, event: _event, ...interval } = event;
  return {
    ...telemetry,
    intervals: [...telemetry.intervals, interval],
    totals: interval.phase === 'measuring' ? addInterval(telemetry.totals, interval) : telemetry.totals,
  };
}

function updateReplica(
  telemetry: RunTelemetry,
  name: string,
  change: (replica: ReplicaTelemetry) => ReplicaTelemetry,
): RunTelemetry {
  const replicas = telemetry.replicas.map((replica) => (replica.state.name === name ? change(replica) : replica));
  return { ...telemetry, replicas };
}
