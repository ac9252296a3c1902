import type { LeaderReport, WindowCounters } from '@/server/domain/proof';
import type { ReplicaState } from '@/server/domain/run';
import { newReplica } from '@/server/domain/run-machine';
import type { ScenarioReplica } from '@/server/domain/scenario';
import type { LabEventOf } from './events';
import { type LeaderTotals, NO_TOTALS, nextTotals, reportOf, type TotalsSoFar } from './leader-totals';

/** The measured window's number in ebpf/include/wire.h. */
const MEASURED = 1;
const AFTER = 2;

/** CPU share is taken over this long. */
const SHARE_US = 1_000_000;

type Counted = WindowCounters & { final: boolean };

/** Everything one replica said, reduced. What its processes said before the present one stands apart. */
export type ReplicaTelemetry = {
  state: ReplicaState;
  /** Of its present process; null until that said so. */
  incarnation: number | null;
  /** Of the measured window, newest for each (view, leader, incarnation); null until any was reported. */
  counters: Counted[] | null;
  checkpoints: { op: number; hash: string }[];
  /** Counters of processes that ended. */
  earlier: WindowCounters[];
  /** What status events said last of each view that it led in the measured window, in any of its processes. */
  reports: LeaderReport[];
  /** When and with how much CPU time it entered the measured window, and left it. */
  entered: Partial<Record<'measured' | 'after', { tUs: number; cpuNs: number; leader: number; view: number }>>;
  /** Its process began anew inside the measured window: what it spent there is unknown. */
  restartedInWindow: boolean;
  /** CPU clock readings of the last second, oldest first. */
  cpuReadings: { tUs: number; cpuNs: number }[];
  /** Of the view that it leads. */
  totals: TotalsSoFar;
};

export function startReplica(replica: ScenarioReplica): ReplicaTelemetry {
  return {
    state: newReplica(replica),
    incarnation: null,
    counters: null,
    checkpoints: [],
    earlier: [],
    reports: [],
    entered: {},
    restartedInWindow: false,
    cpuReadings: [],
    totals: NO_TOTALS,
  };
}

export function applyBoot(replica: ReplicaTelemetry, { incarnation }: LabEventOf<'boot'>): ReplicaTelemetry {
  // A log that was followed anew tells the same beginning twice.
  if (replica.incarnation === incarnation) return replica;
  return { ...(hasSpoken(replica) ? beginAnew(replica) : replica), incarnation };
}

function hasSpoken({ state, incarnation }: ReplicaTelemetry): boolean {
  return incarnation !== null || state.cpuNs !== null;
}

/** Another process in the same container: it has forgotten everything, and what the one before had counted stands apart. */
function beginAnew(replica: ReplicaTelemetry): ReplicaTelemetry {
  const { id, name, lastSeenAt } = replica.state;
  return {
    ...replica,
    state: { ...newReplica({ id, service: name }), lastSeenAt },
    incarnation: null,
    counters: null,
    checkpoints: [],
    earlier: [...replica.earlier, ...countersOf(replica)],
    cpuReadings: [],
    totals: NO_TOTALS,
    restartedInWindow: replica.restartedInWindow || (replica.entered.measured !== undefined && !isAfter(replica)),
  };
}

/** Without what only says how they came. */
export function countersOf({ counters }: Pick<ReplicaTelemetry, 'counters'>): WindowCounters[] {
  return (counters ?? []).map(({ final: _final, ...counted }) => counted);
}

/** names: replica names by id, for what a leader says of its followers. */
export function applyStatus(
  given: ReplicaTelemetry,
  event: LabEventOf<'status'>,
  names: ReadonlyMap<number, string>,
): ReplicaTelemetry {
  // Where the line that a process began with was lost, its clock tells: readings of the old one would give a negative share.
  const replica = event.cpuNs < (given.state.cpuNs ?? 0) ? beginAnew(given) : given;
  const leads = event.role === 'leader';
  const { state } = replica;
  const frames = leads ? byName(event.frames, state.id, names) : {};
  return {
    ...replica,
    ...withTotals(replica, event, frames),
    cpuReadings: [...recentReadings(replica, event), { tUs: event.tUs, cpuNs: event.cpuNs }],
    state: {
      ...state,
      role: event.role,
      health: event.health,
      gap: Math.max(0, event.highest - event.op),
      acked: leads ? byName(event.acked, state.id, names) : {},
      view: event.view,
      op: event.op,
      commit: event.commit,
      logHash: event.hash,
      broadcasts: event.broadcasts,
      sent: event.sent,
      frames,
      receipts: event.receipts,
      resends: event.resends,
      drops: event.drops,
      cpuNs: event.cpuNs,
      cpuShare: isAfter(replica) ? measuredShare(replica) : shareSince(recentReadings(replica, event)[0], event, replica),
      rssBytes: event.rssBytes,
    },
  };
}

function withTotals(
  replica: ReplicaTelemetry,
  event: LabEventOf<'status'>,
  frames: Record<string, number>,
): Pick<ReplicaTelemetry, 'totals' | 'reports'> {
  const { view, broadcasts, sent, resends } = event;
  if (event.role !== 'leader' || event.window < MEASURED) return { totals: NO_TOTALS, reports: replica.reports };
  const now: LeaderTotals = { view, broadcasts, sent, frames, resends };
  // Of a view that began inside the window everything counts; of an older one what was broadcast since.
  const began = (replica.entered.measured?.view ?? view) < view;
  const totals = nextTotals(replica.totals, now, began);
  const report = event.window === MEASURED ? reportOf(totals, Math.floor(event.tUs / 1000)) : null;
  if (report === null) return { totals, reports: replica.reports };
  return { totals, reports: [...replica.reports.filter((other) => other.view !== view), report] };
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

/** What it counts in its view is told by the next status; until then the figures of the view before stand. */
export function applyView(replica: ReplicaTelemetry, { health, view, leader }: LabEventOf<'view'>): ReplicaTelemetry {
  const { state } = replica;
  const leads = health === 'normal' && leader === state.id;
  const role = leads ? 'leader' : 'follower';
  const led = leads ? {} : { frames: {}, acked: {} };
  return { ...replica, state: { ...state, ...led, health, view, role } };
}

export function applyRecovered(replica: ReplicaTelemetry, event: LabEventOf<'recovered'>): ReplicaTelemetry {
  const { view, op, commit, hash: logHash } = event;
  return { ...replica, state: { ...replica.state, health: 'normal', view, op, commit, logHash } };
}

/** All that ops 1..op did is here now. */
export function applyRestored(replica: ReplicaTelemetry, { op, hash }: LabEventOf<'restored'>): ReplicaTelemetry {
  const { state } = replica;
  return { ...replica, state: { ...state, op: Math.max(state.op ?? 0, op), commit: op, logHash: hash } };
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
  const reading = { tUs: event.tUs, cpuNs: event.cpuNs, leader: event.leader, view: event.view };
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

/** Figures by replica id, index 0 unused, as figures by name; its own has none. */
function byName(figures: number[], ownId: number, names: ReadonlyMap<number, string>): Record<string, number> {
  const entries = figures.flatMap((value, id): [string, number][] => {
    const name = names.get(id);
    return name === undefined || id === ownId ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}
