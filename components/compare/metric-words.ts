import { formatLatency, formatRate, formatRatio, UNKNOWN } from '@/components/ui/format';
import type { TextTable } from '@/components/ui/table-text';
import type { Comparison, MetricRow } from '@/server/api/types';

/** A figure with its unit. */
export function sayFigure(unit: MetricRow['unit'], value: number | null): string {
  if (value === null) return UNKNOWN;
  if (unit === 'ns') return formatLatency(value);
  return unit === 'per_s' ? `${formatRate(value)} /s` : formatRatio(value);
}

/** What the ratio of one pair says, and no more. */
export function sayReading({ ratio, better }: MetricRow): string {
  if (ratio === null || better === 'neither') return '';
  const change = Math.round((ratio - 1) * 100);
  if (change === 0) return 'as high in this pair';
  return `${Math.abs(change)} % ${change < 0 ? 'lower' : 'higher'} in this pair`;
}

/** The table of statistics with raw figures. */
export function rawMetrics({ a, b, metrics }: Comparison): TextTable {
  return {
    head: ['metric', 'unit', a.config.id, b.config.id, 'ratio'],
    rows: metrics.map((row) => [row.metric, row.unit, row.a, row.b, row.ratio]),
  };
}

/** The same as the page words it. */
export function wordedMetrics({ a, b, metrics }: Comparison): TextTable {
  return {
    head: ['measure', `${a.config.variant.name} ${a.config.id}`, `${b.config.variant.name} ${b.config.id}`, 'ratio'],
    rows: metrics.map((row) => [row.title, sayFigure(row.unit, row.a), sayFigure(row.unit, row.b), formatRatio(row.ratio)]),
  };
}
