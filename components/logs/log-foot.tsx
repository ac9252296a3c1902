'use client';
import { ArrowDownToLine, Check, Pause, Play } from 'lucide-react';
import { describeFailure } from '@/components/trpc/failure';
import { Button } from '@/components/ui/button';
import { formatCount, formatDuration, formatPlural, formatShare } from '@/components/ui/format';
import { Icon } from '@/components/ui/icon';
import type { LogBook } from './log-book';
import type { LogReader } from './log-reader';
import { useReader } from './use-log-reader';

/** From here on a lag is said aloud. */
const LAG_MS = 500;

/** Whether the end is followed, what waits, and how much of the log is shown, missing or late. */
export function LogFoot({ reader }: { reader: LogReader }) {
  useReader(reader);
  const { book, follow, isComplete, waiting, notice, failure } = reader;
  return (
    <div className="grid min-h-[42px] grid-cols-[1fr_auto] items-center gap-x-3 gap-y-1 border-line border-t px-3 py-2 text-12 text-fg-2 md:grid-cols-[1fr_auto_1fr]">
      <span className="flex min-w-0 items-center gap-1.5">
        <Icon of={isComplete ? Check : follow ? Play : Pause} />
        {isComplete ? 'Complete' : follow ? 'Following' : 'Paused'}
        <span className="wrap-anywhere min-w-0 text-fg-2" role="status">
          {notice}
        </span>
      </span>
      {waiting > 0 ? (
        <Button icon={ArrowDownToLine} onClick={() => reader.setFollow(true)} size="small">
          {formatCount(waiting)} {waiting === 1 ? 'line' : 'lines'} waiting
        </Button>
      ) : (
        <span />
      )}
      <span className="col-span-2 text-fg-3 md:col-span-1 md:text-right">
        {footWords(book).map(({ words, isLoud }, index) => (
          <span className={isLoud ? 'text-warn' : undefined} key={words.replace(/[\d.,]+/g, '')}>
            {index === 0 ? '' : ', '}
            {words}
          </span>
        ))}
        {failure === null ? null : (
          <span className="block text-warn">Lines in sight could not be fetched: {describeFailure(failure).message}</span>
        )}
      </span>
    </div>
  );
}

type Words = { words: string; isLoud: boolean };

/** Everything that is not simply there is counted. */
export function footWords(book: LogBook): Words[] {
  const { shown, total, behind, dropped, late, lagMs, searching } = book;
  const words: (Words | null)[] = [
    { words: `${formatCount(shown)} of ${formatPlural(total, 'line', 'lines')}`, isLoud: false },
    searching === null ? null : { words: `searched ${formatShare(searching.done / Math.max(1, searching.of))}`, isLoud: false },
    behind === 0 ? null : { words: `${formatCount(behind)} behind are fetched when you look at them`, isLoud: false },
    dropped === 0
      ? { words: '0 dropped', isLoud: false }
      : { words: `${formatCount(dropped)} dropped: a run may write no more than a bound`, isLoud: true },
    late === 0 ? null : { words: `${formatCount(late)} late`, isLoud: false },
    lagMs === null ? null : { words: `${formatDuration(Math.max(0, Math.round(lagMs)))} behind`, isLoud: lagMs > LAG_MS },
  ];
  return words.filter((each) => each !== null);
}
