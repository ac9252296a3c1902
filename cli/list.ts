import type { LabEnv } from '@/server/env';
import { openLab } from '@/server/open-lab';
import { formatNs, table } from './format';
import { type Outcome, parse, takePositionals } from './usage';

const RECENT = 20;

/** `lab list`: scenarios, those that cannot be launched with their reasons, and the last runs. */
export async function list(args: string[], env: LabEnv): Promise<Outcome> {
  const { values, positionals } = parse(args, { json: { type: 'boolean', default: false } });
  takePositionals(positionals, []);
  const open = await openLab(env, 'lab');
  try {
    const { scenarios, broken } = await open.lab.catalogue();
    const { rows: runs, total } = open.lab.list({ limit: RECENT });
    if (values.json) {
      process.stdout.write(`${JSON.stringify({ schemaVersion: 1, scenarios, broken, runs, total })}\n`);
      return 'ok';
    }
    const known = scenarios.map(({ name, replicas, variants, title }) => [
      name,
      `${replicas.length} replicas`,
      variants.map((variant) => variant.name).join(', '),
      title,
    ]);
    const unusable = broken.map(({ name, problem }) => `${name}: ${problem}\n`);
    const recent = runs.map(({ id, scenario, variant, state, p50Ns, p99Ns, mechanism, remark }) => [
      id,
      scenario,
      variant,
      state,
      p50Ns === null ? '-' : formatNs(p50Ns),
      p99Ns === null ? '-' : formatNs(p99Ns),
      mechanism ?? '-',
      remark ?? '',
    ]);
    const head = ['run', 'scenario', 'variant', 'state', 'p50', 'p99', 'offload', ''];
    process.stdout.write(
      `${table(known)}${unusable.join('')}\n${recent.length === 0 ? 'no runs yet\n' : table([head, ...recent])}`,
    );
    return 'ok';
  } finally {
    await open.close();
  }
}
