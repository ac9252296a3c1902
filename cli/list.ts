import type { LabEnv } from '@/server/env';
import { openLab } from '@/server/open-lab';
import { formatNs, formatTime, table } from './format';
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
    const known = scenarios.map(({ name, variants, title }) => [
      name,
      title,
      variants.map((variant) => variant.name).join(', '),
    ]);
    const unusable = broken.map(({ name, problem }) => `${name} cannot be launched: ${problem}\n`);
    const recent = runs.map(({ id, createdAt, scenario, variant, state, p50Ns, p99Ns, mechanism, remark }) => [
      id,
      formatTime(createdAt),
      scenario,
      variant,
      state,
      p50Ns === null ? '-' : formatNs(p50Ns),
      p99Ns === null ? '-' : formatNs(p99Ns),
      mechanism ?? '-',
      remark ?? '',
    ]);
    const head = ['run', 'launched', 'scenario', 'variant', 'state', 'p50', 'p99', 'offload', ''];
    const more = total > runs.length ? `${total - runs.length} older runs; lab show ID knows them too\n` : '';
    process.stdout.write(
      `${table([['scenario', 'title', 'variants'], ...known])}${unusable.join('')}\n${recent.length === 0 ? 'no runs yet\n' : table([head, ...recent])}${more}`,
    );
    return 'ok';
  } finally {
    await open.close();
  }
}
