import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { exampleConfig, exampleInterval, exampleRun } from '@/server/domain/example-run';
import { exampleRecord } from '@/server/domain/experiment/example-experiment';
import { newRun } from '@/server/domain/run-machine';
import { exampleLines, failureOf, withDataDir } from './temporary-store';

const { open, openInChild, runDir } = withDataDir();

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Starts a module's text as a process of its own. */
function startProcess(code: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

/** Runs it to its end and gives its output. */
async function runProcess(code: string): Promise<string> {
  const child = startProcess(code);
  const ended = once(child, 'close');
  let output = '';
  for await (const chunk of child.stdout) output += chunk;
  await ended;
  return output;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'close');
  child.kill('SIGKILL');
  await ended;
}

describe('run ids', () => {
  it('are given once, whichever process asks', async () => {
    const code = `${openInChild()} for (let i = 0; i < 100; i += 1) console.log(store.nextRunId()); store.close();`;
    const outputs = await Promise.all([runProcess(code), runProcess(code), runProcess(code)]);
    const ids = outputs.flatMap((output) => output.trim().split('\n'));
    expect(ids).toHaveLength(300);
    expect(new Set(ids).size).toBe(300);
    expect(open().nextRunId()).toBe('r-0301');
  }, 30_000);
});

describe('unfinished runs', () => {
  it('are those of a process that died, not those of one that lives', async () => {
    const save = (id: string, then: string) =>
      `${openInChild()} import { exampleConfig } from './server/domain/example-run.ts'; import { exampleRecord } from '@/server/domain/experiment/example-experiment';
import { newRun } from './server/domain/run-machine.ts';
       store.saveView(newRun(exampleConfig({ id: '${id}' }))); console.log('saved'); ${then}`;
    await runProcess(save('r-0001', 'process.kill(process.pid, "SIGKILL");'));
    const living = startProcess(save('r-0002', 'setInterval(() => {}, 1000);'));
    await once(living.stdout, 'data');
    const store = open();
    store.saveView(newRun(exampleConfig({ id: 'r-0003' })));
    store.saveView(exampleRun({ config: { id: 'r-0004' } }));
    expect(store.unfinished().map(({ config }) => config.id)).toEqual(['r-0001']);

    await kill(living);
    expect(store.unfinished().map(({ config }) => config.id)).toEqual(['r-0001', 'r-0002']);
    store.saveView({ ...newRun(exampleConfig({ id: 'r-0001' })), state: 'interrupted' });
    expect(store.unfinished().map(({ config }) => config.id)).toEqual(['r-0002']);
  }, 30_000);
});

it('a zombie, whose parent never asks how it ended, counts as dead', async () => {
  const code = `${openInChild()} import { exampleConfig } from './server/domain/example-run.ts'; import { newRun } from './server/domain/run-machine.ts';
    store.saveView(newRun(exampleConfig({ id: 'r-0001' }))); process.kill(process.pid, "SIGKILL");`;
  const script = '"$0" --import tsx --input-type=module -e "$1" & exec sleep 300';
  children.push(spawn('sh', ['-c', script, process.execPath, code], { stdio: ['ignore', 'ignore', 'inherit'] }));
  const store = open();
  await expect.poll(() => store.unfinished().map(({ config }) => config.id), { timeout: 20_000 }).toEqual(['r-0001']);
}, 30_000);

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

describe('an experiment', () => {
  const RECORD = "import { exampleRecord } from './server/domain/experiment/example-experiment.ts';";
  const saveIn = (then: string) =>
    `${openInChild()} ${RECORD} store.saveExperiment(exampleRecord()); console.log('saved'); ${then}`;

  it('is run by one process at a time, and taken over only from a dead one', async () => {
    const living = startProcess(saveIn('setInterval(() => {}, 1000);'));
    await once(living.stdout, 'data');
    const store = open();
    expect(store.orphanedExperiments()).toEqual([]);
    expect(failureOf(() => store.saveExperiment(exampleRecord({ note: 'mine' })))).toMatchObject({
      code: 'experiment_running',
      message: expect.stringContaining('x-0001'),
      remedy: expect.stringContaining('Pause'),
    });
    expect(store.experiment('x-0001')?.note).toBeNull();

    await kill(living);
    expect(store.orphanedExperiments().map(({ id }) => id)).toEqual(['x-0001']);
    store.saveExperiment(exampleRecord({ note: 'mine' }));
    expect(store.orphanedExperiments()).toEqual([]);
    const taken = await runProcess(
      `${openInChild()} ${RECORD} try { store.saveExperiment(exampleRecord()); } catch (error) { console.log(error.code); } store.close();`,
    );
    expect(taken.trim()).toBe('experiment_running');
  }, 30_000);

  it('that was paused may be resumed by any process', async () => {
    await runProcess(`${openInChild()} ${RECORD} store.saveExperiment(exampleRecord({ state: 'paused' })); store.close();`);
    const store = open();
    expect(store.orphanedExperiments()).toEqual([]);
    store.saveExperiment(exampleRecord());
    expect(store.experiment('x-0001')?.state).toBe('running');
  }, 30_000);

  it('hears a wish from another process once', async () => {
    const store = open();
    store.saveExperiment(exampleRecord());
    await runProcess(`${openInChild()} store.askExperiment('x-0001', 'pause'); store.close();`);
    expect(store.takeExperimentWish('x-0001')).toBe('pause');
    expect(store.takeExperimentWish('x-0001')).toBeNull();
  }, 30_000);
});

