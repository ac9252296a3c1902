import { sayFaults } from './declared-faults';
import { countedBy, type Follower, findTerms, type LeaderTerm, sumByFollower } from './leader-terms';
import type { Delivery, ProofEvidence } from './proof';
import { framesFor } from './term-figures';
import { count, times } from './wording';

/**
 * Whether every copy that left the leader's interface arrived: frames against receipts, apart from the mechanism. Where a
 * declared fault touched leader, follower or their link, copies were meant to be lost: those stand apart.
 */
export function judgeDelivery(evidence: ProofEvidence): Delivery {
  const terms = findTerms(evidence);
  const receiptsOf = (term: LeaderTerm, follower: Follower) => countedBy(follower, term)?.receipts ?? null;
  const duplicatesOf = (term: LeaderTerm, follower: Follower) => countedBy(follower, term)?.duplicates ?? null;
  const lostOf = (term: LeaderTerm, follower: Follower) => subtract(framesFor(term, follower), receiptsOf(term, follower));
  const clean = {
    frames: sumByFollower(terms, (term, follower) => (isApart(term, follower) ? undefined : framesFor(term, follower))),
    receipts: sumByFollower(terms, (term, follower) => (isApart(term, follower) ? undefined : receiptsOf(term, follower))),
    duplicates: sumByFollower(terms, (term, follower) => (isApart(term, follower) ? undefined : duplicatesOf(term, follower))),
    lost: sumByFollower(terms, (term, follower) => (isApart(term, follower) ? undefined : lostOf(term, follower))),
  };
  const declared = sumByFollower(terms, (term, follower) => declaredOf(term, follower, lostOf(term, follower)));
  const { verdict, reason } = sayDelivery(clean, Object.keys(declared).length > 0);
  // A follower that was touched in every view still has its line: nothing else was lost at it.
  const none = Object.fromEntries(Object.keys(declared).map((name) => [name, 0]));
  return {
    verdict,
    reason: `${reason}${sayApart(terms, declared)}`,
    receipts: sumByFollower(terms, receiptsOf),
    lost: { ...none, ...clean.lost },
    duplicates: sumByFollower(terms, duplicatesOf),
    declared,
  };
}

function isApart({ lastWord }: LeaderTerm, { fault }: Follower): boolean {
  return lastWord !== null || fault !== null;
}

/**
 * What a leader that was killed had sent last is not known, nor what a follower that was killed had received: null. More
 * receipts than frames say that the leader sent on after its last report.
 */
function declaredOf(term: LeaderTerm, follower: Follower, lost: number | null): number | null | undefined {
  if (!isApart(term, follower)) return undefined;
  if (term.lastWord !== null || follower.goneFor !== null) return null;
  return lost === null ? null : Math.max(0, lost);
}

type Figures = Record<'frames' | 'receipts' | 'duplicates' | 'lost', Record<string, number | null>>;

function sayDelivery({ frames, receipts, duplicates, lost }: Figures, anyApart: boolean): Pick<Delivery, 'verdict' | 'reason'> {
  const followers = Object.keys(lost);
  const missing = followers.filter((name) => (lost[name] ?? 0) > 0);
  if (missing.length > 0) {
    const words = missing.map(
      (name) => `${name} received ${count(receipts[name] ?? 0)} of ${times(frames[name] ?? 0, 'copy', 'copies')}`,
    );
    return { verdict: 'lost', reason: `${words.join(', ')}.` };
  }
  if (followers.length === 0 && anyApart) {
    return { verdict: 'complete', reason: 'Declared faults touched every link; none was left to be judged.' };
  }
  const unknown = followers.filter((name) => lost[name] === null);
  if (followers.length === 0 || unknown.length > 0) {
    const who = unknown.length > 0 ? ` for ${unknown.join(', ')}` : '';
    return { verdict: 'unknown', reason: `Copies were not counted on both ends${who}.` };
  }
  // More receipts than frames: copies took a way past the counting hook, so the difference says nothing about loss.
  const beyond = followers.filter((name) => (lost[name] ?? 0) < 0);
  if (beyond.length > 0) {
    const words = beyond.map(
      (name) => `${name} received ${count(-(lost[name] ?? 0))} more copies than left through the counting hook`,
    );
    return { verdict: 'unknown', reason: `${words.join(', ')}.` };
  }
  const total = followers.reduce((sum, name) => sum + (receipts[name] ?? 0), 0);
  const twice = followers.reduce((sum, name) => sum + (duplicates[name] ?? 0), 0);
  const extra = twice > 0 ? `, ${times(twice, 'duplicate')} apart` : '';
  return {
    verdict: 'complete',
    reason: `0 of ${times(total, 'copy', 'copies')} lost at ${times(followers.length, 'follower')}${extra}.`,
  };
}

/** ` Apart, under kill replica1: an unknown number of copies to replica2, 12 to replica3.` */
function sayApart(terms: LeaderTerm[], declared: Delivery['declared']): string {
  const names = Object.keys(declared);
  if (names.length === 0) return '';
  const faults = terms.flatMap((term) => {
    const ofFollowers = term.followers.flatMap(({ fault }) => fault ?? []);
    return term.lastWord === null ? ofFollowers : [term.lastWord.fault, ...ofFollowers];
  });
  const lost = names.filter((name) => declared[name] !== 0);
  const words = lost.map((name) => {
    const copies = declared[name] ?? null;
    return `${copies === null ? 'an unknown number' : count(copies)} at ${name}`;
  });
  return ` Apart, under declared faults (${sayFaults(faults)}): ${words.length > 0 ? words.join(', ') : 'none lost'}.`;
}

function subtract(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}
