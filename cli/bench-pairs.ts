/**
 * Interleaved pairs of baseline and tc_broadcast per scenario, by the same use cases as panel and CLI. Pairs alternate AB, BA,
 * so that a machine that slows down or speeds up over the session favours neither side.
 */
import { fileURLToPath } from 'node:url';
import type { RunView } from '@/server/domain/run';
import { readEnv } from '@/server/env';
import { type OpenLab, openLab } from '@/server/open-lab';
import { execute, onInterrupt } from './execute';
import { table } from './format';
import { type PairRatios, pairRatios, type RatioSummary, summariseRatios } from './pair-statistics';
import { parse, takePositionals, toNumber, UsageError } from './usage';
import { readWorkload, WORKLOAD_OPTIONS } from './workload-options';

const OPTIONS = {
  ...WORKLOAD_OPTIONS,
  scenarios: { type: 'string', default: 'scenario3,scenario5,scenario7' },
  pairs: { type: 'string', default: '10' },
  baseline: { type: 'string', default: 'baseline' },
  variant: { type: 'string', default: 'tc_broadcast' },
  json: { type: 'boolean', default: false },
} as const;

const USAGE = `Usage: bench:pairs [--scenarios A,B] [--pairs 10] [--baseline V] [--variant V] [workload options of lab run] [--json]
With --baseline and --variant the same, it is a control: how far the machine alone moves the ratios.
`;

type Pair = { baseline: string; variant: string; first: string; ratios: PairRatios };
type ScenarioResult = {
  scenario: string;
  pairs: Pair[];
  ratios: Record<keyof PairRatios, RatioSummary>;
  /** Runs by how they ended and what their proof says: `tc_broadcast: offloaded, fits`. */
  verdicts: Record<string, number>;
};

async function main(): Promise<number> {
  const { values, positionals } = parse(process.argv.slice(2), OPTIONS);
  takePositionals(positionals, []);
  const pairs = toNumber('pairs', values.pairs);
  if (!Number.isInteger(pairs) || pairs < 1 || pairs > 200) throw new UsageError(`--pairs ${values.pairs}: must be 1 to 200`);
  const workload = readWorkload(
    values.requests === undefined && values.seconds === undefined ? { ...values, requests: '20000' } : values,
  );
  const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
  const signal = onInterrupt();
  const open = await openLab(readEnv(root), 'lab');
  const results: ScenarioResult[] = [];
  try {
    for (const scenario of values.scenarios.split(',')) {
      const plan = { scenario, pairs, baseline: values.baseline, variant: values.variant };
      results.push(await runPairs(open, plan, { launch: { workload, insist: false }, signal }));
      if (signal.aborted) break;
    }
  } finally {
    await open.close();
  }
  process.stdout.write(values.json ? `${JSON.stringify({ schemaVersion: 1, workload, results })}\n` : render(results));
  const complete = results.every((result) => result.ratios.p50.n === pairs);
  return signal.aborted ? 130 : complete ? 0 : 1;
}

type Plan = { scenario: string; pairs: number; baseline: string; variant: string };
type How = { launch: Pick<Parameters<typeof execute>[1], 'workload' | 'insist'>; signal: AbortSignal };

async function runPairs(open: OpenLab, plan: Plan, { launch, signal }: How): Promise<ScenarioResult> {
  const pairs: Pair[] = [];
  const verdicts: Record<string, number> = {};
  const runOne = async (variant: string) => {
    const view = await execute(open, { scenario: plan.scenario, variant, ...launch }, { signal, onView: () => {} });
    const words = `${variant}: ${view.state}, ${view.proof?.mechanism.verdict ?? 'no proof'}${view.proof?.fits === true ? ', fits' : ''}`;
    verdicts[words] = (verdicts[words] ?? 0) + 1;
    return view;
  };
  for (let pair = 0; pair < plan.pairs && !signal.aborted; pair++) {
    const baselineFirst = pair % 2 === 0;
    const first = await runOne(baselineFirst ? plan.baseline : plan.variant);
    if (signal.aborted) break;
    const second = await runOne(baselineFirst ? plan.variant : plan.baseline);
    const [baseline, variant] = baselineFirst ? [first, second] : [second, first];
    const ratios = pairRatios(baseline, variant);
    pairs.push({ baseline: baseline.config.id, variant: variant.config.id, first: first.config.id, ratios });
    process.stderr.write(`${plan.scenario} pair ${pair + 1}/${plan.pairs}: ${sayPair(baseline, variant, ratios)}\n`);
  }
  const summarise = (name: keyof PairRatios) => summariseRatios(pairs.map(({ ratios }) => ratios[name]));
  return {
    scenario: plan.scenario,
    pairs,
    ratios: {
      p50: summarise('p50'),
      p99: summarise('p99'),
      throughput: summarise('throughput'),
      leaderCpuPerRequest: summarise('leaderCpuPerRequest'),
    },
    verdicts,
  };
}

function sayPair(baseline: RunView, variant: RunView, ratios: PairRatios): string {
  if (ratios.p50 !== null) return `p50 ${ratios.p50.toFixed(3)}, p99 ${ratios.p99?.toFixed(3) ?? '-'}`;
  const reasons = [baseline, variant].map(
    ({ config, error, proof, state }) => `${config.id} ${error?.message ?? proof?.objections[0] ?? state}`,
  );
  return `no ratio: ${reasons.join('; ')}`;
}

function render(results: ScenarioResult[]): string {
  const head = ['variant / baseline', 'p50', 'p99', 'throughput', 'leader CPU/request', 'pairs'];
  const rows = results.map(({ scenario, ratios, pairs }) => [
    scenario,
    ...[ratios.p50, ratios.p99, ratios.throughput, ratios.leaderCpuPerRequest].map(showRatio),
    `${ratios.p50.n} of ${pairs.length}`,
  ]);
  const verdicts = results.flatMap(({ scenario, verdicts: counts }) =>
    Object.entries(counts).map(([words, count]) => `${scenario}  ${count} x ${words}\n`),
  );
  return `${table([head, ...rows])}\n${verdicts.join('')}`;
}

function showRatio({ median, min, max }: RatioSummary): string {
  return median === null ? '-' : `${median.toFixed(3)} (${min?.toFixed(3)}-${max?.toFixed(3)})`;
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`bench:pairs: ${error instanceof Error ? error.message : String(error)}\n`);
  if (error instanceof UsageError) process.stderr.write(USAGE);
  return error instanceof UsageError ? 2 : 1;
});
