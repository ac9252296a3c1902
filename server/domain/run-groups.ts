import type { ExperimentMetric } from './experiment/experiment';
import type { RunId, RunSummary } from './run';
import { median } from './statistics/median';
import { count, times } from './wording';
import type { Workload } from './workload';

/** Runs that measured the same thing. */
export type RunGroup = {
  scenario: string;
  variant: string;
  /** Every field of it in words: `20,000 requests after 2 s, 1 client, 64 B, 50 % GETs, auto`. */
  workload: string;
  /** The plan of faults that all of them ran under: `at 5 s kill leader`; null without one. */
  faults: string | null;
  runs: number;
  valid: number;
  ids: RunId[];
  /** The valid ones of them. */
  counted: RunId[];
  /** Over the valid runs that know the figure; null without one. */
  medians: Record<ExperimentMetric, number | null>;
  range: Record<ExperimentMetric, [low: number, high: number] | null>;
};

type Member = { summary: RunSummary; figures: Record<ExperimentMetric, number | null>; faults: string | null };

/** One group per scenario, variant, workload and plan of faults; those that differ in the variant alone stand together, the baseline first. */
export function groupRuns(runs: readonly Member[]): RunGroup[] {
  const byScenario = new Map<string, Map<string, Member[]>>();
  for (const run of runs) {
    const { scenario, variant, workload } = run.summary;
    const place = [scenario, sayWorkload(workload), run.faults].join('\n');
    const variants = byScenario.get(place) ?? new Map<string, Member[]>();
    byScenario.set(place, variants.set(variant, [...(variants.get(variant) ?? []), run]));
  }
  return [...byScenario.values()].flatMap((variants) => {
    const baseline = variants.get('baseline') ?? [];
    const others = [...variants].flatMap(([variant, members]) => (variant === 'baseline' ? [] : [members]));
    return [baseline, ...others].flatMap(toGroup);
  });
}

function toGroup(members: Member[]): RunGroup[] {
  const [first] = members;
  if (first === undefined) return [];
  const { scenario, variant, workload } = first.summary;
  const counted = members.filter(({ summary }) => isCounted(summary));
  const valuesOf = (metric: ExperimentMetric) => counted.flatMap(({ figures }) => figures[metric] ?? []);
  return [
    {
      scenario,
      variant,
      workload: sayWorkload(workload),
      faults: first.faults,
      runs: members.length,
      valid: counted.length,
      ids: members.map(({ summary }) => summary.id),
      counted: counted.map(({ summary }) => summary.id),
      medians: byMetric((metric) => median(valuesOf(metric))),
      range: byMetric((metric) => rangeOf(valuesOf(metric))),
    },
  ];
}

/** Runs from before there were gates go by their proof. */
function isCounted({ state, verdict, valid }: RunSummary): boolean {
  return state === 'done' && (verdict === null ? valid === true : verdict === 'valid');
}

function byMetric<T>(of: (metric: ExperimentMetric) => T): Record<ExperimentMetric, T> {
  return {
    p50: of('p50'),
    p90: of('p90'),
    p99: of('p99'),
    p999: of('p999'),
    mean: of('mean'),
    throughput: of('throughput'),
    leaderCpuPerRequest: of('leaderCpuPerRequest'),
  };
}

const rangeOf = (values: number[]): [number, number] | null =>
  values.length === 0 ? null : [Math.min(...values), Math.max(...values)];

function sayWorkload({ amount, warmupSeconds, clients, payloadBytes, getPercent, placement }: Workload): string {
  const measured = amount.kind === 'requests' ? times(amount.requests, 'request') : `${amount.seconds} s`;
  const load = `${times(clients, 'client')}, ${count(payloadBytes)} B, ${getPercent} % GETs, ${placement}`;
  return `${measured} after ${warmupSeconds} s, ${load}`;
}
