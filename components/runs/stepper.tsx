'use client';
import clsx from 'clsx';
import { Check, CircleDashed, CircleX, LoaderCircle, type LucideIcon } from 'lucide-react';
import { Card } from '@/components/ui/card';
import { formatClock, formatDuration, formatEstimate } from '@/components/ui/format';
import { Icon } from '@/components/ui/icon';
import { ProgressBar } from '@/components/ui/progress-bar';
import { useNow } from '@/components/ui/use-now';
import type { PhaseEntry, RunPhase, RunView } from '@/server/api/types';
import { PHASE_TITLES } from './phase-titles';
import { isOver } from './use-run-view';

const STEPS = ['build', 'network', 'containers', 'leader', 'warmup', 'measuring', 'draining'] as const satisfies RunPhase[];

/** The run's way through its phases, with times, a bar and an estimate. */
export function Stepper({ run }: { run: RunView }) {
  const over = isOver(run.state);
  const now = useNow(over ? null : 200);
  return (
    <Card label="Progress">
      <ol className="grid grid-cols-2 gap-y-2.5 px-3 pt-3 md:grid-cols-4 md:px-4 md:pt-3.5 lg:grid-cols-[repeat(5,minmax(0,1fr))_minmax(0,1.3fr)_repeat(2,minmax(0,0.85fr))]">
        {STEPS.map((phase) => (
          <Step entry={run.phases.find((known) => known.phase === phase)} key={phase} now={now} phase={phase} run={run} />
        ))}
        <LastStep run={run} />
      </ol>
      <div className="px-3 py-3 md:px-4">
        <ProgressBar
          fraction={over ? 1 : (run.progress?.fraction ?? 0)}
          label="Progress of the run"
          tone={run.state === 'failed' ? 'bad' : over && run.state !== 'done' ? 'quiet' : 'accent'}
        />
        <div className="mt-2 flex flex-wrap justify-between gap-x-4 text-12 text-fg-2">
          <span>{beginning(run)}</span>
          <span>{ending(run, now)}</span>
        </div>
      </div>
    </Card>
  );
}

type StepProps = { run: RunView; phase: RunPhase; entry: PhaseEntry | undefined; now: number };

function Step({ run, phase, entry, now }: StepProps) {
  if (entry === undefined) return <Mark face="todo" note="" time="" title={PHASE_TITLES[phase]} />;
  const face = entry.endedAt !== null ? 'done' : run.state === 'failed' ? 'failed' : isOver(run.state) ? 'done' : 'current';
  const time = formatDuration((entry.endedAt ?? run.endedAt ?? now) - entry.startedAt);
  return <Mark face={face} note={entry.detail ?? ''} time={time} title={PHASE_TITLES[phase]} />;
}

function LastStep({ run }: { run: RunView }) {
  if (!isOver(run.state)) return <Mark face="todo" note="" time="" title="Done" />;
  const titles = { done: 'Done', failed: 'Failed', stopped: 'Stopped', interrupted: 'Interrupted' };
  return <Mark face={run.state === 'failed' ? 'failed' : 'done'} note="" time="" title={titles[run.state]} />;
}

const FACES = {
  todo: { icon: CircleDashed, ring: 'border-line-strong text-fg-3', title: 'text-fg-3', says: 'to come' },
  current: { icon: LoaderCircle, ring: 'border-accent bg-accent-soft text-accent', title: 'font-semibold', says: 'now' },
  done: { icon: Check, ring: 'border-ok-line bg-ok-soft text-ok', title: '', says: 'done' },
  failed: { icon: CircleX, ring: 'border-bad-line bg-bad-soft text-bad', title: 'text-bad', says: 'failed' },
} as const satisfies Record<string, { icon: LucideIcon; ring: string; title: string; says: string }>;

type MarkProps = { face: keyof typeof FACES; title: string; time: string; note: string };

function Mark({ face, title, time, note }: MarkProps) {
  const { icon, ring, title: titleClass, says } = FACES[face];
  return (
    <li aria-current={face === 'current' ? 'step' : undefined} className="relative min-w-0 pr-2 pl-[26px]">
      <span
        className={clsx(
          'absolute top-px left-0 flex size-[18px] items-center justify-center rounded-full border-[1.5px]',
          ring,
        )}
      >
        <Icon className={face === 'current' ? 'turn' : undefined} of={icon} size={10} />
      </span>
      <div className="flex items-baseline gap-1.5 whitespace-nowrap">
        <span className={clsx('font-medium', titleClass)}>{title}</span>
        <span className="text-12 text-fg-2">{time}</span>
        <span className="sr-only">{says}</span>
      </div>
      <div className="min-h-4 truncate text-11 text-fg-3 leading-4" title={note}>
        {note}
      </div>
    </li>
  );
}

function beginning(run: RunView): string {
  if (run.startedAt === null) {
    return run.phases.find((entry) => entry.phase === 'queued')?.detail ?? 'waiting for its turn: one run measures at a time';
  }
  const window = run.phases.find((entry) => entry.phase === 'measuring');
  const opened = window === undefined ? '' : `, window opened ${formatClock(window.startedAt)}`;
  const first =
    run.launchToFirstRequestMs === null ? '' : `, first request after ${formatDuration(run.launchToFirstRequestMs)}`;
  return `started ${formatClock(run.startedAt)}${opened}${first}`;
}

function ending(run: RunView, now: number): string {
  if (run.endedAt !== null) {
    return `ended ${formatClock(run.endedAt)}${run.removed === null ? '' : `, removed ${run.removed}`}`;
  }
  const eta = run.progress?.etaMs ?? null;
  return eta === null ? '' : `${formatEstimate(eta)} left, done at ${formatClock(now + eta)}`;
}
