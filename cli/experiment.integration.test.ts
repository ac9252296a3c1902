/** `lab experiment`, `report`, `export` and `import` as a user runs them, and what travels between two machines. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { WORKLOAD_DEFAULT } from '@/server/domain/workload';
import { type Ended, runLab } from './lab-process';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'electrode-lab-experiment-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Each machine has a store of its own; import and report need no engine, so the second one has none. */
function lab(args: string[], machine: 'here' | 'there' = 'here'): Promise<Ended> {
  const environment: Record<string, string> = { LAB_DATA_DIR: join(folder, machine) };
  if (machine === 'there') environment.DOCKER_HOST = `unix://${join(folder, 'no-engine.sock')}`;
  return runLab(args, { environment });
}

const document = z.object({
  schemaVersion: z.literal(1),
  experimentId: z.literal('x-0001'),
  state: z.literal('done'),
  plan: z.object({ pairs: z.literal(2), seed: z.number() }),
  pairs: z.array(z.object({ pair: z.number(), outcome: z.string(), runs: z.array(z.object({ runId: z.string() })) })).min(2),
  results: z
    .array(
      z.object({
        scenario: z.literal('scenario3'),
        variant: z.literal('tc_broadcast'),
        metric: z.string(),
        n: z.number(),
        medianRatio: z.number().nullable(),
        ci95: z.tuple([z.number(), z.number()]).nullable(),
        p: z.null(),
        verdict: z.literal('too_few_pairs'),
      }),
    )
    .length(7),
  gates: z.array(z.object({ gate: z.string() })),
  noiseFloor: z.null(),
});

/** Dates of generation and import are the only thing in which two reports of one experiment may differ. */
const withoutDates = (path: string) =>
  readFileSync(path, 'utf8')
    .replace(/<time data-date[^>]*>[^<]*<\/time>/g, 'DATE')
    .replace(/^This report was made .*$/gm, 'DATE');

describe('lab experiment', () => {
  it('prints one JSON document, and --show repeats it', async () => {
    const small = ['--pairs', '2', '--requests', '400', '--warmup', '0.2', '--retries', '3'];
    const { code, out, err } = await lab(['experiment', '--scenarios', 'scenario3', ...small, '--json']);
    expect(err).toContain('x-0001 is done');
    const parsed = document.parse(JSON.parse(out));
    const counted = parsed.pairs.filter(({ outcome }) => outcome === 'counts').length;
    expect(code).toBe(counted === 2 ? 0 : 1);
    expect(parsed.results.every(({ n }) => n === counted)).toBe(true);
    const shown = await lab(['experiment', '--show', '1', '--json']);
    expect(JSON.parse(shown.out)).toEqual(JSON.parse(out));
  }, 180_000);

  it('takes a plan from a file and names what is wrong in it', async () => {
    const path = join(folder, 'plan.json');
    const plan = { title: 'From a file', question: '', scenarios: ['scenario3'], variants: ['baseline', 'baseline'] };
    writeFileSync(path, JSON.stringify({ ...plan, pairs: 1, workloads: [{ ...WORKLOAD_DEFAULT, clients: 'many' }] }));
    const { code, err } = await lab(['experiment', '--plan', path]);
    expect(code).toBe(2);
    expect(err).toContain('workloads.0.clients');
    writeFileSync(path, JSON.stringify({ ...plan, pairs: 1, workloads: [{ ...WORKLOAD_DEFAULT, clients: 9999 }] }));
    const refused = await lab(['experiment', '--plan', path]);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('Clients is 9,999');
  });
});

describe('an archive', () => {
  it('imported on a machine without an engine gives the same report, byte for byte but for dates', async () => {
    const archive = join(folder, 'x-0001.tar.gz');
    expect(await lab(['export', 'x-0001', '--out', archive])).toMatchObject({ code: 0 });
    const imported = await lab(['import', archive, '--json'], 'there');
    expect(imported).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(imported.out)).toMatchObject({ experiment: 'x-0001', runs: expect.arrayContaining(['r-0001']) });
    for (const ending of ['html', 'md', 'results.csv', 'runs.csv']) {
      const [here, there] = [join(folder, `here.${ending}`), join(folder, `there.${ending}`)];
      expect(await lab(['report', 'x-0001', '--out', here])).toMatchObject({ code: 0 });
      expect(await lab(['report', 'x-0001', '--out', there], 'there')).toMatchObject({ code: 0 });
      expect(withoutDates(there)).toBe(withoutDates(here));
    }
    // A second import of the same archive gets ids of its own and still says where it was measured.
    const second = await lab(['import', archive, '--json'], 'there');
    expect(JSON.parse(second.out)).toMatchObject({ experiment: 'x-0002' });
    const twice = join(folder, 'twice.html');
    expect(await lab(['report', 'x-0002', '--out', twice], 'there')).toMatchObject({ code: 0 });
    expect(withoutDates(twice)).toBe(withoutDates(join(folder, 'here.html')));
  }, 120_000);

  it('that is torn is refused with its name, and nothing of it is kept', async () => {
    const torn = join(folder, 'torn.tar.gz');
    const whole = readFileSync(join(folder, 'x-0001.tar.gz'));
    writeFileSync(torn, whole.subarray(0, Math.floor(whole.length / 2)));
    const before = await lab(['list', '--json']);
    const { code, err } = await lab(['import', torn]);
    expect(code).toBe(1);
    expect(err).toContain('torn.tar.gz');
    expect(JSON.parse((await lab(['list', '--json'])).out)).toMatchObject({ total: JSON.parse(before.out).total });
  });

  it('export writes no half a file when the experiment is not there', async () => {
    const out = join(folder, 'nothing.tar.gz');
    const { code, err } = await lab(['export', 'x-0099', '--out', out]);
    expect(code).toBe(1);
    expect(err).toContain('there is no experiment x-0099');
    expect(existsSync(out) || existsSync(`${out}.part`)).toBe(false);
  });
});

describe('latencies of the original client', () => {
  it('import as a run with exact figures, and without its facts are refused', async () => {
    const path = join(folder, 'latency.raw');
    writeFileSync(path, Buffer.from(new BigUint64Array([100_000n, 200_000n, 300_000n]).buffer));
    const facts = ['--scenario', 'scenario3', '--replicas', '3', '--variant', 'baseline'];
    const { code, out } = await lab(['import', path, ...facts, '--json'], 'there');
    expect(code).toBe(0);
    const { runs } = z.object({ runs: z.tuple([z.string()]) }).parse(JSON.parse(out));
    const shown = JSON.parse((await lab(['show', runs[0], '--json'], 'there')).out);
    expect(shown).toMatchObject({ completed: 3, latencyNs: { min: 100_000, mean: 200_000, max: 300_000 } });
    const refused = await lab(['import', path], 'there');
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('--scenario');
  });
});
