import { METRICS } from '@/server/domain/experiment/metrics';
import type { MetricResult } from '@/server/domain/experiment/results';
import type { ReportInput } from '@/server/reports/report-input';
import { formatCount, formatNs, table } from './format';

/** An experiment in a few lines for people: the verdict, then a row per scenario, variant and metric. */
export function renderExperiment({ view, results }: ReportInput): string {
  const { record, progress } = view;
  const head = ['', 'variant', 'measure', 'base', 'variant', 'ratio', '95 % CI', 'p', 'pairs', 'reading'];
  const rows = results.rows.map((row) => [
    row.workload.clients === 1 ? row.scenario : `${row.scenario}, ${row.workload.clients} clients`,
    row.variant,
    METRICS.find(({ metric }) => metric === row.metric)?.title ?? row.metric,
    showFigure(row, row.baseMedian),
    showFigure(row, row.variantMedian),
    row.medianRatio?.toFixed(3) ?? '-',
    row.ci95?.map((bound) => bound.toFixed(3)).join(' to ') ?? '-',
    row.pHolm?.toFixed(4) ?? '-',
    `${row.n}`,
    row.reading.replaceAll('_', ' '),
  ]);
  const left = progress.suspect + progress.invalid;
  return [
    `${record.id}  ${record.plan.title}  ${record.state}`,
    results.verdict.headline,
    results.verdict.detail,
    results.noiseNote ?? '',
    `${progress.pairsCounted} of ${progress.pairsWanted} pairs count; ${left} of ${progress.runsOver} runs are not valid`,
    '',
    table([head, ...rows]),
  ]
    .filter((line, at) => line !== '' || at === 5)
    .join('\n');
}

function showFigure({ unit }: MetricResult, value: number | null): string {
  if (value === null) return '-';
  return unit === 'ns' ? formatNs(value) : `${formatCount(value)}/s`;
}
