import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { exampleConfig, exampleRun } from '@/server/domain/example-run';
import { exampleRecord } from '@/server/domain/experiment/example-experiment';
import { newRun } from '@/server/domain/run-machine';
import { exampleTelemetry } from './example-telemetry';
import { exampleImport, exampleLines, withDataDir } from './temporary-store';

const { open, dataDir, runDir } = withDataDir();

const place = (experimentId: string) => ({ experimentId, cell: 0, pair: 1, attempt: 1, side: 0 });
const ids = (store: ReturnType<typeof open>) => store.list({ limit: 99 }).rows.map(({ id }) => id);

/** Rows of every table but those that are there in an empty store too. */
function countRows(): number {
  const db = new Database(join(dataDir(), 'lab.db'));
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'").all();
  const own = ['sequence', 'store', 'owners', 'retention'];
  const count = z.object({ n: z.int() });
  const names = tables.map((row) => z.object({ name: z.string() }).parse(row).name).filter((name) => !own.includes(name));
  const total = names.reduce((sum, name) => sum + count.parse(db.prepare(`SELECT count(*) AS n FROM ${name}`).get()).n, 0);
  db.close();
  return total;
}

describe('removed runs', () => {
  it('leave neither row nor file, and say what they took up', async () => {
    const store = open();
    await store.importAll({ experiment: null, runs: ['r-0001', 'r-0002'].map((id) => exampleImport({ id })) });
    store.setMarks('r-0001', { tags: ['a'], note: 'b' });
    store.askToStop('r-0001');
    const bytes = store.planRetention({ maxAgeDays: null, maxBytes: 0 }, 0).totalBytes;
    expect(await store.removeRuns(['r-0001', 'r-0002', 'r-0001'])).toEqual({ runs: 2, bytes });
    expect(bytes).toBeGreaterThan(10_000);
    expect(countRows()).toBe(0);
    expect(existsSync(runDir('r-0001'))).toBe(false);
    expect(store.size()).toMatchObject({ runs: 0, fileBytes: 0 });
  });

  it('give their room back to the disk', async () => {
    const store = open();
    const { intervals, events } = exampleTelemetry({ seconds: 20, seed: 2 });
    await store.importAll({ experiment: null, runs: [{ ...exampleImport({ id: 'r-0001' }), intervals, events }] });
    const before = store.size().databaseBytes;
    const { bytes } = await store.removeRuns(['r-0001']);
    expect(before - store.size().databaseBytes).toBeGreaterThan(bytes * 0.8);
  });

  it.each([
    ['that is not over', 'r-0002', 'run_not_over'],
    ['of an experiment', 'r-0003', 'run_in_experiment'],
    ['that is not there', 'r-0404', 'unknown_run'],
  ])('are none if there is one among them %s', async (_what, id, code) => {
    const store = open();
    store.saveExperiment(exampleRecord({ state: 'done' }));
    store.saveView(exampleRun({ config: { id: 'r-0001' } }));
    store.saveView(newRun(exampleConfig({ id: 'r-0002' })));
    store.saveView(exampleRun({ config: { id: 'r-0003', place: place('x-0001') } }));
    await expect(store.removeRuns(['r-0001', id])).rejects.toMatchObject({ code, message: expect.stringContaining(id) });
    expect(ids(store)).toEqual(['r-0003', 'r-0002', 'r-0001']);
  });

  it('may belong to an experiment that is not in this store', async () => {
    const store = open();
    store.saveView(exampleRun({ config: { id: 'r-0001', place: place('x-0009') } }));
    expect((await store.removeRuns(['r-0001'])).runs).toBe(1);
  });

  it('may have an open log, which is removed with them', async () => {
    const store = open();
    store.saveView(exampleRun({ config: { id: 'r-0001' } }));
    store.appendLog('r-0001', exampleLines(1, 5));
    await store.removeRuns(['r-0001']);
    await store.seal('r-0001');
    expect(existsSync(runDir('r-0001'))).toBe(false);
    expect(countRows()).toBe(0);
  });
});

describe('a removed experiment', () => {
  it('takes all its runs with it, and no other', async () => {
    const store = open();
    const runs = ['r-0001', 'r-0002'].map((id) => exampleImport({ id, place: place('x-0001') }));
    await store.importAll({ experiment: exampleRecord({ state: 'done' }), runs });
    await store.importAll({ experiment: null, runs: [exampleImport({ id: 'r-0003' })] });
    store.askExperiment('x-0001', 'cancel');
    expect((await store.removeExperiment('x-0001')).runs).toBe(2);
    expect(store.experiment('x-0001')).toBeNull();
    expect(store.takeExperimentWish('x-0001')).toBeNull();
    expect(ids(store)).toEqual(['r-0003']);
    expect(existsSync(runDir('r-0001'))).toBe(false);
    expect(existsSync(runDir('r-0003'))).toBe(true);
  });

  it('is not one that runs, whose run is not over, or that is not there', async () => {
    const store = open();
    store.saveExperiment(exampleRecord({ id: 'x-0001' }));
    await expect(store.removeExperiment('x-0001')).rejects.toMatchObject({ code: 'experiment_running' });
    store.saveExperiment(exampleRecord({ id: 'x-0001', state: 'cancelled' }));
    store.saveView(newRun(exampleConfig({ id: 'r-0001', place: place('x-0001') })));
    await expect(store.removeExperiment('x-0001')).rejects.toMatchObject({ code: 'run_not_over' });
    await expect(store.removeExperiment('x-0404')).rejects.toMatchObject({ code: 'unknown_experiment' });
    expect(store.experiment('x-0001')).not.toBeNull();
  });
});
