import { describe, expect, it } from 'vitest';
import type { ChunkCount, LogBatch, LogLine } from '@/server/api/types';
import { HELD_LINES } from './held-lines';
import { chunkOf, LogBook } from './log-book';

function line(seq: number): LogLine {
  return {
    seq,
    time: `1763900000.${String(seq).padStart(9, '0')}`,
    source: 'replica1',
    stream: 'stderr',
    level: 'notice',
    text: `line ${seq}`,
  };
}

const lines = (from: number, to: number, step = 1) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => line(from + index * step));

function count(chunk: number, shown: number): ChunkCount {
  return { chunk, shown, warn: 0, error: 0, firstTime: `1763900000.${String(chunk).padStart(9, '0')}` };
}

function batch(more: Partial<LogBatch>): LogBatch {
  const total = more.total ?? more.lines?.at(-1)?.seq ?? 0;
  return {
    reset: false,
    lines: [],
    skipped: null,
    chunks: [],
    marks: [],
    total,
    shown: total,
    dropped: 0,
    late: 0,
    lagMs: null,
    searching: null,
    ...more,
  };
}

/** A log of `to` lines that all match, as the server tells it to somebody who comes now. */
function opened(to: number): LogBook {
  const book = new LogBook();
  const chunks = Array.from({ length: chunkOf(to) + 1 }, (_, chunk) => count(chunk, Math.min(2000, to - chunk * 2000)));
  book.append(batch({ reset: true, lines: lines(Math.max(1, to - 1999), to), chunks }));
  return book;
}

const seqs = (book: LogBook, from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => book.lineAt(from + index)?.seq ?? null);

