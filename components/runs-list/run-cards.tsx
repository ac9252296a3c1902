'use client';
import { memo } from 'react';
import { MarksEditor } from '@/components/history/marks-editor';
import { EditMarks, ExperimentLink, RunNote, RunTags } from '@/components/history/run-marks';
import { OffloadReading } from '@/components/proof/offload-reading';
import { RunVerdict } from '@/components/runs/run-verdict';
import { isOver } from '@/components/runs/use-run-view';
import { VariantTag } from '@/components/scenarios/variant-mark';
import { formatLatency, formatRate, formatWhen } from '@/components/ui/format';
import { PageLink } from '@/components/ui/page-link';
import type { RunRowProps, RunRowsProps } from './run-row-props';
import { PickBox } from './run-table';

/** The same runs on a phone: a few lines each, nothing scrolls sideways. */
export function RunCards({ rows, picks, editing, onEdit }: RunRowsProps) {
  return (
    <ul aria-label="Runs">
      {rows.map((row) => (
        <RunCard
          editing={editing === row.id}
          key={row.id}
          onEdit={onEdit}
          onPick={picks.toggle}
          picked={picks.has(row.id)}
          row={row}
        />
      ))}
    </ul>
  );
}

const RunCard = memo(function RunCard({ row, picked, onPick, editing, onEdit }: RunRowProps) {
  return (
    <li className="flex flex-col gap-1.5 border-line border-b p-3 last:border-b-0">
      <div className="flex items-center gap-2">
        <PickBox onPick={onPick} picked={picked} row={row} />
        <PageLink className="py-1 font-medium font-mono text-12" href={`/runs/${row.id}`}>
          {row.id}
        </PageLink>
        <span className="truncate font-mono text-12 text-fg-2">{row.scenario}</span>
        <span className="ml-auto">
          <RunVerdict run={row} />
        </span>
      </div>
      <div className="flex items-center gap-2">
        <VariantTag variant={row.variant} />
        <span className="ml-auto text-12">
          {row.mechanism === null ? '–' : <OffloadReading soFar={!isOver(row.state)} verdict={row.mechanism} />}
        </span>
      </div>
      <div className="flex flex-wrap items-center gap-x-2.5 text-12 text-fg-2">
        <Figure label="p50" value={formatLatency(row.p50Ns)} />
        <Figure label="p99" value={formatLatency(row.p99Ns)} />
        <Figure label="rate" value={`${formatRate(row.throughputPerS)} /s`} />
        <span className="ml-auto text-fg-3">{formatWhen(row.startedAt ?? row.createdAt)}</span>
      </div>
      <div className="flex min-w-0 items-center gap-1.5 text-12 text-fg-3">
        <span className="flex min-w-0 flex-1 flex-wrap items-center gap-1.5">
          <ExperimentLink row={row} />
          <RunTags tags={row.tags} />
          {row.remark === null ? null : <span>{row.remark}</span>}
          {row.note === null ? null : <RunNote note={row.note} />}
        </span>
        <EditMarks id={row.id} onEdit={onEdit} open={editing} />
      </div>
      {editing ? <MarksEditor onClose={() => onEdit(null)} row={row} /> : null}
    </li>
  );
});

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <span>
      <span className="text-fg-3">{label}</span> {value}
    </span>
  );
}
