'use client';
import { VariantTag } from '@/components/scenarios/variant-mark';
import { Card, CardFoot, CardHead } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { formatLatency, formatRate, formatRatio, UNKNOWN } from '@/components/ui/format';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import type { Comparison, MetricRow } from '@/server/api/types';

/** Both runs' figures and their ratio; no ratio where the comparison is invalid. */
export function MetricTable({ comparison }: { comparison: Comparison }) {
  const { a, b, metrics, verdict } = comparison;
  return (
    <Card label="Statistics">
      <CardHead
        actions={<CopyButton label="Copy as Markdown" text={markdown(comparison)} />}
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
            <Td numeric>{show(row, row.a)}</Td>
            <Td numeric>{show(row, row.b)}</Td>
            <Td className="font-semibold" numeric>
              {formatRatio(row.ratio)}
            </Td>
            <Td className="text-fg-2">{reading(row)}</Td>
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

function show(row: MetricRow, value: number | null): string {
  if (value === null) return UNKNOWN;
  if (row.unit === 'ns') return formatLatency(value);
  return row.unit === 'per_s' ? `${formatRate(value)} /s` : formatRatio(value);
}

function reading(row: MetricRow): string {
  if (row.ratio === null || row.better === 'neither') return '';
  const change = Math.round((row.ratio - 1) * 100);
  if (change === 0) return 'as high in this pair';
  return `${Math.abs(change)} % ${change < 0 ? 'lower' : 'higher'} in this pair`;
}

function markdown({ a, b, metrics, verdict }: Comparison): string {
  const head = `| measure | ${a.config.variant.name} ${a.config.id} | ${b.config.variant.name} ${b.config.id} | ratio |`;
  const rows = metrics.map((row) => `| ${row.title} | ${show(row, row.a)} | ${show(row, row.b)} | ${formatRatio(row.ratio)} |`);
  return [`${verdict.headline} ${verdict.detail}`, '', head, '|---|---:|---:|---:|', ...rows].join('\n');
}
