'use client';
import { memo } from 'react';
import { formatCount, formatMicros } from '@/components/ui/format';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import { LEG_WORDS } from './legs';
import type { Operation } from './operations';
import { useLegSummary } from './use-leg-summary';

type LegTableProps = { operations: readonly Operation[]; inView: boolean };

/** How long each way took, over many operations. */
export const LegTable = memo(function LegTable({ operations, inView }: LegTableProps) {
  const { rows, n } = useLegSummary(operations);
  return (
    <section aria-label="Where the time goes" className="min-w-0">
      <header className="flex flex-wrap items-baseline gap-x-3 px-3 pt-3 pb-1 md:px-4">
        <h3>Where the time goes</h3>
        <span className="text-12 text-fg-3">
          n = {formatCount(n)} sampled operations {inView ? 'in view' : 'kept'}
        </span>
      </header>
      <Table
        head={
          <>
            <Th>Way</Th>
            <Th numeric>Median, µs</Th>
            <Th numeric>p99, µs</Th>
            <Th numeric>n</Th>
          </>
        }
        label="Where the time goes"
      >
        {rows.map((row) => (
          <Tr dense key={row.name}>
            <Td>{LEG_WORDS[row.name]}</Td>
            <Td numeric>{formatMicros(row.p50Us * 1e3)}</Td>
            <Td className="text-fg-2" numeric>
              {formatMicros(row.p99Us * 1e3)}
            </Td>
            <Td className="text-fg-3" numeric>
              {formatCount(row.n)}
            </Td>
          </Tr>
        ))}
      </Table>
    </section>
  );
});
