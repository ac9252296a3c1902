import { expect, it } from 'vitest';
import { exampleRun } from '@/server/domain/example-run';
import { exampleRecord } from '@/server/domain/experiment/example-experiment';
import { failureOf, withDataDir } from './temporary-store';

const { open } = withDataDir();

it('are numbered apart from runs', () => {
  const store = open();
  expect([store.nextExperimentId(), store.nextRunId(), store.nextExperimentId()]).toEqual(['x-0001', 'r-0001', 'x-0002']);
  expect(open().nextExperimentId()).toBe('x-0003');
});

it('come back as they were saved last', () => {
  const store = open();
  expect(store.experiment('x-0001')).toBeNull();
  store.saveExperiment(exampleRecord());
  const paused = exampleRecord({ state: 'paused', note: 'asked for', grantedRetries: [{ cell: 0, pair: 2 }] });
  store.saveExperiment(paused);
  expect(open().experiment('x-0001')).toEqual(paused);
  expect(store.experiments({ limit: 9 }).total).toBe(1);
});

it('are listed newest first, in pages', () => {
  const store = open();
  for (const id of ['x-0001', 'x-9999', 'x-10000']) store.saveExperiment(exampleRecord({ id, state: 'done' }));
  const ids = (filter: Parameters<typeof store.experiments>[0]) => store.experiments(filter).rows.map(({ id }) => id);
  expect(ids({ limit: 2 })).toEqual(['x-10000', 'x-9999']);
  expect(ids({ limit: 2, before: 'x-9999' })).toEqual(['x-0001']);
  expect(store.experiments({ limit: 1, before: 'x-9999' }).total).toBe(3);
});

it('have their runs in the order they were launched, those that do not count among them', async () => {
  const store = open();
  const place = (experimentId: string, side: number) => ({ experimentId, cell: 0, pair: 1, attempt: 1, side });
  store.saveView(exampleRun({ config: { id: 'r-0010', place: place('x-0001', 1) }, view: { state: 'failed' } }));
  store.saveView(exampleRun({ config: { id: 'r-0002', place: place('x-0001', 0) } }));
  store.saveView(exampleRun({ config: { id: 'r-0003', place: place('x-0002', 0) } }));
  store.saveView(exampleRun({ config: { id: 'r-0004' } }));
  await store.seal('r-0002');
  expect(store.experimentRuns('x-0001').map(({ config }) => config.id)).toEqual(['r-0002', 'r-0010']);
  expect(store.experimentRuns('x-0404')).toEqual([]);
});

it('keep one wish: the latest, but nothing takes back a cancel', () => {
  const store = open();
  store.saveExperiment(exampleRecord());
  expect(store.takeExperimentWish('x-0001')).toBeNull();
  store.askExperiment('x-0001', 'pause');
  store.askExperiment('x-0001', 'cancel');
  store.askExperiment('x-0001', 'pause');
  expect(store.takeExperimentWish('x-0001')).toBe('cancel');
  expect(store.takeExperimentWish('x-0001')).toBeNull();
  expect(failureOf(() => store.askExperiment('x-0404', 'pause')).code).toBe('unknown_experiment');
});

it('that run in this process are no orphans', () => {
  const store = open();
  store.saveExperiment(exampleRecord());
  expect(store.orphanedExperiments()).toEqual([]);
  store.saveExperiment(exampleRecord({ note: 'still mine' }));
  expect(store.experiment('x-0001')?.note).toBe('still mine');
});
