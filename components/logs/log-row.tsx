import clsx from 'clsx';
import { ReplicaTag } from '@/components/scenarios/replica-tag';
import type { LogLevel, LogLine } from '@/server/api/types';
import { LogText } from './log-text';
import { formatLogTime } from './log-time';

const GUTTERS = { debug: '', notice: '', warn: 'bg-warn', error: 'bg-bad' } as const satisfies Record<LogLevel, string>;
const WORDS = { debug: 'text-fg-3', notice: 'text-fg', warn: 'text-warn', error: 'text-bad' } as const satisfies Record<
  LogLevel,
  string
>;

/** Gutter, time, source, level, text; on a phone in two lines. */
export function LogRow({ line }: { line: LogLine }) {
  const marked = line.level === 'warn' || line.level === 'error';
  return (
    <div
      className={clsx(
        'mono grid grid-cols-[3px_34px_minmax(0,1fr)] gap-x-2 py-[3px] pr-3 text-12 leading-5 md:grid-cols-[3px_118px_34px_52px_minmax(0,1fr)] md:gap-x-2.5 md:py-0',
        line.level === 'error' && 'bg-bad-soft',
        line.source === 'lab' && 'bg-surface-2',
      )}
      data-seq={line.seq}
    >
      <span
        className={clsx('row-span-2 self-stretch md:row-span-1', GUTTERS[line.level], line.source === 'lab' && 'bg-fg-3')}
      />
      <time className="col-start-3 row-start-1 text-11 text-fg-3 leading-4 md:col-start-2 md:text-12 md:leading-5">
        {formatLogTime(line.time)}
      </time>
      <span className="col-start-2 row-start-1 md:col-start-3">
        <ReplicaTag source={line.source} />
      </span>
      <span className={clsx('hidden md:col-start-4 md:row-start-1 md:block', marked ? WORDS[line.level] : 'text-fg-3')}>
        {line.level}
      </span>
      <span
        className={clsx(
          'wrap-anywhere col-span-2 col-start-2 min-w-0 whitespace-pre-wrap md:col-span-1 md:col-start-5 md:overflow-hidden md:text-ellipsis md:whitespace-pre',
          WORDS[line.level],
        )}
        title={line.text}
      >
        <LogText text={withoutLevel(line)} />
      </span>
    </div>
  );
}

/** A line for people begins with its level, which has a column of its own here. Copy and download keep it. */
function withoutLevel({ text, level, stream }: LogLine): string {
  return stream === 'stderr' && text.startsWith(`${level} `) ? text.slice(level.length + 1) : text;
}
