'use client';
import { VariantTag } from '@/components/scenarios/variant-mark';
import { Card, CardFoot, CardHead } from '@/components/ui/card';
import { formatRatio } from '@/components/ui/format';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import { TableExports } from '@/components/ui/table-exports';
import type { Comparison } from '@/server/api/types';
import { rawMetrics, sayFigure, sayReading, wordedMetrics } from './metric-words';

/** Both runs' figures and their ratio; no ratio where the comparison is invalid. */
export function MetricTable({ comparison }: { comparison: Comparison }) {
  const { a, b, metrics, verdict } = comparison;
  return (
    <Card label="Statistics">
      <CardHead
        actions={
          <TableExports
            name={`${a.config.id}-${b.config.id}`}
            raw={rawMetrics(comparison)}
            title={`${verdict.headline} ${verdict.detail}`}
            worded={wordedMetrics(comparison)}
          />
        }
        context="one pair, measured window alone"
        title="Statistics"
      />
      <Table
        head={
          <>
            <Th>Measure</Th>
            <Th numeric>
              <VariantTag variant={a.config.variant.name} /> <span className="mono">{a.config.id}</span>
            </Th>
            <Th numeric>
              <VariantTag variant={b.config.variant.name} /> <span className="mono">{b.config.id}</span>
            </Th>
            <Th numeric>Ratio</Th>
            <Th>Reading</Th>
          </>
        }
        label="Statistics"
      >
        {metrics.map((row) => (
          <Tr key={row.metric}>
            <Td className="font-medium">{row.title}</Td>
            <Td numeric>{sayFigure(row.unit, row.a)}</Td>
            <Td numeric>{sayFigure(row.unit, row.b)}</Td>
            <Td className="font-semibold" numeric>
              {formatRatio(row.ratio)}
            </Td>
            <Td className="text-fg-2">{sayReading(row)}</Td>
          </Tr>
        ))}
      </Table>
      <CardFoot>
        {verdict.kind === 'invalid'
          ? 'No ratio is shown for an invalid comparison. '
          : 'A single pair has no interval: repeat it in turn before you believe a ratio. '}
        Percentiles come from merged histograms, never from averages of percentiles.
      </CardFoot>
    </Card>
  );
}
