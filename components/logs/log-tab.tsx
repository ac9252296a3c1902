'use client';
import { ArrowDownToLine, SearchX, Terminal } from 'lucide-react';
import { memo, useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { FailedState } from '@/components/ui/failed-state';
import { formatCount } from '@/components/ui/format';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { useUrlState } from '@/components/ui/use-url-state';
import type { LogLevel, LogLine, RunConfig } from '@/server/api/types';
import type { LogBook } from './log-book';
import { LEVELS, type LogFilter } from './log-filter';
import { LogFilterBar } from './log-filter-bar';
import { LogList } from './log-list';
import { useLogBook } from './use-log-book';

/** Every container's lines, as they come; the filter stands in the address. */
export const LogTab = memo(function LogTab({ config }: { config: RunConfig }) {
  const { filter, setText, setRegex, setLevel, toggleSource, clear } = useFilter();
  const { book, arrived, problem, failure } = useLogBook(config.id, filter);
  const { lines, waiting, follow, setFollow } = useFollow(book);
  const sources = [...config.replicas.map((replica) => replica.service), config.clientService, 'lab'];
  return (
    <>
      <LogFilterBar
        filter={filter}
        follow={follow}
        onFollow={setFollow}
        onLevel={setLevel}
        onRegex={setRegex}
        onSource={toggleSource}
        onText={setText}
        problem={problem}
        runId={config.id}
        shown={book.visible.length}
        sources={sources}
      />
      {failure === null ? null : <FailedState failure={failure} />}
      {lines.length > 0 ? (
        <LogList follow={follow} lines={lines} onFollow={setFollow} />
      ) : (
        <div className="flex h-[420px] items-center justify-center">
          {arrived ? <NoLines book={book} onClear={clear} /> : <LogSkeleton />}
        </div>
      )}
      <LogFoot book={book} follow={follow} onFollow={() => setFollow(true)} waiting={waiting} />
    </>
  );
});

function LogFoot({
  book,
  follow,
  waiting,
  onFollow,
}: {
  book: LogBook;
  follow: boolean;
  waiting: number;
  onFollow: () => void;
}) {
  const skipped = book.gaps.reduce((sum, gap) => sum + gap.toSeq - gap.fromSeq + 1, 0);
  return (
    <div className="grid min-h-[42px] grid-cols-[1fr_auto] items-center gap-2 border-line border-t px-3 py-2 text-12 text-fg-2 md:grid-cols-[1fr_auto_1fr]">
      <span>{follow ? 'Following' : 'Paused'}</span>
      {waiting > 0 ? (
        <Button icon={ArrowDownToLine} onClick={onFollow} size="small">
          {formatCount(waiting)} {waiting === 1 ? 'line' : 'lines'} waiting
        </Button>
      ) : (
        <span />
      )}
      <span className="col-span-2 text-right text-fg-3 md:col-span-1">
        {formatCount(book.visible.length)} of {formatCount(book.total)} shown, {formatCount(book.dropped)} dropped
        {skipped > 0 ? `, ${formatCount(skipped)} skipped here (in the download)` : ''}
      </span>
    </div>
  );
}

function NoLines({ book, onClear }: { book: LogBook; onClear: () => void }) {
  if (book.kept === 0) {
    return (
      <EmptyState icon={Terminal} title="No lines yet">
        Containers print as soon as they start.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      action={
        <Button onClick={onClear} size="small">
          Clear the filter
        </Button>
      }
      icon={SearchX}
      title="No line matches"
    >
      {formatCount(book.kept)} lines are hidden by the filter; telemetry is at level debug.
    </EmptyState>
  );
}

function LogSkeleton() {
  return (
    <Loading className="flex w-full flex-col gap-2.5 px-4" label="Reading the log">
      {[62, 48, 80, 55, 70, 40].map((width) => (
        <Skeleton key={width} width={`${width}%`} />
      ))}
    </Loading>
  );
}

/** While paused, the list stands still and what came since is counted. */
function useFollow(book: LogBook) {
  const [pausedAt, setPausedAt] = useState<readonly LogLine[] | null>(null);
  const last = pausedAt?.at(-1)?.seq ?? 0;
  const { visible } = book;
  const firstNew = pausedAt === null ? visible.length : visible.findIndex((line) => line.seq > last);
  return {
    lines: pausedAt === null ? visible : firstNew === -1 ? visible : visible.slice(0, firstNew),
    waiting: pausedAt === null || firstNew === -1 ? 0 : visible.length - firstNew,
    follow: pausedAt === null,
    setFollow: (follow: boolean) => setPausedAt(follow ? null : [...visible]),
  };
}

function isLevel(word: string): word is LogLevel {
  return LEVELS.some((level) => level === word);
}

function useFilter() {
  const [text, setText] = useUrlState('q');
  const [regex, setRegex] = useUrlState('regex');
  const [level, setLevel] = useUrlState('level', 'notice');
  const [sources, setSources] = useUrlState('only');
  const filter: LogFilter = useMemo(
    () => ({
      text,
      regex: regex === '1',
      level: isLevel(level) ? level : 'notice',
      sources: new Set(sources === '' ? [] : sources.split(',')),
    }),
    [text, regex, level, sources],
  );
  const toggleSource = (source: string) => {
    const next = new Set(filter.sources);
    if (!next.delete(source)) next.add(source);
    setSources([...next].join(','));
  };
  const clear = () => {
    setText('');
    setRegex('');
    setSources('');
    setLevel('debug');
  };
  return { filter, setText, setRegex: (on: boolean) => setRegex(on ? '1' : ''), setLevel, toggleSource, clear };
}
