import { expect, it } from 'vitest';
import { exampleReplica, exampleView } from './example-view';
import { addLook, lastRunsPerS, type RateHistory } from './rate-history';

it('keeps half a minute of looks for each program, with gaps, and forgets programs that are gone', () => {
  let history: RateHistory = new Map();
  for (let look = 0; look < 70; look += 1) history = addLook(history, exampleView());
  expect(history.get('replica1/1207')).toHaveLength(60);
  history = addLook(history, exampleView({ replicas: [exampleReplica('replica2')] }));
  expect([...history.keys()]).toEqual(['replica2/1207']);
});

it('knows how often programs ran when they were last counted', () => {
  expect(lastRunsPerS(new Map())).toBeNull();
  expect(lastRunsPerS(new Map([['replica1/1', [null]]]))).toBeNull();
  expect(
    lastRunsPerS(
      new Map([
        ['replica1/1', [100, 200, null]],
        ['replica2/2', [null, 50]],
      ]),
    ),
  ).toBe(250);
});
