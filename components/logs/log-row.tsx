import clsx from 'clsx';
import { memo } from 'react';
import { ReplicaTag } from '@/components/scenarios/replica-tag';
import type { LogLevel, LogLine } from '@/server/api/types';
import type { FindMatches } from './find-matches';
import { LineMark } from './line-marks';
import { LogText } from './log-text';
import { formatLogTime } from './log-time';

/** One line of text on a wide page, two on a phone. All rows are of one height, so that a place in a list is arithmetic. */
export const ROW_PX = { wide: 20, phone: 40 } as const;

/** A row is as long as the page is wide; what follows stands in the line's detail. */
const ROW_CHARS = 2000;

const GUTTERS = { debug: '', notice: '', warn: 'bg-warn', error: 'bg-bad' } as const satisfies Record<LogLevel, string>;
const WORDS = { debug: 'text-fg-3', notice: 'text-fg', warn: 'text-warn', error: 'text-bad' } as const satisfies Record<
  LogLevel,
  string
>;

type LogRowProps = { line: LogLine; find: FindMatches | null; isSelected: boolean };

/** Gutter, mark, time, source, level, text. */
export const LogRow = memo(function LogRow({ line, find, isSelected }: LogRowProps) {
  const isLoud = line.level === 'warn' || line.level === 'error';
  return (
    <div
      aria-current={isSelected || undefined}
      className={clsx(
        'mono grid h-10 grid-cols-[3px_18px_34px_minmax(0,1fr)] gap-x-1.5 pr-3 text-12 leading-5 md:h-5 md:grid-cols-[3px_18px_118px_34px_52px_minmax(0,1fr)] md:gap-x-2',
        isSelected ? 'bg-accent-soft' : line.level === 'error' ? 'bg-bad-soft' : line.source === 'lab' && 'bg-surface-2',
      )}
      data-seq={line.seq}
    >
      <span
        className={clsx(
          'row-span-2 self-stretch md:row-span-1',
          isSelected ? 'bg-accent' : GUTTERS[line.level],
          !isSelected && line.source === 'lab' && !isLoud && 'bg-fg-3',
        )}
      />
      <LineMark line={line} />
      <time className="col-start-4 row-start-1 text-11 text-fg-3 leading-5 md:col-start-3 md:text-12">
        {formatLogTime(line.time)}
      </time>
      <span className="col-start-3 row-start-1 md:col-start-4">
        <ReplicaTag source={line.source} />
      </span>
      <span className={clsx('hidden md:col-start-5 md:row-start-1 md:block', isLoud ? WORDS[line.level] : 'text-fg-3')}>
        {line.level}
      </span>
      <span
        className={clsx(
          'col-span-2 col-start-3 row-start-2 min-w-0 truncate whitespace-pre md:col-span-1 md:col-start-6 md:row-start-1',
          WORDS[line.level],
        )}
      >
        <LogText find={find} text={withoutLevel(line).slice(0, ROW_CHARS)} />
      </span>
    </div>
  );
});

/** Stands for a line that is on its way. */
export const MissingRow = memo(function MissingRow({ row }: { row: number }) {
  return (
    <div className="flex h-10 items-center pl-[29px] md:h-5">
      <span className="block h-2 rounded-1 bg-skeleton" style={{ width: `${30 + ((row * 37) % 45)}%` }} />
    </div>
  );
});

/** A line for people begins with its level, which has a column of its own here. Copy and download keep it. */
function withoutLevel({ text, level, stream }: LogLine): string {
  return stream === 'stderr' && text.startsWith(`${level} `) ? text.slice(level.length + 1) : text;
}
