import type { Follower, LeaderTerm } from './leader-terms';

/** What a leader did with its broadcasts in one view: as it counted them, else as its last report has it. */
export type TermFigures = {
  broadcasts: number;
  sent: number;
  /** null: a report does not say. */
  clones: number | null;
  sendErrors: number;
  cloneErrors: number;
  peerUnknown: number;
  resends: number;
};

export function figuresOfTerm({ counters, lastWord }: LeaderTerm): TermFigures | null {
  if (counters !== null) return counters;
  const report = lastWord?.report ?? null;
  if (report === null) return null;
  const { broadcasts, sent, resends } = report;
  return { broadcasts, sent, resends, clones: null, sendErrors: 0, cloneErrors: 0, peerUnknown: 0 };
}

/** Copies for one follower past the leader's egress hook; null if not counted. */
export function framesFor({ counters, lastWord }: LeaderTerm, { id, name }: Pick<Follower, 'id' | 'name'>): number | null {
  if (counters !== null) return counters.framesKnown ? (counters.frames[id] ?? 0) : null;
  return lastWord?.report?.frames[name] ?? null;
}

/** `view 0 by replica1's last report, 40 ms before it was killed`; null where the leader itself counted. */
export function sayLastWord({ view, leader, lastWord }: LeaderTerm): string | null {
  if (lastWord?.report === undefined || lastWord.report === null) return null;
  const { report, fault } = lastWord;
  const ms = Math.max(0, Math.round(fault.startedAt - report.at));
  const what = fault.action.kind === 'pause' ? 'was paused' : fault.action.kind === 'kill' ? 'was killed' : 'was restarted';
  return `view ${view} by ${leader?.name ?? 'its leader'}'s last report, ${ms.toLocaleString('en-US')} ms before it ${what}`;
}
