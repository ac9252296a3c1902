/** The `lab` command as a user runs it: documents on stdout, words on stderr, exit codes. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openStore } from '@/server/adapters/store/open-store';
import { labelOf, projectOf, RUN_LABEL } from '@/server/domain/run-label';
import { type Ended, type LabProcess, runLab } from './lab-process';

let dataDir: string;

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'electrode-lab-cli-'));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** What marks a run of this test's store on the engine. */
function labelIn(folder: string, id: string): string {
  const store = openStore({ dataDir: folder });
  const label = labelOf(store.storeId, id);
  store.close();
  return label;
}

function lab(args: string[], onText: NonNullable<LabProcess['onText']> = () => {}): Promise<Ended> {
  return runLab(args, { environment: { LAB_DATA_DIR: dataDir }, onText });
}

const document = z.object({
  schemaVersion: z.literal(1),
  runId: z.string(),
  completed: z.number(),
  timeouts: z.number(),
  latencyNs: z.object({ p50: z.number(), p99: z.number() }),
  offload: z.object({ verdict: z.string(), broadcasts: z.number(), lost: z.record(z.string(), z.number()) }),
  sameLog: z.object({ verdict: z.string(), commit: z.number() }),
  replicas: z.array(z.object({ name: z.string(), commit: z.number() })),
  bpf: z.record(z.string(), z.array(z.object({ type: z.string() }))),
  error: z.null(),
});

const small = ['--requests', '2000', '--warmup', '0.3'];

describe('lab run', () => {
  it.each([
    ['baseline', 'not_offloaded'],
    ['tc_broadcast', 'offloaded'],
  ])('of %s prints one JSON document, says %s and ends with 0; show repeats it', async (variant, verdict) => {
    const { code, out, err } = await lab(['run', 'scenario3', '--variant', variant, ...small, '--json']);
    expect(err).toContain('measuring');
    expect(code).toBe(0);
    const run = document.parse(JSON.parse(out));
    expect(run).toMatchObject({ completed: 2000, timeouts: 0, offload: { verdict, lost: { replica2: 0, replica3: 0 } } });
    expect(run.sameLog.verdict).toBe('same');
    expect(run.replicas.every(({ commit }) => commit >= 2000)).toBe(true);
    expect(run.bpf.replica1?.some(({ type }) => type === 'sched_cls')).toBe(true);
    const shown = await lab(['show', run.runId, '--json']);
    expect(JSON.parse(shown.out)).toEqual(JSON.parse(out));
  });

  it('compares the two', async () => {
    const { code, out } = await lab(['compare', 'r-0001', 'r-0002', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ verdict: { kind: 'single_pair' } });
  });

  it('of a broken proof ends with 1', async () => {
    let detached = false;
    const { code, out } = await lab(['run', 'scenario3', '--variant', 'tc_broadcast', '--seconds', '4', '--json'], (err) => {
      const id = /(r-\d+) {2}measuring/.exec(err)?.[1];
      if (id === undefined || detached) return;
      detached = true;
      execFileSync('docker', [
        'exec',
        `${projectOf(labelIn(dataDir, id))}-replica1-1`,
        'tc',
        'filter',
        'del',
        'dev',
        'eth0',
        'egress',
      ]);
    });
    expect(detached).toBe(true);
    expect(JSON.parse(out)).toMatchObject({ offload: { verdict: 'broken' } });
    expect(code).toBe(1);
  });

  it('interrupted by Ctrl-C removes the cluster and ends with 130', async () => {
    let id = '';
    const { code, err } = await lab(['run', 'scenario3', '--seconds', '30'], (text, child) => {
      const found = /(r-\d+) {2}warmup/.exec(text)?.[1];
      if (found === undefined || id !== '') return;
      id = found;
      child.kill('SIGINT');
    });
    expect(code).toBe(130);
    expect(err).toContain('removed 4 containers, 1 network');
    expect(
      execFileSync('docker', ['ps', '-aq', '--filter', `label=${RUN_LABEL}=${labelIn(dataDir, id)}`], { encoding: 'utf8' }),
    ).toBe('');
  });
});

describe('a wrong command line', () => {
  it.each([
    [[], 'Usage'],
    [['launch'], 'there is no command "launch"'],
    [['run'], 'SCENARIO is missing'],
    [['run', 'scenario4'], 'scenario4'],
    [['run', 'scenario3', '--variant', 'warp'], 'warp'],
    [['run', 'scenario3', '--requests', 'many'], '--requests many: not a number'],
    [['run', 'scenario3', '--requests', '0'], 'Requests is 0'],
    [['run', 'scenario3', '--requests', '5', '--seconds', '5'], 'exclude each other'],
    [['run', 'scenario3', '--placement', 'moon'], '--placement moon'],
    [['run', 'scenario3', '--colour', 'red'], '--colour'],
    [['show', 'seven'], '"seven" is not a run id'],
    [['compare', 'r-0001'], 'B is missing'],
  ])('%j names the input and ends with 2', async (args, words) => {
    const { code, out, err } = await lab(args);
    expect(err).toContain(words);
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  it('for a run that does not exist ends with 1', async () => {
    const { code, err } = await lab(['show', 'r-9999']);
    expect(err).toContain('there is no run r-9999');
    expect(code).toBe(1);
  });
});

describe('lab list and lab doctor', () => {
  it('list scenarios and runs', async () => {
    const { code, out } = await lab(['list', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      scenarios: expect.arrayContaining([expect.objectContaining({ name: 'scenario3' })]),
    });
  });

  it('say whether a run can be launched', async () => {
    const { code, out } = await lab(['doctor', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ canLaunch: true });
  });
});
