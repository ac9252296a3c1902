/** Proof of offload, delivery and equal logs: what each run has to show before its numbers count. */
import type { FaultRecord } from './fault';

/**
 * offloaded: sent = B > 0 and frames[i] = B for every follower; not_offloaded: sent = B(N-1) and no clones;
 * broken: any frames[i] < B; mixed: none of these; unknown: counters are missing.
 */
export type MechanismVerdict = 'offloaded' | 'not_offloaded' | 'broken' | 'mixed' | 'unknown';

export type Mechanism = {
  verdict: MechanismVerdict;
  /** One sentence with the numbers that decided. */
  reason: string;
  /** Distinct bcast_seq in the measured window, B. */
  broadcasts: number | null;
  /** Successful sends with bcast_seq != 0. */
  sent: number | null;
  clones: number | null;
  /** Copies past the egress hook, by follower name. */
  frames: Record<string, number | null>;
  resends: number | null;
};

export type Delivery = {
  /** complete: 0 lost at every follower, what faults touched apart; lost: some were; unknown: counters missing. */
  verdict: 'complete' | 'lost' | 'unknown';
  reason: string;
  receipts: Record<string, number | null>;
  /** frames - receipts, by follower name; what stands in `declared` is not among them. */
  lost: Record<string, number | null>;
  /**
   * The same where a declared fault touched leader, follower or the link between them, by follower name; null: not known,
   * since whoever counted was killed. Empty without faults.
   */
  declared: Record<string, number | null>;
  duplicates: Record<string, number | null>;
};

export type SameLog = {
  /**
   * same: every live replica's commit >= completed requests and the chain hashes at `commit` equal on all and equal to the
   * client's recomputation; differs: a hash differs; behind: a live replica has not committed all; unknown: not reported.
   */
  verdict: 'same' | 'differs' | 'behind' | 'unknown';
  reason: string;
  /** The op at which hashes were compared. */
  commit: number | null;
  hash: string | null;
  /** The client's own recomputation at that op. */
  recomputed: string | null;
  /** Hash at `commit` by replica name. */
  hashes: Record<string, string | null>;
  /** Names of the replicas that were live at the end. */
  live: string[];
};

export type Proof = {
  mechanism: Mechanism;
  delivery: Delivery;
  sameLog: SameLog;
  /** Mechanism is what the variant claims, delivery complete, same log. */
  fits: boolean;
  /** Each reason why not; empty if it fits. */
  objections: string[];
};

/**
 * One replica's counters of the measured window for one (view, leader, incarnation). Names and meanings are those of the
 * `counters` event in ebpf/include/events.def; sent, frames and the like count on that leader alone, receipts on followers.
 * A view is led by one process of one replica, so view and leader name a term.
 */
export type WindowCounters = {
  view: number;
  /** Replica id of the leader. */
  leader: number;
  leaderIncarnation: number;
  broadcasts: number;
  sent: number;
  sendErrors: number;
  clones: number;
  cloneErrors: number;
  peerUnknown: number;
  /** False where the counting program could not be loaded: frames then say nothing. */
  framesKnown: boolean;
  /** Index = replica id, index 0 unused. */
  frames: number[];
  receipts: number;
  duplicates: number;
  resends: number;
};

/** What a leader's `status` events said of one view in the measured window; all figures of one moment. */
export type LeaderReport = {
  view: number;
  /** Milliseconds since the Unix epoch. */
  at: number;
  broadcasts: number;
  sent: number;
  /** By follower name; empty where frames cannot be counted. */
  frames: Record<string, number>;
  resends: number;
};

export type ReplicaEvidence = {
  id: number;
  name: string;
  /** Its container was running when the evidence was taken. */
  live: boolean;
  /** Of its present process. Null: it never reported the measured window. */
  counters: WindowCounters[] | null;
  /** Counters that its processes before this one reported. */
  earlier?: WindowCounters[];
  /** The last of each view that it led, whichever of its processes did: all there is of a leader that was killed. */
  reports?: LeaderReport[];
  commit: number | null;
  /** Chain hash at `commit`, 16 hex digits. */
  hash: string | null;
  /** Hashes at ops that the client's closing marks named. */
  checkpoints: { op: number; hash: string }[];
};

export type ProofEvidence = {
  /** All replicas of the configuration, by id. */
  replicas: ReplicaEvidence[];
  /** The client's recomputation of the chain from its own operations. */
  history: { op: number; complete: boolean; hash: string } | null;
  /** Measured requests with an accepted reply. */
  completed: number;
  /** Begin of the measured window, milliseconds since the Unix epoch; a fault that ended before it touched nothing. */
  measuringAt?: number | null;
  /** What the lab did to the cluster. */
  faults?: FaultRecord[];
};
