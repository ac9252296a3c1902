'use client';
import { X } from 'lucide-react';
import { RunVerdict } from '@/components/runs/run-verdict';
import { VariantTag } from '@/components/scenarios/variant-mark';
import { IconButton } from '@/components/ui/button';
import { Card, CardHead } from '@/components/ui/card';
import { formatMicros, formatRate } from '@/components/ui/format';
import { PageLink } from '@/components/ui/page-link';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import { TableExports } from '@/components/ui/table-exports';
import type { RunsComparison } from '@/server/api/types';
import { rawRuns, wordedRuns } from './many-words';

type ManyTableProps = { runs: RunsComparison['runs']; onRemove: (id: string) => void };

/** Every compared run with its figures and, if it does not count, why. */
export function ManyTable({ runs, onRemove }: ManyTableProps) {
  return (
    <Card label="Compared runs">
      <CardHead
        actions={<TableExports name="compared-runs" raw={rawRuns(runs)} worded={wordedRuns(runs)} />}
        context="measured window alone"
        title="Runs"
      />
      <Table
        head={
          <>
            <Th>Run</Th>
            <Th>Scenario</Th>
            <Th>Variant</Th>
            <Th numeric>p50, µs</Th>
            <Th numeric>p90, µs</Th>
            <Th numeric>p99, µs</Th>
            <Th numeric>p99.9, µs</Th>
            <Th numeric>mean, µs</Th>
            <Th numeric>req/s</Th>
            <Th numeric>CPU/req, µs</Th>
            <Th>Verdict</Th>
            <Th className="w-full">
              <span className="block min-w-40">Reason</span>
            </Th>
            <Th>
              <span className="sr-only">Leave out</span>
            </Th>
          </>
        }
        label="Compared runs"
      >
        {runs.map(({ summary, figures, reason, faults }) => (
          <Tr key={summary.id}>
            <Td>
              <PageLink className="font-medium font-mono text-12 hover:underline" href={`/runs/${summary.id}`}>
                {summary.id}
              </PageLink>
            </Td>
            <Td className="font-mono text-12">{summary.scenario}</Td>
            <Td>
              <VariantTag variant={summary.variant} />
            </Td>
            <Td numeric>{formatMicros(figures.p50)}</Td>
            <Td numeric>{formatMicros(figures.p90)}</Td>
            <Td numeric>{formatMicros(figures.p99)}</Td>
            <Td numeric>{formatMicros(figures.p999)}</Td>
            <Td numeric>{formatMicros(figures.mean)}</Td>
            <Td numeric>{formatRate(figures.throughput)}</Td>
            <Td numeric>{formatMicros(figures.leaderCpuPerRequest)}</Td>
            <Td>
              <RunVerdict run={summary} />
            </Td>
            <Td className="max-w-0 truncate text-12 text-fg-2" title={sayRemark(reason, faults)}>
              {sayRemark(reason, faults)}
            </Td>
            <Td>
              <IconButton icon={X} label={`Leave ${summary.id} out`} onClick={() => onRemove(summary.id)} />
            </Td>
          </Tr>
        ))}
      </Table>
    </Card>
  );
}

/** Why it does not count, and what was planned to be done to it. */
function sayRemark(reason: string | null, faults: string | null): string | undefined {
  const words = [reason, faults === null ? null : `faults: ${faults}`].filter((word) => word !== null);
  return words.length === 0 ? undefined : words.join('; ');
}
