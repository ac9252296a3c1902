'use client';
import clsx from 'clsx';
import { Download, Pause, Play, Regex, Search } from 'lucide-react';
import { ReplicaTag } from '@/components/scenarios/replica-tag';
import { Button } from '@/components/ui/button';
import { formatCount } from '@/components/ui/format';
import { Icon } from '@/components/ui/icon';
import { Segmented } from '@/components/ui/segmented';
import type { LogLevel } from '@/server/api/types';
import { LEVELS, type LogFilter } from './log-filter';

type LogFilterBarProps = {
  runId: string;
  sources: readonly string[];
  filter: LogFilter;
  problem: string | null;
  shown: number;
  onText: (text: string) => void;
  onRegex: (regex: boolean) => void;
  onLevel: (level: LogLevel) => void;
  onSource: (source: string) => void;
  follow: boolean;
  onFollow: (follow: boolean) => void;
};

export function LogFilterBar(props: LogFilterBarProps) {
  const { runId, sources, filter, problem, shown } = props;
  return (
    <div className="flex flex-wrap items-center gap-2.5 border-line border-b px-3 py-2">
      <label
        className={clsx(
          'flex h-10 w-full items-center gap-2 rounded-2 border bg-input px-2.5 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-focus md:h-[26px] md:w-[250px]',
          problem === null ? 'border-control' : 'border-bad',
        )}
      >
        <span className="text-fg-3">
          <Icon of={Search} />
        </span>
        <input
          aria-invalid={problem !== null}
          aria-label="Filter lines"
          className="mono min-w-0 flex-1 bg-transparent text-12 outline-none"
          onChange={(event) => props.onText(event.target.value)}
          placeholder="filter"
          value={filter.text}
        />
        {filter.text === '' ? null : <span className="text-11 text-fg-3">{formatCount(shown)}</span>}
        <button
          aria-label="Regular expression"
          aria-pressed={filter.regex}
          className={clsx(
            'rounded-1 border px-1 py-0.5',
            filter.regex ? 'border-accent-line bg-accent-soft text-accent' : 'border-transparent text-fg-3',
          )}
          onClick={() => props.onRegex(!filter.regex)}
          title="Regular expression"
          type="button"
        >
          <Icon of={Regex} size={12} />
        </button>
      </label>
      <fieldset aria-label="Sources" className="flex flex-wrap gap-1">
        {sources.map((source) => (
          <button
            aria-label={`Only ${source}`}
            aria-pressed={filter.sources.has(source)}
            className={clsx(
              'inline-flex rounded-[5px] border px-1 py-[3px]',
              filter.sources.size === 0 || filter.sources.has(source) ? 'border-line-strong' : 'border-transparent opacity-50',
            )}
            key={source}
            onClick={() => props.onSource(source)}
            type="button"
          >
            <ReplicaTag source={source} />
          </button>
        ))}
      </fieldset>
      <Segmented
        label="Lowest level shown"
        onChange={props.onLevel}
        options={LEVELS.map((level) => ({ value: level, label: level }))}
        size="small"
        value={filter.level}
      />
      <div className="ml-auto flex gap-2">
        <Button icon={props.follow ? Pause : Play} onClick={() => props.onFollow(!props.follow)} size="small">
          {props.follow ? 'Pause' : 'Follow'}
        </Button>
        <a
          aria-label="Download the whole log"
          className="inline-flex h-8 items-center justify-center rounded-2 border border-line-strong bg-surface-2 px-2 hover:bg-surface-3 md:h-[26px]"
          download
          href={`/api/runs/${encodeURIComponent(runId)}/log.txt`}
          title="Download the whole log"
        >
          <Icon of={Download} />
        </a>
      </div>
      {problem === null ? null : (
        <p className="w-full text-12 text-bad" role="alert">
          Not a regular expression: {problem}
        </p>
      )}
    </div>
  );
}
