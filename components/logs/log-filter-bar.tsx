'use client';
import clsx from 'clsx';
import { ArrowDownToLine, Pause, Play } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { ReplicaTag } from '@/components/scenarios/replica-tag';
import { Button } from '@/components/ui/button';
import { Segmented } from '@/components/ui/segmented';
import { DownloadMenu } from './download-menu';
import { FilterField } from './filter-field';
import type { LogReader } from './log-reader';
import { type FilterChoice, LEVELS } from './use-log-filter';
import { useReader } from './use-log-reader';

type LogFilterBarProps = {
  runId: string;
  sources: readonly string[];
  choice: FilterChoice;
  problem: string | null;
  reader: LogReader;
  input: Ref<HTMLInputElement>;
  /** Where to go in the log. */
  jump: ReactNode;
};

/** What is shown, and from where on. */
export function LogFilterBar({ runId, sources, choice, problem, reader, input, jump }: LogFilterBarProps) {
  const { filter } = choice;
  return (
    <div className="flex flex-wrap items-center gap-2.5 border-line border-b px-3 py-2">
      <FilterField choice={choice} input={input} problem={problem} reader={reader} />
      <fieldset aria-label="Sources" className="flex flex-wrap gap-1">
        {sources.map((source) => (
          <button
            aria-label={`Only ${source}`}
            aria-pressed={filter.sources.includes(source)}
            className={clsx(
              'inline-flex rounded-[5px] border px-1 py-[3px] max-md:py-1.5',
              filter.sources.length === 0 || filter.sources.includes(source)
                ? 'border-line-strong'
                : 'border-transparent opacity-50',
            )}
            key={source}
            onClick={() => choice.toggleSource(source)}
            type="button"
          >
            <ReplicaTag source={source} />
          </button>
        ))}
      </fieldset>
      <Segmented
        label="Lowest level shown"
        onChange={choice.setLevel}
        options={LEVELS.map((level) => ({ value: level, label: level }))}
        size="small"
        value={filter.level}
      />
      <div className="ml-auto flex items-center gap-2 max-md:w-full max-md:flex-wrap">
        {jump}
        <FollowButton reader={reader} />
        <DownloadMenu filter={filter} runId={runId} />
      </div>
    </div>
  );
}

/** To the end and on with it, or stand still; of a finished log there is only its end. */
function FollowButton({ reader }: { reader: LogReader }) {
  useReader(reader);
  if (reader.isComplete) {
    return (
      <Button
        className="max-md:h-10 max-md:flex-1"
        disabled={reader.follow}
        icon={ArrowDownToLine}
        onClick={() => reader.setFollow(true)}
        size="small"
      >
        To the end
      </Button>
    );
  }
  return (
    <Button
      className="max-md:h-10 max-md:flex-1"
      icon={reader.follow ? Pause : Play}
      onClick={() => reader.setFollow(!reader.follow)}
      size="small"
    >
      {reader.follow ? 'Pause' : 'Follow'}
    </Button>
  );
}
