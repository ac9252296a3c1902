import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exampleConfig } from '@/server/domain/example-run';
import { exampleRecord } from '@/server/domain/experiment/example-experiment';
import { newRun } from '@/server/domain/run-machine';
import { type KeptRun, planRetention } from './plan-retention';
import { exampleImport, withDataDir } from './temporary-store';

const { open, runDir } = withDataDir();

const DAY_MS = 86_400_000;
const NOW = 100 * DAY_MS;

/** A run of 10 bytes, so many days old. */
const run = (id: string, ageDays: number, changes: Partial<KeptRun> = {}): KeptRun => ({
  id,
  createdAt: NOW - ageDays * DAY_MS,
  bytes: 10,
  over: true,
  keep: false,
  experiment: null,
  ...changes,
});

describe('the plan', () => {
  const plan = (runs: KeptRun[], maxAgeDays: number | null, maxBytes: number | null) =>
    planRetention(runs, { maxAgeDays, maxBytes }, NOW);
  const removed = (...args: Parameters<typeof plan>) => plan(...args).remove.map(({ id, why }) => `${id} ${why}`);

  it('removes nothing without limits', () => {
    expect(plan([run('a', 99)], null, null)).toEqual({
      policy: { maxAgeDays: null, maxBytes: null },
      remove: [],
      removeBytes: 0,
      totalBytes: 10,
      totalRuns: 1,
      kept: [],
    });
  });

  it('takes what is older than the limit, and not what is just as old', () => {
    expect(removed([run('a', 31), run('b', 30), run('c', 1)], 30, null)).toEqual(['a age']);
  });

  it('takes the oldest until the rest fits', () => {
    expect(removed([run('new', 1), run('old', 9), run('older', 20)], null, 15)).toEqual(['older size', 'old size']);
    expect(removed([run('new', 1), run('old', 9), run('older', 20)], null, 20)).toEqual(['older size']);
  });

  it('counts what age takes towards the size', () => {
    const runs = [run('a', 40), run('b', 20), run('c', 10)];
    expect(removed(runs, 30, 20)).toEqual(['a age']);
    expect(removed(runs, 30, 10)).toEqual(['a age', 'b size']);
    expect(plan(runs, 30, 10).removeBytes).toBe(20);
  });

  it('passes over what has a reason to stay, and says how much that is', () => {
    const runs = [
      run('kept', 50, { keep: true }),
      run('unfinished', 50, { over: false }),
      run('part', 50, { experiment: { id: 'x-0001', over: false } }),
      run('gone', 50),
      run('young', 1, { keep: true }),
    ];
    expect(removed(runs, 30, null)).toEqual(['gone age']);
    expect(plan(runs, 30, null).kept).toEqual([
      { why: 'tagged keep', runs: 1 },
      { why: 'not over', runs: 1 },
      { why: 'part of an experiment that is not over', runs: 1 },
    ]);
  });

  it('takes an experiment as a whole, as old as its newest run', () => {
    const experiment = { id: 'x-0001', over: true };
    const runs = [run('a', 50, { experiment }), run('b', 20, { experiment }), run('c', 30)];
    expect(removed(runs, 25, null)).toEqual(['c age']);
    expect(removed(runs, 10, null)).toEqual(['c age', 'a age', 'b age']);
    expect(plan(runs, 10, null).remove[1]).toMatchObject({ id: 'a', experiment: 'x-0001', bytes: 10 });
  });

  it('leaves an experiment whole if one run of it is tagged keep', () => {
    const experiment = { id: 'x-0001', over: true };
    const runs = [run('a', 50, { experiment, keep: true }), run('b', 50, { experiment })];
    expect(removed(runs, 10, null)).toEqual([]);
    expect(plan(runs, 10, null).kept).toEqual([{ why: 'part of an experiment with a run that is tagged keep', runs: 2 }]);
  });
});

describe('retention', () => {
  const ALL = { maxAgeDays: 0, maxBytes: null };
  const now = exampleConfig().createdAt + 1;
  const place = { experimentId: 'x-0001', cell: 0, pair: 1, attempt: 1, side: 0 };

  async function fill() {
    const store = open();
    const runs = ['r-0001', 'r-0002'].map((id) => exampleImport({ id, place }));
    await store.importAll({ experiment: exampleRecord({ state: 'done' }), runs });
    await store.importAll({ experiment: null, runs: ['r-0003', 'r-0004'].map((id) => exampleImport({ id })) });
    return store;
  }

  it('has no limits until somebody sets them', () => {
    const store = open();
    expect(store.retentionPolicy()).toEqual({ maxAgeDays: null, maxBytes: null });
    store.setRetentionPolicy({ maxAgeDays: 0.5, maxBytes: 5e12 });
    expect(open().retentionPolicy()).toEqual({ maxAgeDays: 0.5, maxBytes: 5e12 });
  });

  it('shows what it will remove with its size in database and files', async () => {
    const store = await fill();
    const plan = store.planRetention(ALL, now);
    expect(plan.remove.map(({ id }) => id).toSorted()).toEqual(['r-0001', 'r-0002', 'r-0003', 'r-0004']);
    expect(plan.removeBytes).toBe(plan.totalBytes);
    expect(plan.totalBytes).toBeGreaterThan(store.size().fileBytes);
    expect(store.size().fileBytes).toBeGreaterThan(4000);
  });

  it('removes what was shown and would still go, and nothing else', async () => {
    const store = await fill();
    const shown = store.planRetention(ALL, now).remove.map(({ id }) => id);
    store.setMarks('r-0003', { tags: ['Keep'], note: null });
    await store.importAll({ experiment: null, runs: [exampleImport({ id: 'r-0005' })] });
    const removed = await store.applyRetention(ALL, shown, now);
    expect(removed.runs).toBe(3);
    expect(store.list({ limit: 9 }).rows.map(({ id }) => id)).toEqual(['r-0005', 'r-0003']);
    expect(store.experiment('x-0001')).toBeNull();
    expect(existsSync(runDir('r-0001'))).toBe(false);
  });

  it('leaves an experiment of which only a part was shown', async () => {
    const store = await fill();
    expect((await store.applyRetention(ALL, ['r-0001', 'r-0004'], now)).runs).toBe(1);
    expect(store.list({ limit: 9 }).rows.map(({ id }) => id)).toEqual(['r-0003', 'r-0002', 'r-0001']);
    expect(store.experiment('x-0001')).not.toBeNull();
  });

  it('counts a run that goes on with what it has so far', () => {
    const store = open();
    store.saveView(newRun(exampleConfig({ id: 'r-0001' })));
    store.saveOverride('r-0001', 'x'.repeat(500));
    const plan = store.planRetention(ALL, now);
    expect(plan).toMatchObject({ remove: [], totalRuns: 1, kept: [{ why: 'not over', runs: 1 }] });
    expect(plan.totalBytes).toBeGreaterThan(1000);
    expect(store.size()).toMatchObject({ fileBytes: 500, runs: 1 });
  });
});
