import { type Follower, findTerms, type LeaderTerm, sumByFollower } from './leader-terms';
import type { Mechanism, MechanismVerdict, ProofEvidence } from './proof';
import { figuresOfTerm, framesFor, sayLastWord, type TermFigures } from './term-figures';
import { count, times } from './wording';

/** So many terms are told one by one; a cluster may change views hundreds of times. */
const TOLD = 4;

/**
 * What happened to the leaders' broadcasts in the measured window, by the definitions of MechanismVerdict. Each term (a view
 * and who led it) is judged by itself; together they are what all of them are, and `mixed` if they differ.
 */
export function judgeMechanism(evidence: ProofEvidence): Mechanism {
  const terms = findTerms(evidence);
  const judged = terms.map((term) => ({ term, ...judgeTerm(term) }));
  const [first] = judged;
  if (first === undefined) return nothingKnown(evidence);
  return {
    verdict: judged.length === 1 ? first.verdict : combine(judged.map(({ verdict }) => verdict)),
    reason: judged.length === 1 ? sayAlone(first) : sayAll(judged),
    broadcasts: sum(terms, (figures) => figures.broadcasts),
    sent: sum(terms, (figures) => figures.sent),
    clones: sum(terms, (figures) => figures.clones),
    frames: sumByFollower(terms, framesFor),
    resends: sum(terms, (figures) => figures.resends),
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
type JudgedTerm = Judged & { term: LeaderTerm };

function sayAlone({ term, reason }: JudgedTerm): string {
  const word = sayLastWord(term);
  return word === null ? reason : `${capital(word)}: ${reason}`;
}

/** What differs from the rest stands first. */
function sayAll(judged: JudgedTerm[]): string {
  const views = judged.length > TOLD ? `${count(judged.length)} views. ` : '';
  const told = [...judged].sort((a, b) => rank(a) - rank(b)).slice(0, TOLD);
  const words = told
    .sort((a, b) => a.term.view - b.term.view)
    .map(({ term, reason }) => `${capital(sayLastWord(term) ?? `view ${term.view}`)}: ${reason}`);
  const rest = judged.filter((each) => !told.includes(each));
  const kinds = [...new Set(rest.map(({ verdict }) => verdict.replaceAll('_', ' ')))].join(', ');
  return `${views}${words.join(' ')}${rest.length > 0 ? ` ${times(rest.length, 'further view')}: ${kinds}.` : ''}`;
}

const WORST: MechanismVerdict[] = ['broken', 'unknown', 'mixed', 'not_offloaded', 'offloaded'];
const rank = ({ verdict }: Judged) => WORST.indexOf(verdict);
const capital = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

function judgeTerm(term: LeaderTerm): Judged {
  const leader = term.leader?.name ?? `replica ${term.leaderId}`;
  const figures = figuresOfTerm(term);
  if (figures === null) return { verdict: 'unknown', reason: sayNothingReported(term, leader) };
  if (term.followers.some((follower) => framesFor(term, follower) === null)) {
    return { verdict: 'unknown', reason: `${leader} could not count frames on its interface.` };
  }
  const { broadcasts, sent, clones } = figures;
  if (broadcasts === 0) {
    return { verdict: 'mixed', reason: `${leader} handed ${times(sent, 'copy', 'copies')} to the stack without a broadcast.` };
  }
  // Nobody has the address of a follower that was killed: what did not leave for it says nothing about the mechanism.
  const there = term.followers.filter(({ goneFor }) => goneFor === null);
  const gone = term.followers.filter(({ goneFor }) => goneFor !== null);
  const short = there.filter((follower) => (framesFor(term, follower) ?? 0) < broadcasts);
  if (short.length > 0) return { verdict: 'broken', reason: sayBroken(term, figures, short) };

  const exact =
    there.every((follower) => framesFor(term, follower) === broadcasts) &&
    gone.every((follower) => (framesFor(term, follower) ?? 0) <= broadcasts);
  const followers = term.followers.length;
  const numbers = `${times(broadcasts, 'broadcast')}, ${times(sent, 'send')}, frames ${sayFrames(term)}${sayGone(gone)}`;
  if (exact && sent === broadcasts) {
    return { verdict: 'offloaded', reason: `1 send, ${followers} frames per broadcast: ${numbers}.` };
  }
  if (exact && isOneByOne(figures, followers, gone.length)) {
    return {
      verdict: 'not_offloaded',
      reason: `${followers} sends, ${followers} frames per broadcast, no clones: ${numbers}.`,
    };
  }
  const cloned = clones === null ? '' : `, ${times(clones, 'clone')}`;
  return { verdict: 'mixed', reason: `Neither one send nor ${followers} sends per broadcast: ${numbers}${cloned}.` };
}

/** To an address that nobody has, a send may be refused. A report says nothing of clones, but they would be frames too many. */
function isOneByOne({ broadcasts, sent, sendErrors, clones }: TermFigures, followers: number, gone: number): boolean {
  if ((clones ?? 0) > 0) return false;
  return sent === broadcasts * followers || (gone > 0 && sent + sendErrors === broadcasts * followers);
}

function sayNothingReported({ view, lastWord }: LeaderTerm, leader: string): string {
  if (lastWord === null) return `${leader} led and reported no counters.`;
  return `${leader} led view ${view} and was stopped (${lastWord.fault.title}) before it reported anything.`;
}

function sayBroken(term: LeaderTerm, figures: TermFigures, short: Follower[]): string {
  const total = figures.broadcasts;
  const copies = short.map(
    (follower) => `${count(framesFor(term, follower) ?? 0)} of ${count(total)} copies left for ${follower.name}`,
  );
  const causes = [
    [figures.sendErrors, 'failed send'] as const,
    [figures.cloneErrors, 'failed clone'] as const,
    [figures.peerUnknown, 'copy without an address', 'copies without an address'] as const,
  ]
    .filter(([value]) => value > 0)
    .map(([value, one, many]) => times(value, one, many));
  const because = causes.length > 0 ? `; ${causes.join(', ')}` : '';
  return `Only ${copies.join(', ')}: ${times(total, 'broadcast')}, ${times(figures.sent, 'send')}${because}.`;
}

function sayFrames(term: LeaderTerm): string {
  const values = term.followers.map((follower) => framesFor(term, follower));
  const [first] = values;
  if (first !== undefined && values.every((value) => value === first)) return `${count(first ?? 0)} at every follower`;
  return term.followers.map((follower) => `${count(framesFor(term, follower) ?? 0)} for ${follower.name}`).join(', ');
}

function sayGone(gone: Follower[]): string {
  if (gone.length === 0) return '';
  return ` (${gone.map(({ name, goneFor }) => `${name} apart: ${goneFor?.title}`).join(', ')})`;
}

function combine(verdicts: MechanismVerdict[]): MechanismVerdict {
  if (verdicts.includes('broken')) return 'broken';
  if (verdicts.includes('unknown')) return 'unknown';
  const [first] = verdicts;
  return first !== undefined && verdicts.every((verdict) => verdict === first) ? first : 'mixed';
}

function sum(terms: LeaderTerm[], figure: (figures: TermFigures) => number | null): number | null {
  return terms.reduce<number | null>((total, term) => {
    const figures = figuresOfTerm(term);
    const value = figures === null ? null : figure(figures);
    return total === null || value === null ? null : total + value;
  }, 0);
}