describe('a process killed half-way', () => {
  const KILL = 'process.kill(process.pid, "SIGKILL");';
  const EXAMPLES =
    "import { exampleRun, exampleInterval } from './server/domain/example-run.ts'; import * as fs from 'node:fs'; import * as zlib from 'node:zlib'; import { syncBuiltinESMExports } from 'node:module';";
  const imported = (id: string, log: string) =>
    `{ view: exampleRun({ config: { id: '${id}' } }), intervals: [], events: [], samples: [], bpf: [], log: ${log} }`;
  const lines = `(async function* () { yield [{ seq: 1, time: '1', source: 'lab', stream: 'stderr', level: 'notice', text: 'x' }]; })()`;

  it('through an import leaves no run, and its folders are swept by the next', async () => {
    const dying = `(async function* () { ${KILL} })()`;
    const runs = `[${imported('r-0001', lines)}, ${imported('r-0002', dying)}]`;
    await runProcess(`${openInChild()} ${EXAMPLES} await store.importAll({ experiment: null, runs: ${runs} });`);
    expect(existsSync(runDir('r-0001'))).toBe(true);
    expect(open().list({ limit: 9 }).total).toBe(0);
    expect(existsSync(runDir('r-0001'))).toBe(false);
  }, 30_000);

  it('through a removal leaves no row, and its folders are swept by the next', async () => {
    const store = open();
    store.saveView(exampleRun({ config: { id: 'r-0001' } }));
    store.appendLog('r-0001', [...exampleLines(1, 10)]);
    await store.seal('r-0001');
    await runProcess(
      `${openInChild()} ${EXAMPLES} fs.default.rmSync = () => { ${KILL} }; syncBuiltinESMExports(); await store.removeRuns(['r-0001']);`,
    );
    expect(existsSync(runDir('r-0001'))).toBe(true);
    expect(open().view('r-0001')).toBeNull();
    expect(existsSync(runDir('r-0001'))).toBe(false);
  }, 30_000);

  it('while it packs a run leaves all that was measured, and it can be sealed again', async () => {
    await runProcess(
      `${openInChild()} ${EXAMPLES} store.saveView(exampleRun({ config: { id: 'r-0001' } })); store.appendIntervals('r-0001', [exampleInterval(0, [1000])]);
       zlib.default.brotliCompressSync = () => { ${KILL} }; syncBuiltinESMExports(); await store.seal('r-0001');`,
    );
    const store = open();
    expect(store.intervals('r-0001')).toEqual([exampleInterval(0, [1000])]);
    // Not sealed: it still takes changes.
    store.appendIntervals('r-0001', []);
    await store.seal('r-0001');
    expect(store.intervals('r-0001')).toEqual([exampleInterval(0, [1000])]);
    expect(failureOf(() => store.appendIntervals('r-0001', [])).code).toBe('run_over');
  }, 30_000);

  it('does not take the folders of an import that goes on elsewhere', async () => {
    const waiting = `(async function* () { console.log('writing'); await new Promise((resolve) => setInterval(resolve, 1e6)); })()`;
    const runs = `[${imported('r-0001', lines)}, ${imported('r-0002', waiting)}]`;
    const child = startProcess(`${openInChild()} ${EXAMPLES} await store.importAll({ experiment: null, runs: ${runs} });`);
    await once(child.stdout, 'data');
    open();
    expect(existsSync(runDir('r-0001'))).toBe(true);
    await kill(child);
    open();
    expect(existsSync(runDir('r-0001'))).toBe(false);
  }, 30_000);
});
