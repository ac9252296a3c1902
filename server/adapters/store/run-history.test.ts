import { describe, expect, it } from 'vitest';
import { BASELINE, exampleRun } from '@/server/domain/example-run';
import { exampleRecord, validityOf } from '@/server/domain/experiment/example-experiment';
import type { RunView } from '@/server/domain/run';
import { newRun } from '@/server/domain/run-machine';
import type { RunFilter } from '@/server/domain/run-marks';
import { withDataDir } from './temporary-store';

const { open } = withDataDir();

const PLACE = { experimentId: 'x-0001', cell: 0, pair: 1, attempt: 1, side: 0 };

const RUNS: RunView[] = [
  exampleRun({ config: { id: 'r-0001', size: 3, variant: BASELINE }, view: { validity: validityOf('valid') } }),
  exampleRun({ config: { id: 'r-0002', size: 3 }, view: { validity: validityOf('invalid') } }),
  exampleRun({ config: { id: 'r-0003', size: 5, place: PLACE }, view: { validity: validityOf('suspect') } }),
  exampleRun({ config: { id: 'r-0004', size: 5 }, view: { state: 'failed' } }),
  newRun(exampleRun({ config: { id: 'r-0005', size: 7 } }).config),
];

function fill() {
  const store = open();
  store.saveExperiment(exampleRecord({ state: 'done' }));
  for (const view of RUNS) store.saveView(view);
  store.setMarks('r-0002', { tags: ['Hog beside it', 'keep'], note: 'A compiler ran.' });
  store.setMarks('r-0004', { tags: ['KEEP'], note: null });
  return store;
}

describe('each filter narrows', () => {
  it.each<[Omit<RunFilter, 'limit'>, string[]]>([
    [{}, ['r-0005', 'r-0004', 'r-0003', 'r-0002', 'r-0001']],
    [{ scenario: 'scenario3' }, ['r-0002', 'r-0001']],
    [{ variant: 'baseline' }, ['r-0001']],
    [{ state: 'failed' }, ['r-0004']],
    [{ state: 'unfinished' }, ['r-0005']],
    [{ verdict: 'invalid' }, ['r-0002']],
    [{ verdict: 'suspect', scenario: 'scenario3' }, []],
    [{ tag: 'keep' }, ['r-0004', 'r-0002']],
    [{ tag: ' Keep' }, ['r-0004', 'r-0002']],
    [{ tag: 'hog' }, []],
    [{ experiment: 'x-0001' }, ['r-0003']],
    [{ search: 'COMPILER hog' }, ['r-0002']],
    [{ search: 'hog scenario5' }, []],
    [{ search: 'keep', tag: 'keep', scenario: 'scenario5' }, ['r-0004']],
  ])('%j', (filter, ids) => {
    const { rows, total } = fill().list({ limit: 9, ...filter });
    expect(rows.map(({ id }) => id)).toEqual(ids);
    expect(total).toBe(ids.length);
  });

  it('and pages count what all of them leave', () => {
    const { rows, total } = fill().list({ limit: 1, before: 'r-0004', variant: 'tc_broadcast', state: 'done' });
    expect(rows.map(({ id }) => id)).toEqual(['r-0003']);
    expect(total).toBe(2);
  });
});

it('rows carry tags in the order they were given, and the note', () => {
  const { rows } = fill().list({ limit: 9, search: 'r-0002' });
  expect(rows).toMatchObject([{ id: 'r-0002', tags: ['Hog beside it', 'keep'], note: 'A compiler ran.', verdict: 'invalid' }]);
});

it('marks stay when the run is saved again', () => {
  const store = fill();
  store.saveView({ ...RUNS[1], ...exampleRun({ config: { id: 'r-0002', size: 3 } }) });
  expect(store.list({ limit: 9, search: 'compiler' }).rows).toMatchObject([{ id: 'r-0002', tags: ['Hog beside it', 'keep'] }]);
});

it('facets say what there is to choose from, with how many runs each; tags that differ in case are one', () => {
  expect(fill().facets()).toEqual({
    scenarios: [
      { value: 'scenario3', runs: 2 },
      { value: 'scenario5', runs: 2 },
      { value: 'scenario7', runs: 1 },
    ],
    variants: [
      { value: 'baseline', runs: 1 },
      { value: 'tc_broadcast', runs: 4 },
    ],
    tags: [
      { value: 'Hog beside it', runs: 1 },
      { value: 'keep', runs: 2 },
    ],
  });
  expect(open().facets().tags).toHaveLength(2);
});
