import { expect, it } from 'vitest';
import { exampleRow } from '@/components/history/example-row';
import { withLive } from './live-rows';

it('leaves the very rows alone while nothing runs, so that none is drawn again', () => {
  const rows = [exampleRow()];
  expect(withLive(rows, null)).toBe(rows);
  expect(withLive(rows, { at: 0, running: null, queue: [] })).toBe(rows);
});
