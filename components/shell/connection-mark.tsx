'use client';
import clsx from 'clsx';
import { useConnection } from '@/components/trpc/use-connection';
import { formatClock } from '@/components/ui/format';

/** In the header: is what I see live, and how far behind. */
export function ConnectionMark() {
  const { state, lostAt, feedLagMs } = useConnection();
  const look = {
    connecting: { dot: 'bg-fg-3', word: 'Connecting' },
    live: { dot: 'bg-ok', word: 'Live' },
    reconnecting: { dot: 'bg-warn', word: 'Reconnecting' },
    gone: { dot: 'bg-warn', word: 'Server gone' },
  }[state];
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap text-12 text-fg-2">
      <span aria-hidden="true" className={clsx('size-[7px] rounded-full', look.dot)} />
      <span role="status">{look.word}</span>
      {state === 'live' && feedLagMs !== null ? (
        <span className="hidden text-fg-3 lg:inline">feed {Math.round(feedLagMs)} ms behind</span>
      ) : null}
      {state === 'gone' && lostAt !== null ? (
        <span className="hidden text-fg-3 md:inline">since {formatClock(lostAt)}</span>
      ) : null}
    </span>
  );
}
