import type { TRACE_POINTS, TracePointName } from '@/server/api/types';

/** The server's list once more, since the browser knows the server by types alone: tsc refuses another order. */
const POINTS: typeof TRACE_POINTS = [
  'client_send',
  'leader_receive',
  'leader_send',
  'egress',
  'egress_clone',
  'follower_receive',
  'follower_ack',
  'leader_ack',
  'leader_commit',
  'leader_reply',
  'client_receive',
];

/** Number of a step, as it stands in a batch. */
export const POINT = {
  client_send: 0,
  leader_receive: 1,
  leader_send: 2,
  egress: 3,
  egress_clone: 4,
  follower_receive: 5,
  follower_ack: 6,
  leader_ack: 7,
  leader_commit: 8,
  leader_reply: 9,
  client_receive: 10,
} as const satisfies { readonly [K in TracePointName]: IndexOf<K> };

/** The place of a name in the server's list, as a number that tsc knows. */
type IndexOf<K extends TracePointName> = {
  [I in keyof typeof TRACE_POINTS & `${number}`]: (typeof TRACE_POINTS)[I] extends K ? ToNumber<I> : never;
}[keyof typeof TRACE_POINTS & `${number}`];
type ToNumber<I> = I extends `${infer N extends number}` ? N : never;

/** Null for a number that this page does not know: a newer server's. */
export function pointName(point: number): TracePointName | null {
  return POINTS[point] ?? null;
}

/** Whether the kernel did it on its own, rather than user space. */
export function isKernelPoint(point: number): boolean {
  return point === POINT.egress || point === POINT.egress_clone;
}

/** What a step is called where a person reads it. */
export const POINT_WORDS: Record<TracePointName, string> = {
  client_send: 'sends REQUEST',
  leader_receive: 'receives REQUEST',
  leader_send: 'sends PREPARE',
  egress: 'original passes TC egress',
  egress_clone: 'clone passes TC egress',
  follower_receive: 'receives PREPARE',
  follower_ack: 'sends PREPARE-OK',
  leader_ack: 'receives PREPARE-OK',
  leader_commit: 'commits, quorum complete',
  leader_reply: 'sends REPLY',
  client_receive: 'receives REPLY',
};
