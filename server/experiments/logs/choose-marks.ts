import type { LogMarkAt } from '@/server/domain/log-chunk';

/** Marks that a new reader gets. */
const MARKS_MAX = 2000;

/** All of them, or if they are too many the newest; resends go first, since they are what there is most of. */
export function chooseMarks(marks: LogMarkAt[]): LogMarkAt[] {
  if (marks.length <= MARKS_MAX) return marks;
  const rare = marks.filter(({ mark }) => mark !== 'resend').slice(-MARKS_MAX);
  const room = MARKS_MAX - rare.length;
  const resends = room === 0 ? [] : marks.filter(({ mark }) => mark === 'resend').slice(-room);
  return [...rare, ...resends].sort((a, b) => a.seq - b.seq);
}
