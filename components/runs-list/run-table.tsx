'use client';
import Link from 'next/link';
import { OffloadReading } from '@/components/proof/offload-reading';
import { RunVerdict } from '@/components/runs/run-verdict';
import { isOver } from '@/components/runs/use-run-view';
import { VariantTag, variantColour } from '@/components/scenarios/variant-mark';
import { Checkbox } from '@/components/ui/checkbox';
import { formatMicros, formatRate, formatWhen } from '@/components/ui/format';
import { Spark } from '@/components/ui/spark';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import type { RunSummary } from '@/server/api/types';

export type RunRowsProps = {
  rows: readonly RunSummary[];
  picked: readonly string[];
  onPick: (id: string) => void;
};

/** The runs as a table, from tablet width on. */
export function RunTable({ rows, picked, onPick }: RunRowsProps) {
  return (
    <Table
      className="hidden md:block"
      head={
        <>
          <Th>
            <span className="sr-only">Pick to compare</span>
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
          <Th>Remark</Th>
          <Th numeric>Started</Th>
        </>
      }
      label="Runs"
    >
      {rows.map((row) => (
        <RunRow key={row.id} onPick={onPick} picked={picked.includes(row.id)} row={row} />
      ))}
    </Table>
  );
}

type RowProps = { row: RunSummary; picked: boolean; onPick: (id: string) => void };

function RunRow({ row, picked, onPick }: RowProps) {
  const running = !isOver(row.state);
  return (
    <Tr tone={picked || (running && row.state !== 'queued') ? 'selected' : 'plain'}>
      <Td className="w-8 pr-0">
        <PickBox onPick={onPick} picked={picked} row={row} />
      </Td>
      <Td>
        <Link className="font-medium font-mono text-12 hover:underline" href={`/runs/${row.id}`}>
          {row.id}
        </Link>
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
      <Td className="max-w-[240px] truncate text-12 text-fg-3" title={row.remark ?? undefined}>
        {row.remark}
      </Td>
      <Td className="text-fg-3" numeric>
        {formatWhen(row.startedAt ?? row.createdAt)}
      </Td>
    </Tr>
  );
}

/** Picks a run for a comparison; only finished ones can be compared. */
export function PickBox({ row, picked, onPick }: RowProps) {
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
