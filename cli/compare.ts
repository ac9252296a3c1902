import type { Comparison, MetricRow } from '@/server/domain/comparison';
import type { LabEnv } from '@/server/env';
import { openLab } from '@/server/open-lab';
import { formatCount, formatNs, table } from './format';
import { type Outcome, parse, takePositionals, toRunId } from './usage';

/** `lab compare A B`: failed when the comparison is not valid, since no percentage may be drawn from it. */
export async function compare(args: string[], env: LabEnv): Promise<Outcome> {
  const { values, positionals } = parse(args, { json: { type: 'boolean', default: false } });
  const [a = '', b = ''] = takePositionals(positionals, ['A', 'B']).map(toRunId);
  const open = await openLab(env, 'lab');
  try {
    const comparison = await open.lab.compare(a, b);
    process.stdout.write(values.json ? `${JSON.stringify(comparison)}\n` : renderComparison(comparison));
    return comparison.verdict.kind === 'invalid' ? 'failed' : 'ok';
  } finally {
    await open.close();
  }
}

function renderComparison({ verdict, gates, metrics, a, b }: Comparison): string {
  const failed = gates.filter(({ passed }) => !passed).map(({ name, detail }) => `  not passed: ${name}: ${detail}\n`);
  const rows = metrics.map((row) => [row.title, show(row, row.a), show(row, row.b), row.ratio?.toFixed(3) ?? '-']);
  const head = ['', ...[a, b].map(({ config }) => `${config.id} ${config.variant.name}`), 'b / a'];
  return `${verdict.headline}\n${verdict.detail}\n${failed.join('')}\n${table([head, ...rows])}`;
}

function show({ unit }: MetricRow, value: number | null): string {
  if (value === null) return '-';
  if (unit === 'ns') return formatNs(value);
  return unit === 'per_s' ? `${formatCount(value)}/s` : value.toFixed(3);
}
