import { formatCount, formatPlural } from '@/components/ui/format';
import type { Cell, ExperimentMetric, ExperimentPlan, Workload } from '@/server/api/types';

/** How metrics are called on the page. */
export const METRIC_TITLES = {
  p50: 'p50',
  p90: 'p90',
  p99: 'p99',
  p999: 'p99.9',
  mean: 'mean',
  throughput: 'throughput',
  leaderCpuPerRequest: 'leader CPU per request',
} as const satisfies Record<ExperimentMetric, string>;

/** A control (A/A) names one variant twice. */
export function isControl({ variants }: Pick<ExperimentPlan, 'variants'>): boolean {
  return variants.every((variant) => variant === variants[0]);
}

/** `(A)`, `(B)`: what tells the two sides of a control apart, here as in the pictures; null where the variant does. */
export function sideWord(plan: Pick<ExperimentPlan, 'variants'>, side: number): string | null {
  return isControl(plan) ? `(${String.fromCharCode(65 + side)})` : null;
}

/** `baseline against itself`, `tc_broadcast against baseline`, `a, b and c against baseline`. */
export function comparisonWords({ variants }: Pick<ExperimentPlan, 'variants'>): string {
  const [base = '', ...others] = variants;
  return isControl({ variants }) ? `${base} against itself` : `${listWords(others)} against ${base}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listWords(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** `20,000 requests`, `20 s`. */
export function amountWords({ amount }: Workload): string {
  return amount.kind === 'requests' ? formatPlural(amount.requests, 'request', 'requests') : `${amount.seconds} s`;
}

export function clientWords({ clients }: Workload): string {
  return formatPlural(clients, 'client', 'clients');
}

type Part = { of: (workload: Workload) => string };

const PARTS: readonly Part[] = [
  { of: clientWords },
  { of: amountWords },
  { of: ({ payloadBytes }) => `${formatCount(payloadBytes)} B` },
  { of: ({ warmupSeconds }) => `${warmupSeconds} s warm-up` },
  { of: ({ getPercent }) => `${getPercent} % GETs` },
  { of: ({ placement }) => placement },
];

/** What tells this cell's workload from the others' of the plan: `4 clients`; empty where all are the same. */
export function workloadDifference(workload: Workload, cells: readonly Cell[]): string {
  return PARTS.filter(({ of }) => new Set(cells.map((cell) => of(cell.workload))).size > 1)
    .map(({ of }) => of(workload))
    .join(', ');
}

/** `scenario5`, `scenario5, 4 clients`. */
export function cellTitle(cell: Pick<Cell, 'scenario' | 'workload'>, cells: readonly Cell[]): string {
  const difference = workloadDifference(cell.workload, cells);
  return difference === '' ? cell.scenario : `${cell.scenario}, ${difference}`;
}

/** In which order the sides of a pair run, and how often. */
export function orderWords({ variants, pairs }: Pick<ExperimentPlan, 'variants' | 'pairs'>): string {
  const rounds = formatPlural(pairs, 'round', 'rounds');
  return variants.length === 2 ? `ABBA, ${rounds}` : `balanced blocks of ${variants.length}, ${rounds}`;
}

/** Below it there is neither an interval that carries a claim nor a p. */
const LEAST_PAIRS = 6;

/** The plan whose intervals calibrate this one: its base against itself under the same workloads. */
export function controlOf(plan: ExperimentPlan): ExperimentPlan {
  const [base = ''] = plan.variants;
  return {
    ...plan,
    title: `Noise floor of ${base}`,
    question: `How far does ${base} differ from itself on this machine?`,
    variants: [base, base],
    pairs: Math.max(LEAST_PAIRS, plan.pairs),
  };
}
