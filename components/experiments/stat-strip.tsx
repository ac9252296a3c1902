'use client';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { PHASE_TITLES } from '@/components/runs/phase-titles';
import { Card } from '@/components/ui/card';
import {
  formatClock,
  formatCount,
  formatDuration,
  formatEstimate,
  formatPlural,
  formatShare,
  UNKNOWN,
} from '@/components/ui/format';
import { PageLink } from '@/components/ui/page-link';
import type { ExperimentView } from '@/server/api/types';
import { type Segment, segmentsOf } from './matrix';
import { isExperimentOver } from './use-experiment';

type StatStripProps = { view: ExperimentView; receivedAt: number };

/** How far it is, what runs, how long it takes, and how much of it counts. */
export function StatStrip({ view, receivedAt }: StatStripProps) {
  const { record, progress } = view;
  const over = isExperimentOver(record.state);
  return (
    <Card className="overflow-hidden" label="Progress">
      <div className="grid grid-cols-2 lg:grid-cols-4">
        <Stat
          note={`${formatCount(progress.pairsCounted)} of ${formatPlural(progress.pairsWanted, 'pair counts', 'pairs count')}`}
          title="Finished"
          unit={`of ${formatPlural(progress.runsExpected, 'run', 'runs')}`}
          value={formatCount(progress.runsOver)}
        />
        {over ? <Ended record={record} /> : <Running view={view} />}
        {over ? <Took record={record} /> : <Left progress={progress} receivedAt={receivedAt} />}
        <Integrity progress={progress} />
      </div>
      <Segments segments={segmentsOf(view)} view={view} />
      {record.note === null ? null : <p className="border-line border-t px-3 py-2 text-12 text-fg-2 md:px-4">{record.note}</p>}
    </Card>
  );
}

type StatProps = { title: string; value: ReactNode; unit?: ReactNode; note: ReactNode };

function Stat({ title, value, unit, note }: StatProps) {
  return (
    <div className="-mt-px -ml-px min-w-0 border-line border-t border-l px-3 py-3 md:px-4 md:py-3.5">
      <p className="text-12 text-fg-2">{title}</p>
      <p className="font-semibold text-24 leading-[30px] tracking-[-0.02em]">
        {value} <span className="font-medium text-13 text-fg-2 tracking-normal">{unit}</span>
      </p>
      <p className="text-12 text-fg-3 [overflow-wrap:anywhere]">{note}</p>
    </div>
  );
}

function Running({ view: { record, cells, running, waitsFor, pausing } }: { view: ExperimentView }) {
  if (running === null) {
    const idle = record.state === 'paused' ? 'paused, nothing runs' : 'the next run is about to begin';
    return <Stat note={waitsFor === null ? idle : `${waitsFor} measures first`} title="Running" value={UNKNOWN} />;
  }
  const { place, runId, phase, fraction } = running;
  const done = fraction === null ? '' : `, ${formatShare(fraction)}`;
  return (
    <Stat
      note={`${cells[place.cell]?.scenario ?? ''}, ${record.plan.variants[place.side] ?? ''}, ${PHASE_TITLES[phase].toLowerCase()}${done}${pausing ? '; pauses behind it' : ''}`}
      title="Running"
      value={
        <PageLink className="font-mono text-20 hover:underline" href={`/runs/${runId}`}>
          {runId}
        </PageLink>
      }
    />
  );
}

function Left({ progress, receivedAt }: { progress: ExperimentView['progress']; receivedAt: number }) {
  const { etaMs, runMs } = progress;
  if (etaMs === null) return <Stat note="known once the first run is over" title="Left" value={UNKNOWN} />;
  const [value, unit] = formatEstimate(etaMs).split(' ');
  const each = runMs === null ? '' : `, at ${formatEstimate(runMs)} a run`;
  return (
    <Stat note={`done about ${formatClock(receivedAt + etaMs).slice(0, 5)}${each}`} title="Left" unit={unit} value={value} />
  );
}

function Ended({ record }: { record: ExperimentView['record'] }) {
  const at = record.endedAt;
  const value = at === null ? UNKNOWN : formatClock(at);
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
  const where = record.importedFrom === null ? '' : `, imported; ${record.importedFrom.id} where it was measured`;
  return <Stat note={at === null ? '' : `${day.format(at)}${where}`} title="Ended" value={value} />;
}

function Took({ record: { createdAt, endedAt } }: { record: ExperimentView['record'] }) {
  const [value, unit, ...rest] = formatDuration(endedAt === null ? null : endedAt - createdAt).split(' ');
  return (
    <Stat note={`from the start at ${formatClock(createdAt)}`} title="Took" unit={[unit, ...rest].join(' ')} value={value} />
  );
}

function Integrity({ progress: { valid, suspect, invalid } }: { progress: ExperimentView['progress'] }) {
  const small = 'font-medium text-13 tracking-normal';
  return (
    <Stat
      note={suspect + invalid === 0 ? 'no run was left out' : 'only valid pairs count'}
      title="Integrity"
      value={
        <>
          <span className="whitespace-nowrap">
            {formatCount(valid)} <span className={clsx(small, 'text-fg-2')}>valid</span>
          </span>{' '}
          {suspect === 0 ? null : (
            <span className="ml-1 whitespace-nowrap text-warn">
              {formatCount(suspect)} <span className={small}>suspect</span>
            </span>
          )}{' '}
          {invalid === 0 ? null : (
            <span className="ml-1 whitespace-nowrap text-bad">
              {formatCount(invalid)} <span className={small}>invalid</span>
            </span>
          )}
        </>
      }
    />
  );
}

const FILLS = {
  valid: 'bg-accent',
  suspect: 'bg-warn',
  invalid: 'bg-bad',
  interrupted: 'bg-fg-3',
  running: 'border border-accent bg-accent-soft',
  queued: 'bg-surface-3',
} as const satisfies Record<Segment['look'], string>;

function Segments({ segments, view: { record, progress } }: { segments: readonly Segment[]; view: ExperimentView }) {
  return (
    <div
      aria-label={`Progress of ${record.id}`}
      aria-valuemax={progress.runsExpected}
      aria-valuemin={0}
      aria-valuenow={progress.runsOver}
      className="flex gap-px px-3 pb-3.5 md:gap-0.5 md:px-4"
      role="progressbar"
    >
      {segments.map((segment, index) => (
        <span
          className={clsx('h-1.5 min-w-0 rounded-[1.5px]', FILLS[segment.look])}
          // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place in the row.
          key={index}
          style={{ flex: segment.runs }}
        />
      ))}
    </div>
  );
}
