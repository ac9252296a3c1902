import { formatLatency, formatRate, formatRatio, UNKNOWN } from '@/components/ui/format';
import type { TextTable } from '@/components/ui/table-text';
import type { Cell, MetricResult } from '@/server/api/types';
import { cellTitle, METRIC_TITLES } from './plan-words';

/** A figure of this row's metric with its unit. */
export function showFigure({ unit }: Pick<MetricResult, 'unit'>, value: number | null): string {
  if (value === null) return UNKNOWN;
  return unit === 'ns' ? formatLatency(value) : `${formatRate(value)} /s`;
}

/** `< 0.001`, `0.032`; the dash where six pairs are missing. */
export function showP(p: number | null): string {
  if (p === null) return UNKNOWN;
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

export function showRange(range: readonly [number, number] | null): string {
  return range === null ? UNKNOWN : `${formatRatio(range[0])} to ${formatRatio(range[1])}`;
}

/** What a row says about the variant, in words. */
export function readingWords({ reading, metric, better }: Pick<MetricResult, 'reading' | 'metric' | 'better'>): string {
  if (reading === 'no_difference_shown') return 'no difference shown';
  if (reading === 'too_few_pairs') return 'too few pairs';
  if (metric === 'throughput' || metric === 'leaderCpuPerRequest') return reading;
  return (reading === 'lower') === (better === 'lower') ? 'faster' : 'slower';
}

/** True or false for a difference that is shown, null else. */
export function isBetter({ reading, better }: Pick<MetricResult, 'reading' | 'better'>): boolean | null {
  return reading === 'lower' || reading === 'higher' ? reading === better : null;
}

/** Rows of one cell and variant stand together. */
export type ResultGroup = { key: string; cell: number; side: number; rows: MetricResult[] };

export function groupResults(rows: readonly MetricResult[]): ResultGroup[] {
  const groups = new Map<string, ResultGroup>();
  for (const row of rows) {
    const key = `${row.cell}/${row.side}`;
    const group = groups.get(key) ?? { key, cell: row.cell, side: row.side, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Ratios as far from 1 in either direction as the widest interval, in the logarithm; between 1.1 and 3 times. */
export function forestReach(rows: readonly MetricResult[]): number {
  const logs = rows
    .flatMap(({ ci95, medianRatio }) => [...(ci95 ?? []), medianRatio ?? 1])
    .map((ratio) => Math.abs(Math.log(ratio)));
  return Math.min(Math.log(3), Math.max(Math.log(1.1), ...logs.filter(Number.isFinite)) * 1.08);
}

/** Results beside the published band that share their likely causes. */
export type Outside = { state: 'too_good' | 'too_bad'; where: string[]; causes: string[] };

export function outsidePaper(rows: readonly MetricResult[], cells: readonly Cell[]): Outside[] {
  const groups = new Map<string, Outside>();
  const several = new Set(rows.map(({ side }) => side)).size > 1;
  for (const row of rows) {
    const { paperReading } = row;
    if (paperReading === null || paperReading.state === 'inside') continue;
    const { state, causes } = paperReading;
    const key = JSON.stringify([state, causes]);
    const group = groups.get(key) ?? { state, where: [], causes };
    const which = several ? ` of ${row.variant}` : '';
    group.where.push(`${METRIC_TITLES[row.metric]}${which} with ${cellTitle(row, cells)} (${formatRatio(row.medianRatio)})`);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** The table as it leaves the page: ratios unrounded. */
export function resultTable(rows: readonly MetricResult[], cells: readonly Cell[]): TextTable {
  return {
    head: [
      'cell',
      'replicas',
      'variant',
      'base',
      'metric',
      'unit',
      'n',
      'base median',
      'variant median',
      'median ratio',
      'ci95 low',
      'ci95 high',
      'p',
      'p Holm',
      'reading',
      'paper low',
      'paper high',
      'paper reading',
    ],
    rows: rows.map((row) => [
      cellTitle(row, cells),
      row.replicas,
      row.variant,
      row.base,
      METRIC_TITLES[row.metric],
      row.unit === 'ns' ? 'ns' : 'per s',
      row.n,
      row.baseMedian,
      row.variantMedian,
      row.medianRatio,
      row.ci95?.[0] ?? null,
      row.ci95?.[1] ?? null,
      row.p,
      row.pHolm,
      readingWords(row),
      row.paper?.range[0] ?? null,
      row.paper?.range[1] ?? null,
      row.paperReading?.state ?? null,
    ]),
  };
}

/** The same for people: figures with their units, as the page shows them. */
export function resultReading(rows: readonly MetricResult[], cells: readonly Cell[]): TextTable {
  return {
    head: [
      'cell',
      'variant',
      'metric',
      'pairs',
      'base',
      'variant median',
      'ratio',
      '95 % CI',
      'p',
      'p Holm',
      'reading',
      'paper',
    ],
    rows: rows.map((row) => [
      cellTitle(row, cells),
      row.variant,
      METRIC_TITLES[row.metric],
      row.n,
      showFigure(row, row.baseMedian),
      showFigure(row, row.variantMedian),
      formatRatio(row.medianRatio),
      showRange(row.ci95),
      showP(row.p),
      showP(row.pHolm),
      readingWords(row),
      row.paper === null ? '' : showRange(row.paper.range),
    ]),
  };
}
