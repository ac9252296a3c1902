'use client';
import { memo } from 'react';
import { MarksEditor } from '@/components/history/marks-editor';
import { EditMarks, ExperimentLink, RunNote, RunTags } from '@/components/history/run-marks';
import { OffloadReading } from '@/components/proof/offload-reading';
import { RunVerdict } from '@/components/runs/run-verdict';
import { isOver } from '@/components/runs/use-run-view';
import { VariantTag, variantColour } from '@/components/scenarios/variant-mark';
import { Checkbox } from '@/components/ui/checkbox';
import { formatMicros, formatRate, formatWhen } from '@/components/ui/format';
import { PageLink } from '@/components/ui/page-link';
import { Spark } from '@/components/ui/spark';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import type { RunRowProps, RunRowsProps } from './run-row-props';

const COLUMNS = 12;

/** The runs as a table, from tablet width on. */
export function RunTable({ rows, picks, editing, onEdit }: RunRowsProps) {
  const pickable = rows.flatMap((row) => (isOver(row.state) ? [row.id] : []));
  return (
    <Table
      head={
        <>
          <Th>
            <Checkbox
              checked={pickable.length > 0 && pickable.every(picks.has)}
              disabled={pickable.length === 0}
              label="Pick all runs shown"
              onChange={() => picks.toggleAll(pickable)}
            />
          </Th>
          <Th>Run</Th>
          <Th>Scenario</Th>
          <Th>Variant</Th>
          <Th numeric>p50, µs</Th>
          <Th numeric>p99, µs</Th>
          <Th numeric>req/s</Th>
          <Th>p99 over time</Th>
          <Th>Offload</Th>
          <Th>Verdict</Th>
          <Th className="w-full">
            <span className="block min-w-52">Tags and remark</span>
          </Th>
          <Th numeric>Started</Th>
        </>
      }
      label="Runs"
    >
      {rows.map((row) => (
        <RunRow
          editing={editing === row.id}
          key={row.id}
          onEdit={onEdit}
          onPick={picks.toggle}
          picked={picks.has(row.id)}
          row={row}
        />
      ))}
    </Table>
  );
}

const RunRow = memo(function RunRow({ row, picked, onPick, editing, onEdit }: RunRowProps) {
  const running = !isOver(row.state);
  return (
    <>
      <Tr tone={picked || (running && row.state !== 'queued') ? 'selected' : 'plain'}>
        <Td className="w-8 pr-0">
          <PickBox onPick={onPick} picked={picked} row={row} />
        </Td>
        <Td>
          <PageLink className="font-medium font-mono text-12 hover:underline" href={`/runs/${row.id}`}>
            {row.id}
          </PageLink>
        </Td>
        <Td className="font-mono text-12">{row.scenario}</Td>
        <Td>
          <VariantTag variant={row.variant} />
        </Td>
        <Td numeric>{formatMicros(row.p50Ns)}</Td>
        <Td numeric>{formatMicros(row.p99Ns)}</Td>
        <Td numeric>{formatRate(row.throughputPerS)}</Td>
        <Td>
          <Spark colour={variantColour(row.variant)} values={row.p99SparkNs} />
        </Td>
        <Td className="text-12">{row.mechanism === null ? '–' : <OffloadReading soFar={running} verdict={row.mechanism} />}</Td>
        <Td>
          <RunVerdict run={row} />
        </Td>
        <Td className="max-w-0">
          <div className="flex min-w-0 items-center gap-1.5 text-12 text-fg-3">
            <ExperimentLink row={row} />
            <RunTags tags={row.tags} />
            {row.remark === null ? null : (
              <span className="min-w-0 truncate" title={row.remark}>
                {row.remark}
              </span>
            )}
            {row.note === null ? null : <RunNote note={row.note} />}
            <span className="ml-auto">
              <EditMarks id={row.id} onEdit={onEdit} open={editing} />
            </span>
          </div>
        </Td>
        <Td className="text-fg-3" numeric>
          {formatWhen(row.startedAt ?? row.createdAt)}
        </Td>
      </Tr>
      {editing ? (
        <tr className="border-line border-b bg-surface-2">
          <td className="px-4 py-3" colSpan={COLUMNS}>
            <MarksEditor onClose={() => onEdit(null)} row={row} />
          </td>
        </tr>
      ) : null}
    </>
  );
});

type PickBoxProps = Pick<RunRowProps, 'row' | 'picked' | 'onPick'>;

/** Picks a run; only finished ones can be compared, exported or removed. */
export function PickBox({ row, picked, onPick }: PickBoxProps) {
  const over = isOver(row.state);
  return (
    <Checkbox
      checked={picked}
      disabled={!over}
      label={over ? `Pick ${row.id} to compare` : `${row.id} is not over and cannot be compared yet`}
      onChange={() => onPick(row.id)}
    />
  );
}
