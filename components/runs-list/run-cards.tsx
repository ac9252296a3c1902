'use client';
import Link from 'next/link';
import { OffloadReading } from '@/components/proof/offload-reading';
import { RunVerdict } from '@/components/runs/run-verdict';
import { isOver } from '@/components/runs/use-run-view';
import { VariantTag } from '@/components/scenarios/variant-mark';
import { formatLatency, formatRate, formatWhen } from '@/components/ui/format';
import { PickBox, type RunRowsProps } from './run-table';

/** The same runs on a phone: three lines each, nothing scrolls sideways. */
export function RunCards({ rows, picked, onPick }: RunRowsProps) {
  return (
    <ul aria-label="Runs" className="md:hidden">
      {rows.map((row) => (
        <li className="flex flex-col gap-1.5 border-line border-b p-3 last:border-b-0" key={row.id}>
          <div className="flex items-center gap-2">
            <PickBox onPick={onPick} picked={picked.includes(row.id)} row={row} />
            <Link className="py-1 font-medium font-mono text-12" href={`/runs/${row.id}`}>
              {row.id}
            </Link>
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
          {row.remark === null ? null : <p className="text-12 text-fg-3">{row.remark}</p>}
        </li>
      ))}
    </ul>
  );
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <span>
      <span className="text-fg-3">{label}</span> {value}
    </span>
  );
}
