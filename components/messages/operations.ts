/** One sampled operation, put together from points of time that arrive in any order and from several batches. */
import type { TracePoints } from '@/server/api/types';
import { POINT } from './trace-points';

export type TracePoint = {
  /** Index into TRACE_POINTS. */
  point: number;
  /** Index into the batch's services: who wrote it down. */
  at: number;
  /** Index into services; -1 for nobody or everybody. */
  peer: number;
  /** Microseconds since the trace's origin. */
  tUs: number;
};

export type Operation = {
  op: number;
  /** In order of time. */
  points: TracePoint[];
  firstUs: number;
  lastUs: number;
  /** The client's own send and receive; null until they arrive. */
  sentUs: number | null;
  repliedUs: number | null;
  /** Counts changes, so that what was derived of an operation can be kept until the next. */
  version: number;
};

/** Adds the points of a batch to their operations and returns those operations; costs what the batch has, not what there is. */
export function assemble(known: Map<number, Operation>, batch: TracePoints): Set<Operation> {
  const touched = new Set<Operation>();
  for (let i = 0; i < batch.op.length; i++) {
    const op = batch.op[i];
    const tUs = batch.tUs[i];
    const point = batch.point[i];
    if (op === undefined || tUs === undefined || point === undefined) continue;
    let operation = known.get(op);
    if (operation === undefined) {
      operation = begin(op);
      known.set(op, operation);
    }
    addPoint(operation, { point, at: batch.at[i] ?? -1, peer: batch.peer[i] ?? -1, tUs });
    touched.add(operation);
  }
  return touched;
}

function begin(op: number): Operation {
  return { op, points: [], firstUs: Infinity, lastUs: -Infinity, sentUs: null, repliedUs: null, version: 0 };
}

function addPoint(operation: Operation, added: TracePoint): void {
  const { points } = operation;
  let i = points.length;
  while (i > 0 && comesAfter(points[i - 1], added)) i--;
  points.splice(i, 0, added);
  operation.firstUs = Math.min(operation.firstUs, added.tUs);
  operation.lastUs = Math.max(operation.lastUs, added.tUs);
  // A client that asks again sends twice: what it waited for began with the first.
  if (added.point === POINT.client_send) operation.sentUs = Math.min(operation.sentUs ?? Infinity, added.tUs);
  if (added.point === POINT.client_receive) operation.repliedUs = Math.min(operation.repliedUs ?? Infinity, added.tUs);
  operation.version++;
}

/** Points of the same nanosecond stand in the order of the protocol. */
function comesAfter(before: TracePoint | undefined, added: TracePoint): boolean {
  if (before === undefined) return false;
  return before.tUs > added.tUs || (before.tUs === added.tUs && before.point > added.point);
}

/** Both ends are known: from the client's send to its receive, in microseconds. Null otherwise. */
export function durationUs(operation: Operation): number | null {
  return operation.sentUs === null || operation.repliedUs === null ? null : operation.repliedUs - operation.sentUs;
}

/** Who led this operation, as index into services; null if nothing of the leader was recorded. */
export function leaderOf(operation: Operation): number | null {
  const own = operation.points.find(({ point }) => point === POINT.leader_receive || point === POINT.leader_send);
  return own?.at ?? operation.points.find(({ point }) => point === POINT.egress)?.at ?? null;
}
