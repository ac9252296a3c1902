import { UNKNOWN } from '@/components/ui/format';
import type { TextTable } from '@/components/ui/table-text';
import type { ExperimentMetric, RunsComparison } from '@/server/api/types';
import { sayFigure } from './metric-words';

type Run = RunsComparison['runs'][number];
type Group = RunsComparison['groups'][number];

/** The figures of both tables, in their order; units as the raw files name them. */
export const FIGURES = [
  { metric: 'p50', title: 'p50', unit: 'ns' },
  { metric: 'p90', title: 'p90', unit: 'ns' },
  { metric: 'p99', title: 'p99', unit: 'ns' },
  { metric: 'p999', title: 'p99.9', unit: 'ns' },
  { metric: 'mean', title: 'mean', unit: 'ns' },
  { metric: 'throughput', title: 'throughput', unit: 'per_s' },
  { metric: 'leaderCpuPerRequest', title: 'leader CPU per request', unit: 'ns' },
] as const satisfies readonly { metric: ExperimentMetric; title: string; unit: 'ns' | 'per_s' }[];

/** `198.2 to 214.0 µs`, with one unit where both ends share it; '' for a single run. */
export function sayRange(unit: 'ns' | 'per_s', range: [number, number] | null): string {
  if (range === null || range[0] === range[1]) return '';
  const [low, high] = range.map((value) => sayFigure(unit, value));
  const [lowNumber, lowUnit] = low?.split(' ') ?? [];
  return high?.endsWith(` ${lowUnit}`) ? `${lowNumber} to ${high}` : `${low} to ${high}`;
}

export function rawRuns(runs: readonly Run[]): TextTable {
  return {
    head: [
      'run',
      'scenario',
      'variant',
      'state',
      'verdict',
      'reason',
      'faults',
      ...FIGURES.map(({ metric, unit }) => `${metric}_${unit}`),
    ],
    rows: runs.map(({ summary, figures, reason, faults }) => [
      summary.id,
      summary.scenario,
      summary.variant,
      summary.state,
      summary.verdict,
      reason,
      faults,
      ...FIGURES.map(({ metric }) => figures[metric]),
    ]),
  };
}

export function wordedRuns(runs: readonly Run[]): TextTable {
  return {
    head: ['run', 'scenario', 'variant', ...FIGURES.map(({ title }) => title), 'verdict'],
    rows: runs.map(({ summary, figures, reason }) => [
      summary.id,
      summary.scenario,
      summary.variant,
      ...FIGURES.map(({ metric, unit }) => sayFigure(unit, figures[metric])),
      [summary.verdict ?? summary.state, reason].filter((word) => word !== null).join(': '),
    ]),
  };
}

export function rawGroups(groups: readonly Group[]): TextTable {
  const columns = FIGURES.flatMap(({ metric, unit }) => ['median', 'low', 'high'].map((what) => `${metric}_${what}_${unit}`));
  return {
    head: ['scenario', 'variant', 'workload', 'faults', 'runs', 'valid', ...columns],
    rows: groups.map((group) => [
      group.scenario,
      group.variant,
      group.workload,
      group.faults,
      group.runs,
      group.valid,
      ...FIGURES.flatMap(({ metric }) => [group.medians[metric], ...(group.range[metric] ?? [null, null])]),
    ]),
  };
}

export function wordedGroups(groups: readonly Group[]): TextTable {
  return {
    head: [
      'scenario',
      'variant',
      'workload',
      'faults',
      'valid runs',
      ...FIGURES.map(({ title }) => `${title}, median (range)`),
    ],
    rows: groups.map((group) => [
      group.scenario,
      group.variant,
      group.workload,
      group.faults ?? 'none',
      `${group.valid} of ${group.runs}`,
      ...FIGURES.map(({ metric, unit }) => sayMedian(unit, group.medians[metric], group.range[metric])),
    ]),
  };
}

function sayMedian(unit: 'ns' | 'per_s', median: number | null, range: [number, number] | null): string {
  if (median === null) return UNKNOWN;
  const around = sayRange(unit, range);
  return around === '' ? sayFigure(unit, median) : `${sayFigure(unit, median)} (${around})`;
}
