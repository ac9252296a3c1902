/** Experiments on the real engine: interleaved to the end, paused and gone on with, cancelled, refused. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentPlan, ExperimentView } from './domain/experiment/experiment';
import { openTestLab, smallWorkload, type TestLab } from './open-test-lab';

let open: TestLab;

beforeAll(async () => {
  open = await openTestLab();
});
afterAll(() => open.remove());

/** A few hundred requests: what is tested is the order of things, not the figures. */
const plan: ExperimentPlan = {
  title: 'A small one',
  question: 'Does it come to its end?',
  scenarios: ['scenario3'],
  variants: ['baseline', 'tc_broadcast'],
  workloads: [smallWorkload({ amount: { kind: 'requests', requests: 300 }, warmupSeconds: 0.2 })],
  pairs: 2,
  retriesPerPair: 0,
  seed: 1,
  insist: false,
};

const create = (changes: Partial<ExperimentPlan> = {}) => open.lab.experiments.create({ ...plan, ...changes }, randomUUID());

/** The first view for which the condition holds. */
async function reach(id: string, condition: (view: ExperimentView) => boolean): Promise<ExperimentView> {
  const stop = new AbortController();
  try {
    const listener = { signal: stop.signal, isCongested: () => false };
    for await (const { value } of open.lab.experiments.watch(id, listener)) if (condition(value)) return value;
  } finally {
    stop.abort();
  }
  return open.lab.experiments.view(id);
}

describe('an experiment', () => {
  it('runs its pairs one after the other, AB then BA, and every run knows its place', async () => {
    const id = await create();
    await open.lab.experiments.settled(id);
    const { record, runs, progress } = open.lab.experiments.view(id);
    expect(record.state).toBe('done');
    // On a busy machine the first run of a pair may be left out, and the pair ends there.
    for (const [pair, order] of [
      [1, ['baseline', 'tc_broadcast']],
      [2, ['tc_broadcast', 'baseline']],
    ] as const) {
      const own = runs.filter((run) => run.pair === pair);
      expect(own.map(({ variant }) => variant)).toEqual(order.slice(0, own[0]?.verdict === 'valid' ? 2 : 1));
    }
    for (const [at, run] of runs.entries()) {
      const before = runs[at - 1];
      if (before !== undefined) expect(run.startedAt ?? 0).toBeGreaterThanOrEqual(before.endedAt ?? Number.NaN);
    }
    expect(progress).toMatchObject({ runsOver: runs.length, runsExpected: runs.length, pairsWanted: 2 });
    expect(open.lab.list({ limit: 10, experiment: id }).total).toBe(runs.length);
    expect(open.lab.experiments.results(id)).toMatchObject({ experimentId: id, isControl: false, noiseFloor: null });
    expect(open.lab.experiments.list({ limit: 10 }).rows[0]).toMatchObject({ id, state: 'done', imported: false });
  });

  it('asked for twice with one request id runs once', async () => {
    const requestId = randomUUID();
    const ids = await Promise.all([1, 2].map(() => open.lab.experiments.create({ ...plan, pairs: 1 }, requestId)));
    expect(ids[0]).toBe(ids[1]);
    await open.lab.experiments.cancel(ids[0] ?? '');
  });

  it('paused finishes the run that measures, begins no other, and goes on where it was', async () => {
    const id = await create();
    await reach(id, ({ running }) => running !== null);
    await open.lab.experiments.pause(id);
    await open.lab.experiments.settled(id);
    const paused = open.lab.experiments.view(id);
    expect(paused.record).toMatchObject({ state: 'paused', note: 'Paused on request.' });
    expect(paused.runs.map(({ state }) => state)).toEqual(['done']);
    await open.lab.experiments.resume(id);
    await open.lab.experiments.settled(id);
    const done = open.lab.experiments.view(id);
    expect(done.record.state).toBe('done');
    expect(done.runs.map(({ runId }) => runId).slice(0, 1)).toEqual(paused.runs.map(({ runId }) => runId));
    expect(new Set(done.runs.map(({ pair, side, attempt }) => `${pair}/${side}/${attempt}`)).size).toBe(done.runs.length);
  });

  it('waits until the one before it is over, and its runs never come between those of another pair', async () => {
    const [first, second] = [await create({ pairs: 1 }), await create({ pairs: 1 })];
    expect((await reach(second, ({ waitsFor }) => waitsFor !== null)).waitsFor).toBe(first);
    await open.lab.experiments.settled(second);
    const ended = Math.max(...open.lab.experiments.view(first).runs.map(({ endedAt }) => endedAt ?? 0));
    for (const run of open.lab.experiments.view(second).runs) expect(run.startedAt).toBeGreaterThanOrEqual(ended);
  });

  it('takes a pause back as long as the run before it measures', async () => {
    const id = await create({ pairs: 1 });
    await reach(id, ({ running }) => running !== null);
    await open.lab.experiments.pause(id);
    expect(open.lab.experiments.view(id).pausing).toBe(true);
    await open.lab.experiments.resume(id);
    expect(open.lab.experiments.view(id).pausing).toBe(false);
    await open.lab.experiments.settled(id);
    expect(open.lab.experiments.view(id).record.state).toBe('done');
  });

  it('cancelled ends its run, removes its cluster, and keeps what was measured', async () => {
    const id = await create({ workloads: [smallWorkload({ amount: { kind: 'seconds', seconds: 20 } })] });
    const { running } = await reach(id, (view) => view.running?.phase === 'measuring');
    await open.lab.experiments.cancel(id);
    const { record, runs } = open.lab.experiments.view(id);
    expect(record.state).toBe('cancelled');
    expect(runs.map(({ state }) => state)).toEqual(['stopped']);
    expect(open.lab.view(running?.runId ?? '').removed).toBe('4 containers, 1 network');
    await expect(open.lab.experiments.resume(id)).rejects.toMatchObject({ code: 'experiment_over' });
  });

  it('of an impossible plan is refused before anything runs, with every reason', async () => {
    await expect(create({ scenarios: ['scenario3', 'scenario4'], pairs: 0 })).rejects.toMatchObject({
      code: 'bad_plan',
      message: expect.stringMatching(/pairs is 0[\s\S]*"scenario4"/),
    });
  });

  it('removed takes its runs with it, and they cannot be removed one by one', async () => {
    const id = await create({ pairs: 1 });
    await open.lab.experiments.settled(id);
    const ids = open.lab.experiments.view(id).runs.map(({ runId }) => runId);
    await expect(open.lab.history.remove(ids.slice(0, 1))).rejects.toMatchObject({ code: 'run_in_experiment' });
    expect(await open.lab.experiments.remove(id)).toMatchObject({ runs: ids.length });
    expect(() => open.lab.experiments.view(id)).toThrow(`there is no experiment ${id}`);
    expect(() => open.lab.view(ids[0] ?? '')).toThrow('there is no run');
  });
});
