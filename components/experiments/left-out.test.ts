import { expect, it } from 'vitest';
import { runOf, viewOf } from './example-experiment';
import { leftOutRuns, mayRetry } from './left-out';

it('lists runs that do not count, the newest first, with what becomes of their pair', () => {
  const runs = [
    runOf({ runId: 'r-0001', verdict: 'suspect', endedAt: 1 }),
    runOf({ runId: 'r-0002', attempt: 2, endedAt: 2 }),
    runOf({ runId: 'r-0003', attempt: 2, side: 1, endedAt: 3 }),
    runOf({ runId: 'r-0004', pair: 2, verdict: 'invalid', endedAt: 4 }),
  ];
  const listed = leftOutRuns(viewOf({}, runs, ['counts', 'again'])).map(({ run, fate }) => `${run.runId} ${fate}`);
  expect(listed).toEqual(['r-0004 again', 'r-0001 repeated']);
});

it('says of every attempt at a pair that was given up what became of it', () => {
  const twice = [runOf({ verdict: 'suspect' }), runOf({ runId: 'r-0002', attempt: 2, verdict: 'suspect' })];
  expect(leftOutRuns(viewOf({}, twice, ['given_up'])).map(({ fate }) => fate)).toEqual(['repeated', 'given_up']);
});

it('offers no retry for what was cancelled or measured elsewhere', () => {
  expect(mayRetry({ state: 'done', importedFrom: null })).toBe(true);
  expect(mayRetry({ state: 'cancelled', importedFrom: null })).toBe(false);
  expect(mayRetry({ state: 'done', importedFrom: { storeId: 's', id: 'x-0001', at: 0 } })).toBe(false);
});
