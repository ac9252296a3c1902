import { expect, it } from 'vitest';
import { examplePeer, LOOKED_AT } from './example-view';
import { compareMacs, sayConsequence, sayDrift } from './peer-words';

it('names the fields that drifted and since when', () => {
  const row = examplePeer(3, { drift: ['mac', 'port'], driftedSince: LOOKED_AT - 1_500 });
  expect(sayDrift(row, LOOKED_AT)).toBe('MAC and port drifted, seen for 1.5 s');
  expect(sayDrift({ ...row, driftedSince: LOOKED_AT }, LOOKED_AT)).toBe('MAC and port drifted, first seen now');
});

it('says what follows from it', () => {
  const wrong = examplePeer(3, { drift: ['mac'], mac: '02:00:00:00:00:99' });
  expect(sayConsequence(wrong)).toBe(
    'Copies for replica3 carry 02:00:00:00:00:99, but its interface has 02:42:0a:2a:05:03: it drops them.',
  );
  expect(sayConsequence(examplePeer(3, { drift: ['valid'] }))).toContain('no copy is made');
  expect(sayConsequence(examplePeer(9, { replica: null, drift: ['valid'] }))).toContain('No replica has slot 9');
});

it('marks the bytes that differ, and none where nothing is known', () => {
  const bytes = compareMacs('02:42:0a:2a:05:0e', '02:42:0a:2a:05:2e');
  expect(bytes.map(({ differs }) => differs)).toEqual([false, false, false, false, false, true]);
  expect(compareMacs('02:42:0a:2a:05:0e', null).some(({ differs }) => differs)).toBe(false);
});
