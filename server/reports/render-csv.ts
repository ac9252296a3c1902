import type { ExperimentView } from '../domain/experiment/experiment';
import { METRICS } from '../domain/experiment/metrics';
import type { ExperimentResults, MetricResult } from '../domain/experiment/results';
import { sayAmount } from './workload-words';

type Value = string | number | null;
type Columns<Row> = Record<string, (row: Row) => Value>;

/** Figures unrounded, in the units their names end in (ns, requests per second); what is not known is empty. */
const RESULT_COLUMNS: Columns<MetricResult> = {
  scenario: ({ scenario }) => scenario,
  replicas: ({ replicas }) => replicas,
  amount: ({ workload }) => sayAmount(workload),
  clients: ({ workload }) => workload.clients,
  payload_bytes: ({ workload }) => workload.payloadBytes,
  get_percent: ({ workload }) => workload.getPercent,
  placement: ({ workload }) => workload.placement,
  base: ({ base }) => base,
  variant: ({ variant }) => variant,
  side: ({ side }) => side,
  metric: ({ metric }) => metric,
  unit: ({ unit }) => unit,
  pairs: ({ n }) => n,
  base_median: ({ baseMedian }) => baseMedian,
  variant_median: ({ variantMedian }) => variantMedian,
  median_ratio: ({ medianRatio }) => medianRatio,
  ci95_low: ({ ci95 }) => ci95?.[0] ?? null,
  ci95_high: ({ ci95 }) => ci95?.[1] ?? null,
  p: ({ p }) => p,
  p_holm: ({ pHolm }) => pHolm,
  reading: ({ reading }) => reading,
  noise_low: ({ noise }) => noise?.[0] ?? null,
  noise_high: ({ noise }) => noise?.[1] ?? null,
  paper_source: ({ paper }) => paper?.source ?? null,
  paper_low: ({ paper }) => paper?.range[0] ?? null,
  paper_high: ({ paper }) => paper?.range[1] ?? null,
  paper_reading: ({ paperReading }) => paperReading?.state ?? null,
};

/** A row per scenario, workload, variant and metric. */
export function resultsCsv({ rows }: Pick<ExperimentResults, 'rows'>): string {
  return toCsv(RESULT_COLUMNS, rows);
}

/** A row per run in the order launched, those that do not count among them. */
export function runsCsv({ record, cells, runs }: Pick<ExperimentView, 'record' | 'cells' | 'runs'>): string {
  const columns: Columns<{ run: ExperimentView['runs'][number]; position: number }> = {
    position: ({ position }) => position,
    run: ({ run }) => run.sourceId,
    scenario: ({ run }) => cells[run.cell]?.scenario ?? null,
    clients: ({ run }) => cells[run.cell]?.workload.clients ?? null,
    cell: ({ run }) => run.cell,
    pair: ({ run }) => run.pair,
    attempt: ({ run }) => run.attempt,
    side: ({ run }) => run.side,
    variant: ({ run }) => record.plan.variants[run.side] ?? run.variant,
    state: ({ run }) => run.state,
    started_at: ({ run }) => isoTime(run.startedAt),
    ended_at: ({ run }) => isoTime(run.endedAt),
    ...Object.fromEntries(
      METRICS.map(({ metric, unit }) => [
        `${metric}_${unit}`,
        ({ run }: { run: ExperimentView['runs'][number] }) => run.figures[metric],
      ]),
    ),
    verdict: ({ run }) => run.verdict,
    reason: ({ run }) => run.reason,
  };
  return toCsv(
    columns,
    runs.map((run, at) => ({ run, position: at + 1 })),
  );
}

const isoTime = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** RFC 4180: CRLF, and quotes doubled. */
function toCsv<Row>(columns: Columns<Row>, rows: readonly Row[]): string {
  const lines = rows.map((row) => Object.values(columns).map((read) => field(read(row))));
  return [Object.keys(columns), ...lines].map((line) => `${line.join(',')}\r\n`).join('');
}

/** A spreadsheet takes text that begins like a formula for one; an apostrophe before it makes it text. Numbers stay. */
function field(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
