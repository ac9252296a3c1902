import { expect, it } from 'vitest';
import { toCsv, toMarkdown } from './table-text';

const table = {
  head: ['run', 'note', 'p50_ns'],
  rows: [
    ['r-0001', 'quiet, "cold"\nstart', 131422],
    ['r-0002', 'a|b', null],
  ],
};

it('quotes what CSV would split, and leaves the unknown empty', () => {
  expect(toCsv(table)).toBe('run,note,p50_ns\r\nr-0001,"quiet, ""cold""\nstart",131422\r\nr-0002,a|b,\r\n');
});

it('keeps Markdown rows on one line each, with numbers to the right', () => {
  expect(toMarkdown(table).split('\n')).toEqual([
    '| run | note | p50_ns |',
    '| --- | --- | ---: |',
    '| r-0001 | quiet, "cold" start | 131422 |',
    '| r-0002 | a\\|b | – |',
    '',
  ]);
});
