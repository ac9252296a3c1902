import { expect, it } from 'vitest';
import type { BpfCode, BpfLife } from '@/server/domain/bpf-watch';
import { exampleRun } from '@/server/domain/example-run';
import type { BpfPoint } from '@/server/domain/ports';
import { failureOf, withDataDir } from './temporary-store';

const { open } = withDataDir();

const ID = 'r-0001';
const PROGRAM = { replica: 'replica1', programId: 42, name: 'lab_broadcast', tag: '6d93a55983869661' };
const point = (at: number, runCnt: number | null, changes: Partial<BpfPoint> = {}): BpfPoint => {
  return { ...PROGRAM, at, runCnt, runTimeNs: runCnt === null ? null : runCnt * 100, ...changes };
};
const life: BpfLife = { ...PROGRAM, loadedAt: 500, firstSeenAt: 1000, lastSeenAt: 1000, gone: false };
const code = (text: string): BpfCode => ({
  ...PROGRAM,
  lines: [{ kind: 'instruction', text, sourceLine: 104 }],
  problem: null,
});

function filled() {
  const store = open();
  store.saveView(exampleRun({ config: { id: ID } }));
  store.appendBpfSeries(ID, [point(1000, null), point(1000, 7, { replica: 'replica2', programId: 43 })]);
  store.appendBpfSeries(ID, [point(1500, 12)]);
  store.appendBpfSeries(ID, []);
  store.saveBpfLives(ID, [life]);
  store.saveBpfLives(ID, [{ ...life, lastSeenAt: 1500, gone: true }]);
  store.saveBpfCode(ID, code('0: old'));
  store.saveBpfCode(ID, code('0: new'));
  return store;
}

const SERIES = [
  { ...PROGRAM, at: [1000, 1500], runCnt: [null, 12], runTimeNs: [null, 1200] },
  { ...PROGRAM, replica: 'replica2', programId: 43, at: [1000], runCnt: [7], runTimeNs: [700] },
];

it('keeps counters by program, the newest lives and the newest code, before and after the run is sealed', async () => {
  const store = filled();
  for (const moment of ['live', 'sealed', 'opened again']) {
    const reader = moment === 'opened again' ? open() : store;
    expect(reader.bpfSeries(ID), moment).toEqual(SERIES);
    expect(reader.bpfLives(ID), moment).toEqual([{ ...life, lastSeenAt: 1500, gone: true }]);
    expect(reader.bpfCodes(ID), moment).toEqual([code('0: new')]);
    if (moment === 'live') await store.seal(ID);
  }
  expect(failureOf(() => store.saveBpfCode(ID, code('0: late'))).code).toBe('run_over');
});

it('has nothing of a run that nobody watched', async () => {
  const store = open();
  store.saveView(exampleRun({ config: { id: ID } }));
  await store.seal(ID);
  expect([store.bpfSeries(ID), store.bpfLives(ID), store.bpfCodes(ID)]).toEqual([[], [], []]);
});

it('goes with its run', async () => {
  const store = filled();
  const before = store.size().databaseBytes;
  await store.removeRuns([ID]);
  expect(store.bpfSeries(ID)).toEqual([]);
  expect(store.bpfCodes(ID)).toEqual([]);
  expect(store.size().databaseBytes).toBeLessThanOrEqual(before);
});
