'use client';
import { sourceIdentity } from '@/components/scenarios/replica-tag';
import type { LogMarkAt } from '@/server/api/types';
import { MARKS } from './line-marks';
import type { LogReader } from './log-reader';
import { formatMoment, logTimeMs } from './log-time';
import { useReader } from './use-log-reader';

/** A phone's list of choices stays usable up to about here. */
const LISTED = 200;

/** On a phone, in place of the map: what happened, to go to. */
export function MarksSelect({ reader }: { reader: LogReader }) {
  useReader(reader);
  const { marks } = reader.book;
  if (marks.length === 0) return null;
  const listed = marks.slice(0, LISTED);
  return (
    <select
      aria-label="Go to"
      className="h-10 min-w-[120px] flex-1 rounded-2 border border-control bg-input px-2 text-12 text-fg md:hidden"
      onChange={(event) => reader.goToSeq(Number(event.target.value))}
      value=""
    >
      <option disabled value="">
        {marks.length > LISTED ? `Go to (the first ${LISTED} of ${marks.length})` : `Go to (${marks.length})`}
      </option>
      {listed.map((mark) => (
        <option key={mark.seq} value={mark.seq}>
          {markWords(mark)}
        </option>
      ))}
    </select>
  );
}

function markWords({ time, source, mark }: LogMarkAt): string {
  return `${formatMoment(logTimeMs(time))} ${sourceIdentity(source).short} ${MARKS[mark].words}`;
}
