import { findTerms, type LeaderTerm, sumByFollower } from './leader-terms';
import type { Mechanism, MechanismVerdict, ProofEvidence } from './proof';
import { count, times } from './wording';

/**
 * What happened to the leader's broadcasts in the measured window, by the definitions of MechanismVerdict. Each term
 * (view, leader, incarnation) is judged by itself; together they are what all of them are, and `mixed` if they differ.
 */
export function judgeMechanism(evidence: ProofEvidence): Mechanism {
  const terms = findTerms(evidence);
  const judged = terms.map(judgeTerm);
  const first = judged[0];
  if (first === undefined) return nothingKnown(evidence);
  return {
    verdict: judged.length === 1 ? first.verdict : combine(judged.map(({ verdict }) => verdict)),
    reason: judged.length === 1 ? first.reason : terms.map((term, at) => `View ${term.view}: ${judged[at]?.reason}`).join(' '),
    broadcasts: sum(terms, (term) => term.counters?.broadcasts ?? null),
    sent: sum(terms, (term) => term.counters?.sent ?? null),
    clones: sum(terms, (term) => term.counters?.clones ?? null),
    frames: sumByFollower(terms, (term, { id }) => framesFor(term, id)),
    resends: sum(terms, (term) => term.counters?.resends ?? null),
  };
}

function nothingKnown(evidence: ProofEvidence): Mechanism {
  const silent = evidence.replicas.filter(({ counters }) => counters === null).map(({ name }) => name);
  const reason =
    silent.length === 0
      ? 'No replica counted a broadcast in the measured window.'
      : `No counters of the measured window from ${silent.join(', ')}: the image does not count, or the run ended before.`;
  return { verdict: 'unknown', reason, broadcasts: null, sent: null, clones: null, frames: {}, resends: null };
}

type Judged = { verdict: MechanismVerdict; reason: string };

function judgeTerm(term: LeaderTerm): Judged {
  const { counters } = term;
  const leader = term.leader?.name ?? `replica ${term.leaderId}`;
  if (counters === null) return { verdict: 'unknown', reason: `${leader} led and reported no counters.` };
  if (!counters.framesKnown) return { verdict: 'unknown', reason: `${leader} could not count frames on its interface.` };
  const { broadcasts, sent, clones } = counters;
  if (broadcasts === 0) {
    return { verdict: 'mixed', reason: `${leader} handed ${times(sent, 'copy', 'copies')} to the stack without a broadcast.` };
  }
  const short = term.followers.filter(({ id }) => (framesFor(term, id) ?? 0) < broadcasts);
  if (short.length > 0) return { verdict: 'broken', reason: sayBroken(term, short) };

  const exact = term.followers.every(({ id }) => framesFor(term, id) === broadcasts);
  const followers = term.followers.length;
  const numbers = `${times(broadcasts, 'broadcast')}, ${times(sent, 'send')}, frames ${sayFrames(term)}`;
  if (exact && sent === broadcasts) {
    return { verdict: 'offloaded', reason: `1 send, ${followers} frames per broadcast: ${numbers}.` };
  }
  if (exact && sent === broadcasts * followers && clones === 0) {
    return {
      verdict: 'not_offloaded',
      reason: `${followers} sends, ${followers} frames per broadcast, no clones: ${numbers}.`,
    };
  }
  return {
    verdict: 'mixed',
    reason: `Neither one send nor ${followers} sends per broadcast: ${numbers}, ${times(clones, 'clone')}.`,
  };
}

function sayBroken(term: LeaderTerm, short: LeaderTerm['followers']): string {
  const { counters } = term;
  const total = counters?.broadcasts ?? 0;
  const copies = short.map(({ id, name }) => `${count(framesFor(term, id) ?? 0)} of ${count(total)} copies left for ${name}`);
  const causes = [
    [counters?.sendErrors ?? 0, 'failed send'] as const,
    [counters?.cloneErrors ?? 0, 'failed clone'] as const,
    [counters?.peerUnknown ?? 0, 'copy without an address', 'copies without an address'] as const,
  ]
    .filter(([value]) => value > 0)
    .map(([value, one, many]) => times(value, one, many));
  const because = causes.length > 0 ? `; ${causes.join(', ')}` : '';
  return `Only ${copies.join(', ')}: ${times(total, 'broadcast')}, ${times(counters?.sent ?? 0, 'send')}${because}.`;
}

function sayFrames(term: LeaderTerm): string {
  const values = term.followers.map(({ id }) => framesFor(term, id));
  const [first] = values;
  if (first !== undefined && values.every((value) => value === first)) return `${count(first ?? 0)} at every follower`;
  return term.followers.map(({ id, name }) => `${count(framesFor(term, id) ?? 0)} for ${name}`).join(', ');
}

/** Copies for one follower past the leader's egress hook; null if not counted. */
export function framesFor(term: LeaderTerm, followerId: number): number | null {
  if (term.counters === null || !term.counters.framesKnown) return null;
  return term.counters.frames[followerId] ?? 0;
}

function combine(verdicts: MechanismVerdict[]): MechanismVerdict {
  if (verdicts.includes('broken')) return 'broken';
  if (verdicts.includes('unknown')) return 'unknown';
  const [first] = verdicts;
  return first !== undefined && verdicts.every((verdict) => verdict === first) ? first : 'mixed';
}

function sum(terms: LeaderTerm[], figure: (term: LeaderTerm) => number | null): number | null {
  return terms.reduce<number | null>((total, term) => {
    const value = figure(term);
    return total === null || value === null ? null : total + value;
  }, 0);
}
