import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exampleInterval, exampleRun } from '@/server/domain/example-run';
import { exampleRecord } from '@/server/domain/experiment/example-experiment';
import type { LogLine } from '@/server/domain/log-line';
import { exampleBpf, exampleImport, exampleLines, exampleSample, failureOf, withDataDir } from './temporary-store';

const { open, runDir } = withDataDir();

const PLACE = { experimentId: 'x-0001', cell: 0, pair: 1, attempt: 1, side: 0 };

describe('an imported run', () => {
  it('has everything it had, sealed', async () => {
    const store = open();
    const run = exampleImport({ id: 'r-0001', place: PLACE });
    await store.importAll({ experiment: exampleRecord({ state: 'done' }), runs: [run] });
    for (const reader of [store, open()]) {
      expect(reader.view('r-0001')).toEqual(run.view);
      expect(reader.intervals('r-0001')).toEqual(run.intervals);
      expect(reader.events('r-0001')).toEqual(run.events);
      expect(reader.samples('r-0001')).toEqual([exampleSample]);
      const [series, life, code] = exampleBpf;
      expect(reader.bpfSeries('r-0001').map((each) => ({ kind: 'series', series: each }))).toEqual([series]);
      expect(reader.bpfLives('r-0001').map((each) => ({ kind: 'life', life: each }))).toEqual([life]);
      expect(reader.bpfCodes('r-0001').map((each) => ({ kind: 'code', code: each }))).toEqual([code]);
      expect(await reader.readLog('r-0001', 1, 1e6)).toEqual(exampleLines(1, 3000));
      expect(await reader.readLog('r-0001', 2999, 9)).toEqual(exampleLines(2999, 3000));
      expect(reader.experiment('x-0001')).toEqual(exampleRecord({ state: 'done' }));
      expect(reader.experimentRuns('x-0001')).toEqual([run.view]);
    }
    expect(failureOf(() => store.saveView(run.view)).code).toBe('run_over');
    expect(store.list({ limit: 9 }).rows).toMatchObject([{ id: 'r-0001', p99SparkNs: [3000], place: PLACE }]);
  });

  it('may come without telemetry, and with lines whose fields stand in another order', async () => {
    const store = open();
    const line: LogLine = { text: 'x', level: 'warn', stream: 'stderr', source: 'lab', time: '1.5', seq: 1 };
    const log = (async function* () {
      yield [];
      yield [line, { ...line, seq: 2 }];
    })();
    const run = { ...exampleImport({ id: 'r-0001' }), intervals: [], events: [], samples: [], log };
    await store.importAll({ experiment: null, runs: [run] });
    expect(await store.readLog('r-0001', 2, 9)).toEqual([{ ...line, seq: 2 }]);
    expect(store.intervals('r-0001')).toEqual([]);
  });
});

describe('an import that fails leaves nothing', () => {
  const nothing = (store: ReturnType<typeof open>, present: string[] = []) => {
    expect(store.list({ limit: 9 }).rows.map(({ id }) => id)).toEqual(present);
    expect(existsSync(runDir('r-0001'))).toBe(present.includes('r-0001'));
    expect(existsSync(runDir('r-0002'))).toBe(false);
  };
  const runs = (...ids: string[]) => ids.map((id) => exampleImport({ id, place: PLACE }));

  it('when a run is not over', async () => {
    const store = open();
    const measuring = {
      ...exampleImport({ id: 'r-0002' }),
      view: exampleRun({ config: { id: 'r-0002' }, view: { state: 'measuring' } }),
    };
    const source = { experiment: exampleRecord({ state: 'done' }), runs: [...runs('r-0001'), measuring] };
    await expect(store.importAll(source)).rejects.toMatchObject({ code: 'run_not_over' });
    nothing(store);
    expect(store.experiment('x-0001')).toBeNull();
  });

  it('when a log cannot be read to its end', async () => {
    const store = open();
    const log = (async function* () {
      yield exampleLines(1, 5);
      throw new Error('the archive ends here');
    })();
    const source = { experiment: null, runs: [...runs('r-0001'), { ...exampleImport({ id: 'r-0002' }), log }] };
    await expect(store.importAll(source)).rejects.toMatchObject({ code: 'store_failed', message: /the archive ends here/ });
    nothing(store);
  });

  it('when the disk is full', async () => {
    const store = open();
    mkdirSync(runDir('r-0002'), { recursive: true });
    symlinkSync('/dev/full', join(runDir('r-0002'), 'log.jsonl.gz'));
    await expect(store.importAll({ experiment: null, runs: runs('r-0001', 'r-0002') })).rejects.toMatchObject({
      code: 'store_failed',
      message: expect.stringContaining(runDir('r-0002')),
      remedy: expect.stringContaining('Free some disk space'),
    });
    nothing(store);
  });

  it('when an id is given twice, or is taken: the run that is there stays', async () => {
    const store = open();
    await expect(store.importAll({ experiment: null, runs: runs('r-0001', 'r-0001') })).rejects.toMatchObject({
      code: 'store_failed',
    });
    nothing(store);
    await store.importAll({ experiment: null, runs: runs('r-0001') });
    await expect(store.importAll({ experiment: null, runs: runs('r-0002', 'r-0001') })).rejects.toMatchObject({
      code: 'store_failed',
    });
    nothing(store, ['r-0001']);
    expect(await store.readLog('r-0001', 3000, 1)).toEqual(exampleLines(3000, 3000));
  });

  it('when the experiment is there already, after every run was written', async () => {
    const store = open();
    store.saveExperiment(exampleRecord({ state: 'done', note: 'the first' }));
    const source = { experiment: exampleRecord({ state: 'done' }), runs: runs('r-0001', 'r-0002') };
    await expect(store.importAll(source)).rejects.toMatchObject({ code: 'store_failed' });
    nothing(store);
    expect(store.experiment('x-0001')?.note).toBe('the first');
    expect(store.intervals('r-0001')).toEqual([]);
  });

  it('and can be tried again', async () => {
    const store = open();
    await expect(store.importAll({ experiment: null, runs: runs('r-0001', 'r-0001') })).rejects.toThrow();
    await store.importAll({ experiment: null, runs: runs('r-0001') });
    expect(store.intervals('r-0001')).toContainEqual(exampleInterval(0, [1000], 'warmup'));
  });
});
