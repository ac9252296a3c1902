/**
 * The steps of one operation that replicas and client write down, in the order of `enum trace_point` in ebpf/include/trace.h,
 * which begins at 1. peer is the other replica, where there is one.
 */
export const TRACE_POINTS = [
  /** The client hands the REQUEST to its stack. */
  'client_send',
  'leader_receive',
  /** The leader hands a PREPARE to its stack: to one follower, or (peer null) one flagged datagram for all. */
  'leader_send',
  /** Kernel: a copy that user space made, or the flagged original, passes the leader's egress hook for this follower. */
  'egress',
  /** Kernel: a clone that bpf_clone_redirect made passes the hook for this follower. */
  'egress_clone',
  'follower_receive',
  /** The follower hands a PREPARE-OK that covers the operation to its stack. */
  'follower_ack',
  /** The leader takes that PREPARE-OK. */
  'leader_ack',
  /** The quorum is complete: the operation is committed. */
  'leader_commit',
  'leader_reply',
  'client_receive',
] as const;
export type TracePointName = (typeof TRACE_POINTS)[number];

/** Sampled points by columns, all of one length. Of one host: every time is of the same monotonic clock. */
export type TracePoints = {
  op: number[];
  /** Index into TRACE_POINTS. */
  point: number[];
  /** Index into TraceBatch.services: who wrote it down. */
  at: number[];
  /** Index into services; -1 for nobody or everybody. */
  peer: number[];
  /** Microseconds since TraceBatch.originUs, to the nanosecond. */
  tUs: number[];
};

export type TraceBatch = {
  /** Forget every point. */
  reset: boolean;
  /** Client first, then the replicas by id. */
  services: string[];
  /** Microseconds since the Unix epoch at which tUs is 0; 0 while there are no points. */
  originUs: number;
  /** One operation in so many is sampled; null while nothing is traced. */
  every: number | null;
  points: TracePoints;
  /** Points of the run so far, of which a live run keeps the newest 200,000 for late readers, and those that nobody had room for. */
  total: number;
  dropped: number;
  /** CPU time that writing points down took, by the replicas' and client's own clocks, over all operations since tracing began; null before. */
  costNsPerOperation: number | null;
  /** Why nothing is traced: another client's image, a run that did not ask; null if something is or was. */
  problem: string | null;
};
