import { expect, it } from 'vitest';
import { PLAN, runOf, viewOf } from './example-experiment';
import { layOutMatrix, segmentsOf } from './matrix';

const words = (view: Parameters<typeof layOutMatrix>[0]) =>
  layOutMatrix(view).map(({ rows, pairs }) => ({
    rows: rows.map(({ fields }) => fields.map((field) => (field.kind === 'run' ? field.look : field.kind)).join(' ')),
    pairs,
  }));

it('shows a plan that has not begun as queued, a row per variant and a column per pair', () => {
  expect(words(viewOf({}, []))).toEqual([{ rows: ['queued queued', 'queued queued'], pairs: [null, null] }]);
});

it('fills in as runs finish', () => {
  const runs = [
    runOf({ side: 0 }),
    runOf({ side: 1, runId: 'r-0002' }),
    runOf({ pair: 2, side: 1, runId: 'r-0003', state: 'measuring', verdict: null }),
  ];
  expect(words(viewOf({}, runs, ['counts']))).toEqual([{ rows: ['valid queued', 'valid running'], pairs: ['counts', 'open'] }]);
});

it('says that a pair with a run that is not valid runs again', () => {
  const suspect = runOf({ side: 0, verdict: 'suspect' });
  expect(words(viewOf({}, [suspect], ['again']))).toEqual([
    { rows: ['suspect queued', 'queued queued'], pairs: ['again', null] },
  ]);
});

it('shows the newest attempt of a pair', () => {
  const runs = [
    runOf({ side: 0, verdict: 'suspect' }),
    runOf({ side: 0, attempt: 2, runId: 'r-0002' }),
    runOf({ side: 1, attempt: 2, runId: 'r-0003' }),
  ];
  const [group] = layOutMatrix(viewOf({}, runs, ['counts']));
  expect(group?.pairs).toEqual(['counts', null]);
  expect(group?.rows[0]?.fields[0]).toMatchObject({ kind: 'run', look: 'valid', run: { runId: 'r-0002' } });
});

it('nothing is queued in an experiment that was cancelled', () => {
  expect(words(viewOf({ state: 'cancelled' }, [runOf({})], ['given_up']))).toEqual([
    { rows: ['valid absent', 'absent absent'], pairs: ['given_up', null] },
  ]);
});

it('has a group for every scenario under every workload', () => {
  const plan = { ...PLAN, scenarios: ['scenario3', 'scenario5'], workloads: [...PLAN.workloads, ...PLAN.workloads] };
  const groups = layOutMatrix(viewOf({ plan }, [runOf({ cell: 3 })]));
  expect(groups.map(({ cell }) => cell.scenario)).toEqual(['scenario3', 'scenario3', 'scenario5', 'scenario5']);
  expect(groups[3]?.rows[0]?.fields[0]).toMatchObject({ kind: 'run' });
});

it('draws a piece for each run, and joins those alike where there are too many', () => {
  const view = viewOf({}, [runOf({}), runOf({ side: 1, verdict: 'suspect' })]);
  expect(segmentsOf(view).map(({ look }) => look)).toEqual(['valid', 'suspect', 'queued', 'queued']);
  const large = { ...view, progress: { ...view.progress, runsExpected: 500 } };
  expect(segmentsOf(large)).toEqual([
    { look: 'valid', runs: 1 },
    { look: 'suspect', runs: 1 },
    { look: 'queued', runs: 498 },
  ]);
});
