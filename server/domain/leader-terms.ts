import { doneSince, silenced, tookAway, touches } from './declared-faults';
import type { FaultRecord } from './fault';
import type { LeaderReport, ProofEvidence, ReplicaEvidence, WindowCounters } from './proof';

/** One leader's share of the measured window: its view, and who followed. A view is led by one process of one replica. */
export type LeaderTerm = {
  key: string;
  leader: ReplicaEvidence | null;
  leaderId: number;
  view: number;
  /** What the leader itself counted; null if it reported nothing for this term. */
  counters: WindowCounters | null;
  /** For a leader that a declared fault silenced before it could report: what it said last, and the fault. */
  lastWord: { report: LeaderReport | null; fault: FaultRecord } | null;
  followers: Follower[];
};

/**
 * fault: a declared one that touched it, its leader or the link between them, or under which the view was left; null: none.
 * goneFor: the one that ended its process, so that copies had nobody to go to.
 */
export type Follower = {
  id: number;
  name: string;
  evidence: ReplicaEvidence;
  fault: FaultRecord | null;
  goneFor: FaultRecord | null;
};

/**
 * The terms in which anything was broadcast, in order of view. A term that only followers saw (its leader ended before it
 * could report) is among them, without counters.
 */
export function findTerms(evidence: ProofEvidence): LeaderTerm[] {
  const terms = new Map<string, LeaderTerm>();
  for (const replica of evidence.replicas) {
    for (const counted of countersOf(replica)) {
      const own = counted.leader === replica.id;
      if (own ? counted.broadcasts === 0 && counted.sent === 0 : counted.receipts === 0) continue;
      const key = termKey(counted);
      const term = terms.get(key) ?? startTerm(counted, evidence);
      terms.set(key, own ? { ...term, counters: counted } : term);
    }
    // A leader that was killed is found by its last word, also where no follower was left to say that it led.
    for (const { view } of replica.reports ?? []) {
      const term = startTerm({ view, leader: replica.id }, evidence);
      if (!terms.has(term.key) && term.lastWord !== null) terms.set(term.key, term);
    }
  }
  const inOrder = [...terms.values()].sort((a, b) => a.view - b.view);
  return inOrder.map((term) => settle(term, { isLast: term === inOrder.at(-1), evidence }));
}

function settle(term: LeaderTerm, { isLast, evidence }: { isLast: boolean; evidence: ProofEvidence }): LeaderTerm {
  const lastWord = term.counters === null ? term.lastWord : null;
  if (isLast) return { ...term, lastWord };
  // Whoever leaves a view takes none of its copies any more: those that a leader still sent are the view change's.
  const [first = null] = faultsOf(evidence);
  return { ...term, lastWord, followers: term.followers.map((each) => ({ ...each, fault: each.fault ?? first })) };
}

const faultsOf = ({ faults = [], measuringAt = null }: ProofEvidence) => doneSince(faults, measuringAt);

function startTerm(term: Pick<WindowCounters, 'view' | 'leader'>, evidence: ProofEvidence): LeaderTerm {
  const faults = faultsOf(evidence);
  const leader = evidence.replicas.find(({ id }) => id === term.leader) ?? null;
  const from = leader?.name ?? '';
  const followers = evidence.replicas.filter(({ id }) => id !== term.leader);
  return {
    key: termKey(term),
    leader,
    leaderId: term.leader,
    view: term.view,
    counters: null,
    lastWord: leader === null ? null : lastWordOf(leader, term.view, faults),
    followers: followers.map((follower) => ({
      id: follower.id,
      name: follower.name,
      evidence: follower,
      fault: faults.find((fault) => touches(fault, { from, to: follower.name })) ?? null,
      goneFor: faults.find((fault) => tookAway(fault, follower.name)) ?? null,
    })),
  };
}

/** A report may still be printed while the fault that ends it is being done. */
const BUSY_MS = 2000;

/** The fault that came next after its last report; without any report the first that silenced it. */
function lastWordOf(leader: ReplicaEvidence, view: number, faults: FaultRecord[]): LeaderTerm['lastWord'] {
  const report = leader.reports?.find((each) => each.view === view) ?? null;
  const fault = faults.find((each) => {
    return silenced(each, leader.name) && (report === null || each.startedAt >= report.at - BUSY_MS);
  });
  return fault === undefined ? null : { report, fault };
}

const termKey = ({ view, leader }: Pick<WindowCounters, 'view' | 'leader'>) => `${view}/${leader}`;

/** Of all processes that the replica had. */
const countersOf = ({ counters, earlier }: ReplicaEvidence) => [...(earlier ?? []), ...(counters ?? [])];

/** What a follower counted in a term; null if it reported no term at all, zeros if it reported others only. */
export function countedBy({ evidence }: Follower, term: LeaderTerm): { receipts: number; duplicates: number } | null {
  if (evidence.counters === null && (evidence.earlier ?? []).length === 0) return null;
  const own = countersOf(evidence).filter((counted) => termKey(counted) === term.key);
  return {
    receipts: own.reduce((sum, { receipts }) => sum + receipts, 0),
    duplicates: own.reduce((sum, { duplicates }) => sum + duplicates, 0),
  };
}

/** Adds up by follower name over terms; null as soon as one term's figure is unknown. Terms that `figure` leaves out don't count. */
export function sumByFollower(
  terms: LeaderTerm[],
  figure: (term: LeaderTerm, follower: Follower) => number | null | undefined,
): Record<string, number | null> {
  const sums: Record<string, number | null> = {};
  for (const term of terms) {
    for (const follower of term.followers) {
      const value = figure(term, follower);
      if (value === undefined) continue;
      const before = sums[follower.name];
      sums[follower.name] = before === null || value === null ? null : (before ?? 0) + value;
    }
  }
  return sums;
}
