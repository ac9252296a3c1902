/** What led to what: the ways of an operation between two of its points. */
import type { Operation, TracePoint } from './operations';
import { POINT } from './trace-points';

export const LEGS = ['request', 'prepare', 'hook', 'copy', 'turnaround', 'ack', 'quorum', 'commit', 'reply'] as const;
export type LegName = (typeof LEGS)[number];

export const LEG_WORDS: Record<LegName, string> = {
  request: 'request to leader',
  prepare: 'leader to its send',
  hook: 'leader to hook',
  copy: 'hook to follower',
  turnaround: 'follower turnaround',
  ack: 'ack to leader',
  quorum: 'last ack to commit',
  commit: 'commit to reply',
  reply: 'reply to client',
};

/** Between two points of an operation, as indices into its points. */
export type Leg = { name: LegName; from: number; to: number };

const kept = new WeakMap<Operation, { version: number; legs: Leg[] }>();

/** Every way whose two ends were recorded, in order of arrival; derived once per change of the operation. */
export function legsOf(operation: Operation): Leg[] {
  const known = kept.get(operation);
  if (known !== undefined && known.version === operation.version) return known.legs;
  const legs = findLegs(operation.points);
  kept.set(operation, { version: operation.version, legs });
  return legs;
}

/** How long a way took, in microseconds. */
export function legUs({ points }: Operation, { from, to }: Leg): number {
  return (points[to]?.tUs ?? 0) - (points[from]?.tUs ?? 0);
}

type Cause = { name: LegName; fits: (earlier: TracePoint) => boolean };

function findLegs(points: readonly TracePoint[]): Leg[] {
  const legs: Leg[] = [];
  for (let to = 0; to < points.length; to++) {
    const point = points[to];
    const cause = point === undefined ? null : causeOf(point);
    if (cause === null) continue;
    const from = lastBefore(points, to, cause.fits);
    if (from !== null) legs.push({ name: cause.name, from, to });
  }
  return legs;
}

/** The latest point that can have led to it: after a resend, the resend. */
function lastBefore(points: readonly TracePoint[], before: number, fits: Cause['fits']): number | null {
  for (let i = before - 1; i >= 0; i--) {
    const earlier = points[i];
    if (earlier !== undefined && fits(earlier)) return i;
  }
  return null;
}

function causeOf({ point, at, peer }: TracePoint): Cause | null {
  switch (point) {
    case POINT.leader_receive:
      return { name: 'request', fits: (p) => p.point === POINT.client_send };
    case POINT.leader_send:
      return { name: 'prepare', fits: (p) => p.point === POINT.leader_receive };
    case POINT.egress:
    case POINT.egress_clone:
      return { name: 'hook', fits: (p) => p.point === POINT.leader_send && (p.peer === peer || p.peer === -1) };
    case POINT.follower_receive:
      return { name: 'copy', fits: (p) => (p.point === POINT.egress || p.point === POINT.egress_clone) && p.peer === at };
    case POINT.follower_ack:
      return { name: 'turnaround', fits: (p) => p.point === POINT.follower_receive && p.at === at };
    case POINT.leader_ack:
      return { name: 'ack', fits: (p) => p.point === POINT.follower_ack && p.at === peer };
    case POINT.leader_commit:
      return { name: 'quorum', fits: (p) => p.point === POINT.leader_ack };
    case POINT.leader_reply:
      return { name: 'commit', fits: (p) => p.point === POINT.leader_commit };
    case POINT.client_receive:
      return { name: 'reply', fits: (p) => p.point === POINT.leader_reply };
    default:
      return null;
  }
}

/**
 * The ways the client waited for, from its receive back to its send: one after the other, so their times add up. Through the
 * follower whose PREPARE-OK completed the quorum. Empty unless all of it was recorded.
 */
export function waitedFor(operation: Operation): Leg[] {
  const legs = legsOf(operation);
  const path: Leg[] = [];
  let end = operation.points.findIndex(({ point }) => point === POINT.client_receive);
  while (end >= 0) {
    const last = legs.find((leg) => leg.to === end);
    if (last === undefined) break;
    path.unshift(last);
    end = last.from;
  }
  return path[0]?.name === 'request' ? path : [];
}

/** The way that held the client up longest; null unless the whole way was recorded. */
export function longestLeg(operation: Operation): Leg | null {
  let longest: Leg | null = null;
  for (const leg of waitedFor(operation)) {
    if (longest === null || legUs(operation, leg) > legUs(operation, longest)) longest = leg;
  }
  return longest;
}