describe('the log book', () => {
  it('knows every row of a long log and holds its end', () => {
    const book = opened(9_999_500);
    expect(book.rows).toBe(9_999_500);
    expect(book.lineAt(9_999_499)?.seq).toBe(9_999_500);
    expect(book.lineAt(9_997_500)?.seq).toBe(9_997_501);
    expect(book.lineAt(9_997_499)).toBeNull();
    expect(book.lineAt(0)).toBeNull();
    expect(book.isHeld(4999)).toBe(true);
    expect(book.isHeld(4998)).toBe(false);
  });

  it('shows a line that a reconnect sends again once, and counts what came once', () => {
    const book = opened(3);
    book.append(batch({ lines: lines(2, 5), chunks: [count(0, 5)] }));
    expect(seqs(book, 0, 6)).toEqual([1, 2, 3, 4, 5, null]);
    expect(book.arrived).toBe(5);
  });

  it('takes up a page that was fetched and lines that came meanwhile', () => {
    const book = opened(2500);
    expect(book.lineAt(0)).toBeNull();
    book.put({ chunk: 0, lines: lines(1, 2000), complete: true });
    expect(seqs(book, 0, 3)).toEqual([1, 2, 3]);
    // Asked at 2,400 lines, answered at 2,500.
    book.put({ chunk: 1, lines: lines(2001, 2400), complete: false });
    expect(seqs(book, 2398, 2401)).toEqual([2399, 2400, 2401]);
    // Asked at 2,500 lines, answered at 2,600: the hundred come by the subscription as well.
    book.put({ chunk: 1, lines: lines(2001, 2600), complete: false });
    book.append(batch({ lines: lines(2501, 2600), chunks: [count(1, 600)] }));
    expect(seqs(book, 2498, 2600)).toEqual(Array.from({ length: 102 }, (_, index) => 2499 + index));
    expect(book.lineAt(2600)).toBeNull();
  });

  it('keeps a gap as rows without lines until they are fetched', () => {
    const book = opened(100);
    book.append(
      batch({
        lines: lines(5001, 5010),
        skipped: { fromSeq: 101, toSeq: 5000, lines: 4900 },
        chunks: [count(0, 2000), count(1, 2000), count(2, 1010)],
      }),
    );
    expect(book.rows).toBe(5010);
    expect(book.behind).toBe(4900);
    expect([book.received, book.skipped]).toEqual([110, 4900]);
    expect(seqs(book, 99, 101)).toEqual([100, null]);
    expect(seqs(book, 4999, 5002)).toEqual([null, 5001, 5002]);
    expect(book.arrived).toBe(5010);
    book.put({ chunk: 0, lines: lines(1, 2000), complete: true });
    expect(book.behind).toBe(3000);
    book.put({ chunk: 1, lines: lines(2001, 4000), complete: true });
    book.put({ chunk: 2, lines: lines(4001, 5010), complete: false });
    expect(book.behind).toBe(0);
    expect(seqs(book, 0, 5010)).toEqual(Array.from({ length: 5010 }, (_, index) => index + 1));
  });

  it('survives two gaps within one chunk, and lines after them', () => {
    const book = opened(10);
    book.append(batch({ lines: lines(21, 25), skipped: { fromSeq: 11, toSeq: 20, lines: 10 }, chunks: [count(0, 25)] }));
    book.append(batch({ lines: lines(26, 30), chunks: [count(0, 30)] }));
    expect(seqs(book, 9, 30)).toEqual([10, ...Array(10).fill(null), 21, 22, 23, 24, 25, 26, 27, 28, 29, 30]);
    book.append(batch({ lines: lines(41, 42), skipped: { fromSeq: 31, toSeq: 40, lines: 10 }, chunks: [count(0, 42)] }));
    expect(seqs(book, 38, 42)).toEqual([null, null, 41, 42]);
    expect(book.lineAt(9)?.seq).toBe(10);
    expect(book.behind).toBe(20);
    book.put({ chunk: 0, lines: lines(1, 42), complete: false });
    expect(seqs(book, 0, 42)).toEqual(Array.from({ length: 42 }, (_, index) => index + 1));
    expect(book.behind).toBe(0);
  });

  it('ignores a gap that a reconnect tells again', () => {
    const book = opened(10);
    const gap = { fromSeq: 11, toSeq: 20, lines: 10 };
    book.append(batch({ lines: lines(21, 22), skipped: gap, chunks: [count(0, 22)] }));
    book.append(batch({ lines: lines(21, 23), skipped: gap, chunks: [count(0, 23)] }));
    expect(book.behind).toBe(10);
    expect(book.rows).toBe(23);
    expect(seqs(book, 20, 23)).toEqual([21, 22, 23]);
  });

  it('lets go of what was looked at longest ago, and never of what is in sight', () => {
    const book = opened(200_000);
    for (let chunk = 0; chunk < 60; chunk += 1) {
      book.put({ chunk, lines: lines(chunk * 2000 + 1, chunk * 2000 + 2000), complete: true }, (other) => other === 3);
    }
    expect(book.held.lines).toBeLessThanOrEqual(HELD_LINES);
    expect([3, 59, 99].map((chunk) => book.isHeld(chunk))).toEqual([true, true, true]);
    expect(book.isHeld(10)).toBe(false);
    expect(book.rows).toBe(200_000);
  });

  it('stays within its bound while lines stream by', () => {
    const book = opened(0);
    for (let first = 1; first < 300_000; first += 1500) {
      const chunks = [...new Set([chunkOf(first), chunkOf(first + 1499)])];
      const last = first + 1499;
      book.append(
        batch({ lines: lines(first, last), chunks: chunks.map((chunk) => count(chunk, Math.min(2000, last - chunk * 2000))) }),
      );
    }
    expect(book.held.lines).toBeLessThanOrEqual(HELD_LINES);
    expect(book.rows).toBe(300_000);
    expect(book.lineAt(299_999)?.seq).toBe(300_000);
  });

  it('places the lines of a reset at the end of a chunk whose count is still searched', () => {
    const book = new LogBook();
    book.append(
      batch({
        reset: true,
        lines: lines(1900, 3500, 100),
        chunks: [count(0, 0), count(1, 15)],
        total: 3500,
        shown: 15,
        searching: { done: 1, of: 2 },
      }),
    );
    expect(seqs(book, 0, 3)).toEqual([1900, 2000, 2100]);
    book.append(batch({ chunks: [count(0, 20)], total: 3500, shown: 35 }));
    expect(book.rows).toBe(35);
    expect(seqs(book, 17, 21)).toEqual([null, 1900, 2000, 2100]);
    book.put({ chunk: 0, lines: lines(100, 2000, 100), complete: true });
    expect(seqs(book, 0, 2)).toEqual([100, 200]);
  });

  it('keeps lines behind a gap apart while nobody has counted what is missing', () => {
    const book = new LogBook();
    const searching = { done: 0, of: 1 };
    const told = { searching, total: 400 };
    book.append(batch({ reset: true, lines: lines(1, 3), chunks: [count(0, 3)] }));
    book.append(batch({ lines: [line(200)], skipped: { fromSeq: 4, toSeq: 199, lines: 7 }, chunks: [count(0, 3)], ...told }));
    book.append(batch({ lines: [line(300)], chunks: [count(0, 3)], ...told }));
    expect(seqs(book, 0, 5)).toEqual([1, 2, 3, 200, 300]);
    book.append(batch({ chunks: [count(0, 12)], total: 400 }));
    expect(book.isHeld(0)).toBe(false);
    expect(seqs(book, 9, 12)).toEqual([null, 200, 300]);
  });

  it('has no rows yet for lines that were counted and did not fit into the batch', () => {
    const book = opened(1000);
    book.append(batch({ lines: lines(1001, 2500), chunks: [count(0, 2000), count(1, 1500)], total: 3500, shown: 3500 }));
    expect(book.rows).toBe(2500);
    expect(book.lineAt(2499)?.seq).toBe(2500);
    // A page that runs ahead of the batches, and the batch that then brings the same.
    book.put({ chunk: 1, lines: lines(2001, 3500), complete: false });
    book.append(batch({ lines: lines(2501, 3500), total: 3500 }));
    expect(book.rows).toBe(3500);
    expect(seqs(book, 2498, 3500)).toEqual(Array.from({ length: 1002 }, (_, index) => 2499 + index));
    book.append(batch({ lines: lines(3501, 4700), chunks: [count(1, 2000), count(2, 900)], total: 4900, shown: 4900 }));
    const gap = { fromSeq: 4701, toSeq: 8000, lines: 3300 };
    book.append(
      batch({ lines: lines(8001, 8100), skipped: gap, chunks: [2, 3].map((at) => count(at, 2000)).concat(count(4, 100)) }),
    );
    expect(book.behind).toBe(3300);
    book.put({ chunk: 2, lines: lines(4001, 6000), complete: true });
    book.put({ chunk: 3, lines: lines(6001, 8000), complete: true });
    expect(book.behind).toBe(0);
  });

  it('finds rows by seq, also of a line the filter hides, and keeps an anchor while counts before it grow', () => {
    const book = new LogBook();
    book.append(
      batch({ reset: true, lines: lines(2010, 2100, 10), chunks: [count(0, 0), count(1, 10)], total: 2100, shown: 10 }),
    );
    expect(book.rowOfSeq(2050)).toBe(4);
    expect(book.rowOfSeq(2051)).toBe(5);
    expect(book.rowOfSeq(2101)).toBe(10);
    const anchor = book.anchorOf(4);
    book.append(batch({ chunks: [count(0, 77)], total: 2100, shown: 87 }));
    expect(anchor === null ? null : book.rowOfAnchor(anchor)).toBe(81);
    expect(book.rowOfSeq(5)).toBeNull();
  });

  it('begins anew on a reset, and still knows what came for a paused reader', () => {
    const book = opened(50);
    const before = book.arrived;
    book.append(batch({ reset: true, lines: lines(1, 60), chunks: [count(0, 60)] }));
    expect(book.arrived - before).toBe(10);
    expect(seqs(book, 0, 60)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
    expect(book.rows).toBe(60);
  });

  it('adds marks once, in order', () => {
    const book = opened(10);
    const mark = (seq: number) => ({ seq, time: '1.0', source: 'replica1', mark: 'leader' as const, text: 'leads' });
    book.append(batch({ marks: [mark(1), mark(4)] }));
    book.append(batch({ marks: [mark(4), mark(9)] }));
    expect(book.marks.map(({ seq }) => seq)).toEqual([1, 4, 9]);
  });
});
