import { expect, it } from 'vitest';
import { toCsv } from '@/components/ui/table-text';
import { exampleRow } from './example-row';
import { historyTable } from './runs-csv';

/** The one row of the table by column. */
function columnsOf(row: ReturnType<typeof exampleRow>) {
  const { head, rows } = historyTable([row]);
  return Object.fromEntries(head.map((column, at) => [column, rows[0]?.[at]]));
}

it('gives raw figures, UTC times, tags and note', () => {
  const place = { experimentId: 'x-0016', cell: 0, pair: 5, attempt: 1, side: 0 };
  expect(columnsOf(exampleRow({ place, tags: ['aa', 'keep'], note: 'cold "start"' }))).toMatchObject({
    run: 'r-0001',
    p50_ns: 131_422,
    throughput_per_s: 7_139.2,
    requests: 20_000,
    seconds: null,
    experiment: 'x-0016',
    pair: 5,
    created: '2025-11-23T12:13:20.000Z',
    tags: 'aa;keep',
    note: 'cold "start"',
  });
});

it('keeps its head without a run, and every row as wide as the head', () => {
  const lines = toCsv(historyTable([exampleRow({ startedAt: null, endedAt: null })])).split('\r\n');
  expect(toCsv(historyTable([]))).toBe(`${lines[0]}\r\n`);
  expect(lines[1]?.split(',')).toHaveLength(lines[0]?.split(',').length ?? 0);
});
