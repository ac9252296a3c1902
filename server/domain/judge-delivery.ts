import { framesFor } from './judge-mechanism';
import { countedBy, findTerms, sumByFollower } from './leader-terms';
import type { Delivery, ProofEvidence } from './proof';
import { count, times } from './wording';

/** Whether every copy that left the leader's interface arrived: frames against receipts, apart from the mechanism. */
export function judgeDelivery(evidence: ProofEvidence): Delivery {
  const terms = findTerms(evidence);
  const frames = sumByFollower(terms, (term, { id }) => framesFor(term, id));
  const receipts = sumByFollower(terms, (term, follower) => countedBy(follower, term)?.receipts ?? null);
  const duplicates = sumByFollower(terms, (term, follower) => countedBy(follower, term)?.duplicates ?? null);
  const lost = Object.fromEntries(
    Object.entries(frames).map(([name, copies]) => [name, subtract(copies, receipts[name] ?? null)]),
  );
  return { ...sayDelivery({ frames, receipts, duplicates, lost }), receipts, lost, duplicates };
}

type Figures = Record<'frames' | 'receipts' | 'duplicates' | 'lost', Record<string, number | null>>;

function sayDelivery({ frames, receipts, duplicates, lost }: Figures): Pick<Delivery, 'verdict' | 'reason'> {
  const followers = Object.keys(lost);
  const missing = followers.filter((name) => (lost[name] ?? 0) > 0);
  if (missing.length > 0) {
    const words = missing.map(
      (name) => `${name} received ${count(receipts[name] ?? 0)} of ${times(frames[name] ?? 0, 'copy', 'copies')}`,
    );
    return { verdict: 'lost', reason: `${words.join(', ')}.` };
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

function subtract(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}
