import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { BASELINE, exampleConfig, exampleInterval, exampleRun } from '@/server/domain/example-run';
import type { RunView } from '@/server/domain/run';
import { enterPhase, newRun } from '@/server/domain/run-machine';
import { exampleTelemetry } from './example-telemetry';
import { openStore } from './open-store';
import { STEPS } from './schema';
import { exampleLines, exampleSample, failureOf, withDataDir } from './temporary-store';

const { open, dataDir, runDir } = withDataDir();

/** A policy that limits nothing; its plan tells how much there is. */
const EVERYTHING = { maxAgeDays: null, maxBytes: null };
const byJson = (a: { json: string }, b: { json: string }) => (a.json < b.json ? -1 : 1);
const running = (id: string): RunView => enterPhase(newRun(exampleConfig({ id })), 'measuring', 1);
describe('run ids', () => {
  it('count up and go on after reopening', () => {
    const store = open();
    expect([store.nextRunId(), store.nextRunId()]).toEqual(['r-0001', 'r-0002']);
    expect(open().nextRunId()).toBe('r-0003');
  });
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
    store.appendSample('r-0001', exampleSample);
    store.appendSample('r-0001', { ...exampleSample, takenAt: 4 });
    const event = { tUs: 1_763_900_000_000_001, source: 'replica1', event: 'ready', json: '{"v":1}' };
    store.appendEvents('r-0001', [event]);
    expect(
      open()
        .samples('r-0001')
        .map(({ takenAt }) => takenAt),
    ).toEqual([4, 5]);
    expect(open().events('r-0001')).toEqual([event]);
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
      () => store.appendSample('r-0001', exampleSample),
    ]) {
      expect(failureOf(change).code).toBe('run_over');
    }
    expect(store.view('r-0001')).toEqual(run);
  });

  it('has the same intervals and events as before, packed into less than a third', async () => {
    const store = open();
    const { intervals, events } = exampleTelemetry({ seconds: 3, seed: 1 });
    const warmup = exampleInterval(0, [1000], 'warmup');
    store.saveView(running('r-0001'));
    store.appendIntervals('r-0001', [warmup, ...intervals]);
    store.appendEvents('r-0001', events);
    const before = store.planRetention(EVERYTHING, 0).totalBytes;
    const inOrder = store.events('r-0001');
    expect(inOrder.toSorted(byJson)).toEqual(events.toSorted(byJson));
    store.saveView(exampleRun({ config: { id: 'r-0001' } }));
    await store.seal('r-0001');
    for (const reader of [store, open()]) {
      expect(reader.intervals('r-0001')).toEqual([warmup, ...intervals]);
      expect(reader.events('r-0001')).toEqual(inOrder);
    }
    expect(store.planRetention(EVERYTHING, 0).totalBytes).toBeLessThan(before / 3);
  });

  it('takes less than 1 MB of the database for 60 s of 100 ms intervals, logs apart', async () => {
    const store = open();
    const empty = store.size().databaseBytes;
    const { intervals, events } = exampleTelemetry({ seconds: 60, seed: 3 });
    store.appendIntervals('r-0001', intervals);
    store.appendEvents('r-0001', events);
    store.saveView(exampleRun({ config: { id: 'r-0001' } }));
    expect(store.size().databaseBytes - empty).toBeGreaterThan(3_000_000);
    await store.seal('r-0001');
    expect(store.size().databaseBytes - empty).toBeLessThan(1_000_000);
  }, 30_000);

  it('needs no log', async () => {
    const store = open();
    store.saveView(exampleRun({ config: { id: 'r-0001' } }));
    await store.seal('r-0001');
    expect(await store.readLog('r-0001', 1, 10)).toEqual([]);
  });
});
