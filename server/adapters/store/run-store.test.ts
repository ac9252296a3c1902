import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import type { BpfSample } from '@/server/domain/bpf-program';
import { BASELINE, exampleConfig, exampleInterval, exampleRun } from '@/server/domain/example-run';
import type { RunView } from '@/server/domain/run';
import { enterPhase, newRun } from '@/server/domain/run-machine';
import { openStore } from './open-store';
import { STEPS } from './schema';
import { exampleLines, failureOf, withDataDir } from './temporary-store';

const { open, dataDir, runDir, openInChild } = withDataDir();
const running = (id: string): RunView => enterPhase(newRun(exampleConfig({ id })), 'measuring', 1);
const sample: BpfSample = {
  replica: 'replica1',
  takenAt: 5,
  moment: 'on_demand',
  insideWindow: true,
  verbatim: '42: sched_cls',
  programs: [],
  attachments: [],
  problem: null,
};

/** Starts a module's text as a process of its own. */
function startProcess(code: string) {
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Runs it to its end and gives its output. */
async function runProcess(code: string): Promise<string> {
  let output = '';
  for await (const chunk of startProcess(code).stdout) output += chunk;
  return output;
}

describe('run ids', () => {
  it('count up and go on after reopening', () => {
    const store = open();
    expect([store.nextRunId(), store.nextRunId()]).toEqual(['r-0001', 'r-0002']);
    expect(open().nextRunId()).toBe('r-0003');
  });

  it('are given once, whichever process asks', async () => {
    const code = `${openInChild()} for (let i = 0; i < 100; i += 1) console.log(store.nextRunId()); store.close();`;
    const outputs = await Promise.all([runProcess(code), runProcess(code), runProcess(code)]);
    const ids = outputs.flatMap((output) => output.trim().split('\n'));
    expect(ids).toHaveLength(300);
    expect(new Set(ids).size).toBe(300);
    expect(open().nextRunId()).toBe('r-0301');
  }, 30_000);
});

describe("the store's id", () => {
  it('stays with the folder and differs from any other store', () => {
    const id = open().storeId;
    expect(id).toMatch(/^[0-9a-f]{6}$/);
    expect(open().storeId).toBe(id);
    const other = mkdtempSync(join(tmpdir(), 'electrode-lab-store-'));
    const store = openStore({ dataDir: other });
    expect(store.storeId).not.toBe(id);
    store.close();
    rmSync(other, { recursive: true });
  });

  it('is given to a store from before ids, whose runs keep the label they had', () => {
    const db = new Database(join(dataDir(), 'lab.db'));
    for (const step of STEPS.slice(0, 2)) db.exec(step);
    const { label: _label, ...config } = exampleConfig({ project: 'electrode-lab-r-0007' });
    db.prepare('INSERT INTO runs VALUES (?, 7, ?, 0, 0, ?, ?, ?, ?)').run(
      'r-0007',
      'measuring',
      'nobody',
      JSON.stringify({ ...newRun(exampleConfig()), config }),
      '{}',
      '',
    );
    db.exec('PRAGMA user_version = 2');
    db.close();
    expect(open().view('r-0007')?.config).toEqual({ ...config, label: 'r-0007' });
  });
});

describe('a stored run', () => {
  it('comes back as it was, also after reopening', () => {
    const run = exampleRun();
    open().saveView(run);
    expect(open().view('r-0007')).toEqual(run);
    expect(open().view('r-9999')).toBeNull();
  });

  it('shows its newest state', () => {
    const store = open();
    store.saveView(running('r-0001'));
    store.saveView({ ...running('r-0001'), completed: 77 });
    expect(store.view('r-0001')?.completed).toBe(77);
    expect(store.list({ limit: 10 }).total).toBe(1);
  });

  it('keeps intervals in order, warm-up first, and each once', () => {
    const store = open();
    const warmup = [0, 1].map((at) => exampleInterval(at, [1000], 'warmup'));
    const measured = Array.from({ length: 12 }, (_, at) => exampleInterval(at, [2000]));
    store.appendIntervals('r-0001', measured.slice(0, 7));
    store.appendIntervals('r-0001', [...warmup, ...measured.slice(5)]);
    store.appendIntervals('r-0002', [exampleInterval(0, [1])]);
    expect(open().intervals('r-0001')).toEqual([...warmup, ...measured]);
  });

  it('keeps samples and events', () => {
    const store = open();
    store.appendSample('r-0001', sample);
    store.appendSample('r-0001', { ...sample, takenAt: 4 });
    store.appendEvents('r-0001', [{ tUs: 1_763_900_000_000_001, source: 'replica1', event: 'ready', json: '{"v":1}' }]);
    expect(
      open()
        .samples('r-0001')
        .map(({ takenAt }) => takenAt),
    ).toEqual([4, 5]);
    const db = new Database(join(dataDir(), 'lab.db'));
    expect(db.prepare('SELECT t_us, source, json FROM events').all()).toMatchObject([
      { t_us: 1_763_900_000_000_001, source: 'replica1', json: '{"v":1}' },
    ]);
    db.close();
  });

  it('has a spark of its intervals once it is over', () => {
    const store = open();
    store.appendIntervals('r-0007', [exampleInterval(0, [3000])]);
    store.saveView(exampleRun());
    expect(store.list({ limit: 1 }).rows[0]?.p99SparkNs).toEqual([3000]);
  });

  it('has its override file', () => {
    const path = open().saveOverride('r-0001', 'services: {}\n');
    expect(readFileSync(path, 'utf8')).toBe('services: {}\n');
    expect(path).toBe(join(runDir('r-0001'), 'override.yaml'));
  });

  it.each(['../r-0001', 'a/b', '', '.', 'r-0001\n'])('never has a folder named %j', (id) => {
    expect(failureOf(() => open().saveOverride(id, 'x')).code).toBe('unknown_run');
  });
});

describe('the list of runs', () => {
  const fill = () => {
    const store = open();
    for (let at = 1; at <= 12; at += 1) {
      const id = `r-${String(at).padStart(4, '0')}`;
      store.saveView(
        exampleRun({ config: { id, size: at % 2 === 0 ? 3 : 5, ...(at % 3 === 0 ? { variant: BASELINE } : {}) } }),
      );
    }
    return store;
  };
  const ids = (result: ReturnType<ReturnType<typeof open>['list']>) => result.rows.map(({ id }) => id);

  it('is newest first, in pages', () => {
    const store = fill();
    const first = store.list({ limit: 5 });
    expect(ids(first)).toEqual(['r-0012', 'r-0011', 'r-0010', 'r-0009', 'r-0008']);
    expect(first.total).toBe(12);
    const second = store.list({ limit: 5, before: 'r-0008' });
    expect(ids(second)).toEqual(['r-0007', 'r-0006', 'r-0005', 'r-0004', 'r-0003']);
    expect(second.total).toBe(12);
  });

  it('sorts r-10000 above r-9999', () => {
    const store = open();
    for (const id of ['r-9999', 'r-10000']) store.saveView(exampleRun({ config: { id } }));
    expect(ids(store.list({ limit: 2 }))).toEqual(['r-10000', 'r-9999']);
  });

  it('finds every word of a search, whatever its case', () => {
    const store = fill();
    expect(ids(store.list({ limit: 9, search: 'BASELINE scenario3' }))).toEqual(['r-0012', 'r-0006']);
    expect(store.list({ limit: 9, search: 'r-0004' }).total).toBe(1);
    expect(store.list({ limit: 9, search: 'nothing like it' }).total).toBe(0);
  });

  it('takes % and _ and quotes in a search literally', () => {
    const store = fill();
    for (const search of ['%', "'; DROP TABLE runs; --", 'r_0004', '\\'])
      expect(store.list({ limit: 9, search }).total).toBe(0);
    expect(store.list({ limit: 9, search: 'tc_broadcast' }).total).toBe(8);
  });
});

describe('a sealed run', () => {
  it('refuses every change and can be sealed again', async () => {
    const store = open();
    const run = exampleRun({ config: { id: 'r-0001' } });
    store.saveView(run);
    await store.seal('r-0001');
    await store.seal('r-0001');
    for (const change of [
      () => store.saveView(run),
      () => store.appendLog('r-0001', exampleLines(1, 1)),
      () => store.appendIntervals('r-0001', []),
      () => store.appendEvents('r-0001', []),
      () => store.appendSample('r-0001', sample),
    ]) {
      expect(failureOf(change).code).toBe('run_over');
    }
    expect(store.view('r-0001')).toEqual(run);
  });

  it('needs no log', async () => {
    const store = open();
    store.saveView(exampleRun({ config: { id: 'r-0001' } }));
    await store.seal('r-0001');
    expect(await store.readLog('r-0001', 1, 10)).toEqual([]);
  });
});

describe('unfinished runs', () => {
  it('are those of a process that died, not those of one that lives', async () => {
    const save = (id: string, then: string) =>
      `${openInChild()} import { exampleConfig } from './server/domain/example-run.ts'; import { newRun } from './server/domain/run-machine.ts';
       store.saveView(newRun(exampleConfig({ id: '${id}' }))); console.log('saved'); ${then}`;
    await runProcess(save('r-0001', 'process.kill(process.pid, "SIGKILL");'));
    const living = startProcess(save('r-0002', 'setInterval(() => {}, 1000);'));
    await new Promise((resolve) => living.stdout.once('data', resolve));
    const store = open();
    store.saveView(newRun(exampleConfig({ id: 'r-0003' })));
    store.saveView(exampleRun({ config: { id: 'r-0004' } }));
    expect(store.unfinished().map(({ config }) => config.id)).toEqual(['r-0001']);

    const gone = new Promise((resolve) => living.once('exit', resolve));
    living.kill('SIGKILL');
    await gone;
    expect(store.unfinished().map(({ config }) => config.id)).toEqual(['r-0001', 'r-0002']);
    store.saveView({ ...newRun(exampleConfig({ id: 'r-0001' })), state: 'interrupted' });
    expect(store.unfinished().map(({ config }) => config.id)).toEqual(['r-0002']);
  }, 30_000);
});

describe('two connections at once', () => {
  it('write without losing anything', async () => {
    const write = (id: string) => `${openInChild()} import { exampleInterval } from './server/domain/example-run.ts';
      for (let i = 0; i < 200; i += 1) store.appendIntervals('${id}', [exampleInterval(i, [1000 + i])]); store.close();`;
    await Promise.all([runProcess(write('r-0001')), runProcess(write('r-0002'))]);
    const store = open();
    expect(store.intervals('r-0001')).toHaveLength(200);
    expect(store.intervals('r-0002')).toHaveLength(200);
  }, 30_000);
});
