import type { WindowCounters } from '@/server/domain/proof';
import type { ReplicaState } from '@/server/domain/run';
import { newReplica } from '@/server/domain/run-machine';
import type { ScenarioReplica } from '@/server/domain/scenario';
import type { LabEventOf } from './events';

/** The measured window's number in ebpf/include/wire.h. */
const MEASURED = 1;
const AFTER = 2;

/** CPU share is taken over this long. */
const SHARE_US = 1_000_000;

export type LeaderTotals = { view: number; broadcasts: number; sent: number; frames: Record<string, number> };

/** Everything one replica said, reduced. */
export type ReplicaTelemetry = {
  state: ReplicaState;
  /** Of the measured window, newest for each (view, leader, incarnation); null until any was reported. */
  counters: (WindowCounters & { final: boolean })[] | null;
  checkpoints: { op: number; hash: string }[];
  /** When and with how much CPU time it entered the measured window, and left it. */
  entered: Partial<Record<'measured' | 'after', { tUs: number; cpuNs: number; leader: number }>>;
  /** Its process began anew inside the measured window: what it spent there is unknown. */
  restartedInWindow: boolean;
  /** CPU clock readings of the last second, oldest first. */
  cpuReadings: { tUs: number; cpuNs: number }[];
  /** A leader's totals at its first status of the measured window: those before hold copies sent while addresses were unknown. */
  measuredFrom: LeaderTotals | null;
  /** Of the status before the last: what had been broadcast then has left the interface by now. */
  before: LeaderTotals | null;
};

export function startReplica(replica: ScenarioReplica): ReplicaTelemetry {
  return {
    state: newReplica(replica),
    counters: null,
    checkpoints: [],
    entered: {},
    restartedInWindow: false,
    cpuReadings: [],
    measuredFrom: null,
    before: null,
  };
}

/** A process began; the second one of a container has forgotten what the first had counted. */
export function applyBoot(replica: ReplicaTelemetry): ReplicaTelemetry {
  if (replica.state.cpuNs === null) return replica;
  return {
    ...replica,
    cpuReadings: [],
    measuredFrom: null,
    before: null,
    restartedInWindow: replica.restartedInWindow || (replica.entered.measured !== undefined && !isAfter(replica)),
  };
}

/** names: replica names by id, for the leader's frame counters. */
export function applyStatus(
  given: ReplicaTelemetry,
  event: LabEventOf<'status'>,
  names: ReadonlyMap<number, string>,
): ReplicaTelemetry {
  // The clock of a restarted process begins anew: readings of the old one would give a negative share.
  const replica = event.cpuNs < (given.state.cpuNs ?? 0) ? applyBoot(given) : given;
  return {
    ...replica,
    cpuReadings: [...recentReadings(replica, event), { tUs: event.tUs, cpuNs: event.cpuNs }],
    ...leaderTotals(replica, event, names),
    state: {
      ...replica.state,
      role: event.role,
      view: event.view,
      op: event.op,
      commit: event.commit,
      logHash: event.hash,
      broadcasts: event.broadcasts,
      sent: event.sent,
      frames: event.role === 'leader' ? nameFrames(event.frames, replica.state.id, names) : {},
      receipts: event.receipts,
      resends: event.resends,
      drops: event.drops,
      cpuNs: event.cpuNs,
      cpuShare: isAfter(replica) ? measuredShare(replica) : shareSince(recentReadings(replica, event)[0], event, replica),
      rssBytes: event.rssBytes,
    },
  };
}

function recentReadings({ cpuReadings }: ReplicaTelemetry, now: { tUs: number }): ReplicaTelemetry['cpuReadings'] {
  return cpuReadings.filter(({ tUs }) => tUs >= now.tUs - SHARE_US);
}

function shareSince(
  oldest: ReplicaTelemetry['cpuReadings'][number] | undefined,
  now: { tUs: number; cpuNs: number },
  { state }: ReplicaTelemetry,
): number | null {
  if (oldest === undefined || now.tUs <= oldest.tUs) return state.cpuShare;
  return (now.cpuNs - oldest.cpuNs) / 1000 / (now.tUs - oldest.tUs);
}

