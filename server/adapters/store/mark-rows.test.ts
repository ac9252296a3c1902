import { expect, it } from 'vitest';
import { exampleRun } from '@/server/domain/example-run';
import { MARK_LIMITS } from '@/server/domain/run-marks';
import { failureOf, withDataDir } from './temporary-store';

const { open } = withDataDir();

function storeWithRun() {
  const store = open();
  store.saveView(exampleRun({ config: { id: 'r-0001' } }));
  return store;
}

it('are none at first, and replaced as a whole, also on a sealed run', async () => {
  const store = storeWithRun();
  expect(store.marks('r-0001')).toEqual({ tags: [], note: null });
  await store.seal('r-0001');
  store.setMarks('r-0001', { tags: ['a', 'b'], note: 'first' });
  store.setMarks('r-0001', { tags: ['b', 'c'], note: null });
  expect(open().marks('r-0001')).toEqual({ tags: ['b', 'c'], note: null });
  expect(store.list({ limit: 9, search: 'first' }).total).toBe(0);
});

it('are trimmed, keep their case, and hold each tag once whatever its case', () => {
  const store = storeWithRun();
  store.setMarks('r-0001', { tags: ['  Slow  disk ', 'KEEP', 'slow disk', 'keep'], note: '  two\nlines \n' });
  expect(store.marks('r-0001')).toEqual({ tags: ['Slow disk', 'KEEP'], note: 'two\nlines' });
  store.setMarks('r-0001', { tags: [], note: '   ' });
  expect(store.marks('r-0001')).toEqual({ tags: [], note: null });
});

it.each([
  ['an empty tag', { tags: ['fine', ' '], note: null }, 'empty'],
  ['a tag that is too long', { tags: ['x'.repeat(MARK_LIMITS.tagCharacters + 1)], note: null }, 'xxxx'],
  ['too many tags', { tags: Array.from({ length: MARK_LIMITS.tags + 1 }, (_, at) => `t${at}`), note: null }, '13 tags'],
  ['a note that is too long', { tags: [], note: 'n'.repeat(MARK_LIMITS.noteCharacters + 1) }, '2001 characters'],
])('refuse %s, naming it, and stay as they were', (_what, marks, words) => {
  const store = storeWithRun();
  store.setMarks('r-0001', { tags: ['before'], note: 'before' });
  const failure = failureOf(() => store.setMarks('r-0001', marks));
  expect(failure).toMatchObject({ code: 'bad_marks', message: expect.stringContaining(words), remedy: expect.any(String) });
  expect(store.marks('r-0001')).toEqual({ tags: ['before'], note: 'before' });
});

it('take as much as the limits say, counted as a reader counts', () => {
  const store = storeWithRun();
  const tags = Array.from({ length: MARK_LIMITS.tags }, (_, at) => String.fromCodePoint(0x1f600 + at).repeat(32));
  const note = '\u{1f600}'.repeat(MARK_LIMITS.noteCharacters);
  store.setMarks('r-0001', { tags, note });
  expect(store.marks('r-0001')).toEqual({ tags, note });
});

it('belong to a run that is there', () => {
  const store = open();
  expect(failureOf(() => store.marks('r-0404')).code).toBe('unknown_run');
  expect(failureOf(() => store.setMarks('r-0404', { tags: ['a'], note: null })).code).toBe('unknown_run');
  expect(store.facets().tags).toEqual([]);
});
