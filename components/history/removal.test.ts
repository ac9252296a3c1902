import { expect, it } from 'vitest';
import { exampleRow } from './example-row';
import { planRemoval } from './removal';

it('leaves runs of an experiment where they are, and counts them', () => {
  const place = { experimentId: 'x-0003', cell: 0, pair: 1, attempt: 1, side: 0 };
  const rows = [exampleRow({ id: 'r-0001' }), exampleRow({ id: 'r-0002', place }), exampleRow({ id: 'r-0003', place })];
  expect(planRemoval(['r-0003', 'r-0001', 'r-0002'], rows)).toEqual({
    ids: ['r-0001'],
    held: [{ experiment: 'x-0003', runs: 2 }],
  });
});

it('asks the server about runs whose row is not shown', () => {
  expect(planRemoval(['r-0009'], [])).toEqual({ ids: ['r-0009'], held: [] });
});