/** Where the live reading begins, and the reading before this one. */
function leaderTotals(
  replica: ReplicaTelemetry,
  event: LabEventOf<'status'>,
  names: ReadonlyMap<number, string>,
): Pick<ReplicaTelemetry, 'measuredFrom' | 'before'> {
  if (event.role !== 'leader' || event.window < MEASURED) return { measuredFrom: null, before: null };
  const { view, broadcasts, sent } = event;
  const now = { view, broadcasts, sent, frames: nameFrames(event.frames, replica.state.id, names) };
  if (replica.measuredFrom?.view !== view) return { measuredFrom: now, before: now };
  const { state } = replica;
  return {
    measuredFrom: replica.measuredFrom,
    before: { view, broadcasts: state.broadcasts ?? 0, sent: state.sent ?? 0, frames: state.frames },
  };
}

export function applyCounters(replica: ReplicaTelemetry, event: LabEventOf<'counters'>): ReplicaTelemetry {
  if (event.window !== MEASURED) return replica;
  const { v: _v, src: _src, tUs: _tUs, event: _event, window: _window, ...counted } = event;
  const before = replica.counters ?? [];
  const same = (other: WindowCounters) =>
    other.view === counted.view && other.leader === counted.leader && other.leaderIncarnation === counted.leaderIncarnation;
  // A final reading is the last word; a line that was delivered late must not undo it.
  if (before.some((other) => same(other) && other.final && !counted.final)) return replica;
  return { ...replica, counters: [...before.filter((other) => !same(other)), counted] };
}

export function applyWindow(replica: ReplicaTelemetry, event: LabEventOf<'window'>): ReplicaTelemetry {
  const reading = { tUs: event.tUs, cpuNs: event.cpuNs, leader: event.leader };
  if (event.window === MEASURED) {
    // A restarted replica enters the window once more; it began where it began.
    return replica.entered.measured === undefined
      ? { ...replica, entered: { ...replica.entered, measured: reading } }
      : replica;
  }
  if (event.window !== AFTER || isAfter(replica)) return replica;
  const left = { ...replica, entered: { ...replica.entered, after: reading } };
  return { ...left, state: { ...replica.state, cpuShare: measuredShare(left) } };
}

export function applyCheckpoint(replica: ReplicaTelemetry, event: LabEventOf<'checkpoint'>): ReplicaTelemetry {
  const { op, hash } = event;
  return { ...replica, checkpoints: [...replica.checkpoints.filter((other) => other.op !== op), { op, hash }] };
}

export function applyFinal(replica: ReplicaTelemetry, event: LabEventOf<'final'>): ReplicaTelemetry {
  const { view, op, commit, hash: logHash, cpuNs, resends } = event;
  return { ...replica, state: { ...replica.state, view, op, commit, logHash, cpuNs, resends } };
}

/** CPU time that a leader spent in the measured window; null for followers, and if its process was restarted in between. */
export function leaderCpuNs(replica: ReplicaTelemetry): number | null {
  const { state, entered } = replica;
  return entered.measured?.leader === state.id && entered.after?.leader === state.id ? measuredCpuNs(replica) : null;
}

function measuredCpuNs({ entered: { measured, after }, restartedInWindow }: ReplicaTelemetry): number | null {
  if (measured === undefined || after === undefined || restartedInWindow || after.cpuNs < measured.cpuNs) return null;
  return after.cpuNs - measured.cpuNs;
}

/** Of one core, over the whole measured window. */
function measuredShare(replica: ReplicaTelemetry): number | null {
  const { measured, after } = replica.entered;
  const cpuNs = measuredCpuNs(replica);
  if (measured === undefined || after === undefined || cpuNs === null || after.tUs <= measured.tUs) return null;
  return cpuNs / 1000 / (after.tUs - measured.tUs);
}

function isAfter({ entered }: ReplicaTelemetry): boolean {
  return entered.after !== undefined;
}

function nameFrames(frames: number[], ownId: number, names: ReadonlyMap<number, string>): Record<string, number> {
  const entries = frames.flatMap((value, id): [string, number][] => {
    const name = names.get(id);
    return name === undefined || id === ownId ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}
