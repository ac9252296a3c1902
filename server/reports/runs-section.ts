import type { ExperimentMetric, PlannedRun } from '../domain/experiment/experiment';
import { METRICS } from '../domain/experiment/metrics';
import { type Cell, type Column, code, left, plain, right, type Section } from './report-document';
import { sayCount, sayMicros, sayTime } from './report-figures';
import type { ReportInput } from './report-input';
import { placeOf } from './results-section';
import { sideOf } from './side-label';

/** Every run, those that do not count among them, by the id it has where it was measured. */
export function runsSection({ view }: ReportInput): Section {
  if (view.runs.length === 0) return { title: 'All runs', blocks: [{ kind: 'paragraph', text: 'Nothing has run yet.' }] };
  return {
    title: 'All runs',
    blocks: [
      {
        kind: 'table',
        caption: 'In the order they were launched',
        head: HEAD,
        rows: view.runs.map((run, at) => toCells(view, run, at)),
      },
    ],
  };
}

const UNIT = { ns: 'µs', per_s: '/s' } as const;

const HEAD: Column[] = [
  right('#'),
  left('run'),
  left('scenario'),
  right('pair'),
  right('attempt'),
  left('side'),
  left('started'),
  ...METRICS.map(({ title, unit }) => right(`${title}, ${UNIT[unit]}`)),
  left('verdict'),
];

function toCells({ record, cells }: ReportInput['view'], run: PlannedRun, at: number): Cell[] {
  const { plan } = record;
  const scenario = cells[run.cell]?.scenario ?? '';
  return [
    plain(String(at + 1)),
    code(run.sourceId),
    code(placeOf(plan, { scenario, cell: run.cell })),
    plain(String(run.pair)),
    plain(String(run.attempt)),
    code(sideOf(plan, run.side).label),
    plain(sayTime(run.startedAt)),
    ...METRICS.map(({ metric, unit }) => figureCell(run, metric, unit)),
    verdictCell(run),
  ];
}

function figureCell({ figures }: PlannedRun, metric: ExperimentMetric, unit: 'ns' | 'per_s'): Cell {
  return plain(unit === 'ns' ? sayMicros(figures[metric]) : sayCount(figures[metric]));
}

function verdictCell({ verdict, state }: PlannedRun): Cell {
  if (verdict === null) return plain(state);
  const text = state === 'done' ? verdict : `${verdict}, ${state}`;
  if (verdict === 'valid') return plain(text);
  return { text, tone: verdict === 'invalid' ? 'bad' : 'warn' };
}
