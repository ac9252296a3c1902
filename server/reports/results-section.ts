import { formatRange, formatRatio } from '@/pictures/figures';
import type { ExperimentPlan } from '../domain/experiment/experiment';
import { METRICS, PRIMARY } from '../domain/experiment/metrics';
import type { MetricResult, Reading } from '../domain/experiment/results';
import { type Block, type Cell, code, left, plain, right, type Section } from './report-document';
import { sayFigure, sayP, sayRange, sayRatio, UNKNOWN } from './report-figures';
import type { ReportInput } from './report-input';
import { sideOf } from './side-label';
import { workloadsApart } from './workload-words';

const HEAD = [
  left('scenario'),
  right('N'),
  left('variant'),
  left('metric'),
  right('pairs'),
  right('base median'),
  right('variant median'),
  right('ratio'),
  right('95 % CI'),
  right('p'),
  right('Holm p'),
  left('reading'),
  right('noise floor'),
  right('paper'),
  left('against paper'),
];

/** One row per scenario, workload, variant and metric; the metric on which the verdict rests stands in a table of its own. */
export function resultsSection({ view, results }: ReportInput): Section {
  const { plan } = view.record;
  const table = (caption: string, rows: readonly MetricResult[]): Block[] =>
    rows.length === 0 ? [] : [{ kind: 'table', caption, head: HEAD, rows: rows.map((row) => toCells(plan, row)) }];
  return {
    title: 'Results',
    blocks: [
      {
        kind: 'paragraph',
        text: 'A ratio is variant / base of one pair, the median is over the pairs that count. Below 1 is better for latencies and CPU, above 1 for throughput.',
      },
      ...table(
        `Primary metric: ${titleOf(PRIMARY)}`,
        results.rows.filter(({ metric }) => metric === PRIMARY),
      ),
      ...table(
        'Secondary metrics',
        results.rows.filter(({ metric }) => metric !== PRIMARY),
      ),
      ...paperBlocks(plan, results.rows),
    ],
  };
}

function toCells(plan: ExperimentPlan, row: MetricResult): Cell[] {
  return [
    code(placeOf(plan, row)),
    plain(row.replicas === 0 ? UNKNOWN : String(row.replicas)),
    code(sideOf(plan, row.side).label),
    plain(titleOf(row.metric)),
    plain(String(row.n)),
    plain(sayFigure(row.baseMedian, row.unit)),
    plain(sayFigure(row.variantMedian, row.unit)),
    { text: sayRatio(row.medianRatio), look: 'strong' },
    plain(sayRange(row.ci95)),
    plain(sayP(row.p)),
    plain(sayP(row.pHolm)),
    readingCell(row),
    plain(row.noise === null ? UNKNOWN : formatRange(row.noise, formatRatio)),
    plain(row.paper === null ? UNKNOWN : formatRange(row.paper.range, formatRatio)),
    paperCell(row),
  ];
}

const READINGS: Record<Reading, string> = {
  lower: 'lower',
  higher: 'higher',
  no_difference_shown: 'no difference shown',
  too_few_pairs: 'too few pairs',
};

function readingCell({ reading, better }: MetricResult): Cell {
  if (reading !== 'lower' && reading !== 'higher') return plain(READINGS[reading]);
  const isBetter = reading === better;
  return { text: `${READINGS[reading]}: ${isBetter ? 'better' : 'worse'}`, tone: isBetter ? 'good' : 'bad' };
}

function paperCell({ paperReading }: MetricResult): Cell {
  if (paperReading === null) return plain(UNKNOWN);
  if (paperReading.state === 'inside') return plain('inside');
  return { text: paperReading.state === 'too_good' ? 'too good' : 'too bad', tone: 'warn' };
}

/** What each band is, and why a result may lie outside of it. */
function paperBlocks(plan: ExperimentPlan, rows: readonly MetricResult[]): Block[] {
  const items = rows.flatMap((row) => {
    if (row.paper === null) return [];
    const { source, note } = row.paper;
    const band = `${placeOf(plan, row)}, ${row.variant}, ${titleOf(row.metric)}: ${source}, ${formatRange(row.paper.range, formatRatio)}. ${note}`;
    return [`${band}${sayCauses(row)}`];
  });
  if (items.length === 0) return [];
  const text =
    'What was published, and how the results lie to it. A result outside a band is no fault by itself; its likely causes stand beside it.';
  return [
    { kind: 'paragraph', text },
    { kind: 'list', items },
  ];
}

function sayCauses({ paperReading, medianRatio }: MetricResult): string {
  if (paperReading === null || paperReading.state === 'inside') return '';
  const where = paperReading.state === 'too_good' ? 'better than published' : 'worse than published';
  return ` Here ${sayRatio(medianRatio)}, ${where}: ${paperReading.causes.join(' ')}`;
}

/** The scenario, and the workload where the plan has several. */
export function placeOf({ workloads }: ExperimentPlan, { scenario, cell }: { scenario: string; cell: number }): string {
  const apart = workloadsApart(workloads)[cell % workloads.length] ?? '';
  return apart === '' ? scenario : `${scenario}, ${apart}`;
}

export function titleOf(metric: MetricResult['metric']): string {
  return METRICS.find((facts) => facts.metric === metric)?.title ?? metric;
}
