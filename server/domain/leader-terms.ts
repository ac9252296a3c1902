import type { ProofEvidence, ReplicaEvidence, WindowCounters } from './proof';

/** One leader's share of the measured window: its (view, leader, incarnation), and who followed. */
export type LeaderTerm = {
  key: string;
  leader: ReplicaEvidence | null;
  leaderId: number;
  view: number;
  /** What the leader itself counted; null if it reported nothing for this term. */
  counters: WindowCounters | null;
  followers: ReplicaEvidence[];
};

/**
 * The terms in which anything was broadcast, in order of view. A term that only followers saw (its leader died before
 * it could report) is among them, without counters.
 */
export function findTerms(evidence: ProofEvidence): LeaderTerm[] {
  const terms = new Map<string, LeaderTerm>();
  for (const replica of evidence.replicas) {
    for (const counted of replica.counters ?? []) {
      const own = counted.leader === replica.id;
      if (own ? counted.broadcasts === 0 && counted.sent === 0 : counted.receipts === 0) continue;
      const key = termKey(counted);
      const term = terms.get(key) ?? startTerm(counted, evidence);
      terms.set(key, own ? { ...term, counters: counted } : term);
    }
  }
  return [...terms.values()].sort((a, b) => a.view - b.view);
}

function startTerm(counted: WindowCounters, evidence: ProofEvidence): LeaderTerm {
  return {
    key: termKey(counted),
    leader: evidence.replicas.find(({ id }) => id === counted.leader) ?? null,
    leaderId: counted.leader,
    view: counted.view,
    counters: null,
    followers: evidence.replicas.filter(({ id }) => id !== counted.leader),
  };
}

const termKey = ({ view, leader, leaderIncarnation }: WindowCounters) => `${view}/${leader}/${leaderIncarnation}`;

/** What a follower counted in a term; null if it reported no term at all, zeros if it reported others only. */
export function countedBy(follower: ReplicaEvidence, term: LeaderTerm): { receipts: number; duplicates: number } | null {
  if (follower.counters === null) return null;
  const own = follower.counters.find((counted) => termKey(counted) === term.key);
  return { receipts: own?.receipts ?? 0, duplicates: own?.duplicates ?? 0 };
}

/** Adds up by follower name over terms; null as soon as one term's figure is unknown. */
export function sumByFollower(
  terms: LeaderTerm[],
  figure: (term: LeaderTerm, follower: ReplicaEvidence) => number | null,
): Record<string, number | null> {
  const sums: Record<string, number | null> = {};
  for (const term of terms) {
    for (const follower of term.followers) {
      const before = sums[follower.name];
      const value = figure(term, follower);
      sums[follower.name] = before === null || value === null ? null : (before ?? 0) + value;
    }
  }
  return sums;
}
