import { describe, expect, it, vi } from 'vitest';
import type { LogBatch, LogFilter, LogLine, LogPage } from '@/server/api/types';
import { LogReader } from './log-reader';

const ALL: LogFilter = { text: '', regex: false, inverse: false, level: 'debug', sources: [] };

/** A line a millisecond; every tenth is a warning. */
function line(seq: number): LogLine {
  const level = seq % 10 === 0 ? 'warn' : 'notice';
  const time = `${1_763_900_000 + Math.floor(seq / 1000)}.${String((seq % 1000) * 1e6).padStart(9, '0')}`;
  return { seq, time, source: 'replica1', stream: 'stderr', level, text: `line ${seq}` };
}

const matches = ({ level }: LogFilter, seq: number) => level !== 'warn' || seq % 10 === 0;
const matching = (filter: LogFilter, from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
    .filter((seq) => matches(filter, seq))
    .map(line);

/** A server with a log, and somebody who reads it in a box of 20 rows. */
function desk(total: number) {
  const log = { total };
  const asked: number[] = [];
  const page = (filter: LogFilter, chunk: number): LogPage => {
    const end = (chunk + 1) * 2000;
    return { chunk, lines: matching(filter, chunk * 2000 + 1, Math.min(end, log.total)), complete: end <= log.total };
  };
  const reader = new LogReader({
    ask: async (filter, chunk) => {
      asked.push(chunk);
      return page(filter, chunk);
    },
    beforePaint: (run) => run(),
  });
  const counts = (filter: LogFilter) =>
    Array.from({ length: Math.ceil(log.total / 2000) }, (_, chunk) => ({
      chunk,
      firstTime: line(chunk * 2000 + 1).time,
      shown: page(filter, chunk).lines.length,
      warn: 0,
      error: 0,
    }));
  const batch = (filter: LogFilter, lines: LogLine[], reset: boolean): LogBatch => {
    const chunks = counts(filter);
    const shown = chunks.reduce((sum, chunk) => sum + chunk.shown, 0);
    const marks = reset ? [500, 4500].map((seq) => ({ ...line(seq), mark: 'view' as const })) : [];
    const rest = { marks, skipped: null, dropped: 0, late: 0, lagMs: null, searching: null };
    return { reset, lines, chunks, total: log.total, shown, ...rest };
  };
  return {
    reader,
    asked,
    /** The server's first word behind a filter. */
    open: (filter: LogFilter) =>
      reader.take(batch(filter, matching(filter, Math.max(1, log.total - 1999), log.total), true), filter),
    grow: (by: number, filter: LogFilter) => {
      const from = log.total + 1;
      log.total += by;
      reader.take(batch(filter, matching(filter, from, log.total), false), filter);
    },
  };
}

function opened(total: number, filter = ALL) {
  const all = desk(total);
  all.open(filter);
  all.reader.resized(400, 20);
  return all;
}

/** As the list does: what is drawn stands on the screen, then a hand moves it there. */
function scrollTo(reader: LogReader, scrollTop: number): void {
  reader.painted(reader.window.scrollTop);
  reader.scrolled(scrollTop, reader.window.maxScrollTop);
}

const inSight = ({ book, window }: LogReader) => book.lineAt(window.topRow)?.seq ?? null;

describe('the reader of a log', () => {
  it('follows the end', () => {
    const { reader, grow } = opened(5000);
    expect(reader.window.inSight).toEqual({ from: 4980, to: 5000 });
    grow(700, ALL);
    expect(reader.window.inSight.to).toBe(5700);
    expect(reader.waiting).toBe(0);
  });

  it('pauses where the reader scrolls to, and counts exactly what waits', () => {
    const { reader, grow } = opened(5000);
    scrollTo(reader, reader.window.scrollTop - 100);
    expect(reader.follow).toBe(false);
    const row = reader.window.topRow;
    grow(1234, ALL);
    grow(1, ALL);
    expect(reader.window.topRow).toBe(row);
    expect(reader.waiting).toBe(1235);
    reader.setFollow(true);
    expect(reader.window.inSight.to).toBe(6235);
    expect(reader.waiting).toBe(0);
  });

  it('is not taken for a hand when the end moves on before the last frame has told where it stands', () => {
    const { reader, grow } = opened(5000);
    const before = reader.window.scrollTop;
    reader.painted(before);
    grow(500, ALL);
    reader.scrolled(before, before);
    expect(reader.follow).toBe(true);
    // A hand, at the same time: the place is that of the screen.
    reader.scrolled(before - 200, before);
    expect(reader.follow).toBe(false);
    expect(reader.window.scrollTop).toBe(before - 200);
  });

  it('follows again once the reader scrolled down to the end', () => {
    const { reader } = opened(5000);
    scrollTo(reader, reader.window.scrollTop - 1000);
    scrollTo(reader, reader.window.maxScrollTop - 200);
    expect(reader.follow).toBe(false);
    scrollTo(reader, reader.window.maxScrollTop);
    expect(reader.follow).toBe(true);
  });

  it('fetches what is in sight and not here', async () => {
    vi.useFakeTimers();
    const { reader, asked } = opened(9000);
    reader.goToRow(100);
    expect(inSight(reader)).toBeNull();
    reader.fetchSight();
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toEqual([0]);
    expect(inSight(reader)).toBe(101);
    vi.useRealTimers();
  });

  it('goes to a line, and says so when the filter hides it', async () => {
    const { reader, open } = opened(9000);
    reader.goToSeq(1234);
    await vi.waitFor(() => expect(reader.selected?.seq).toBe(1234));
    expect(reader.notice).toBeNull();
    const warnings: LogFilter = { ...ALL, level: 'warn' };
    open(warnings);
    await vi.waitFor(() => expect(reader.book.lineAt(reader.window.topRow + 6)?.seq).toBe(1240));
    reader.goToSeq(4321);
    await vi.waitFor(() => expect(reader.selected?.seq).toBe(4330));
    expect(reader.notice).toContain('Line 4321 is hidden by the filter');
  });

  it('goes to a line that was asked for before anything had come', async () => {
    const { reader, open } = desk(9000);
    reader.resized(400, 20);
    reader.goToSeq(42);
    open(ALL);
    await vi.waitFor(() => expect(reader.selected?.seq).toBe(42));
    expect(reader.follow).toBe(false);
    expect(reader.waiting).toBe(0);
  });

  it('goes to the line nearest to a moment, and says when that lies outside the run', async () => {
    const { reader } = opened(9000);
    reader.goToMoment(1_763_900_002_345.4);
    await vi.waitFor(() => expect(reader.selected?.seq).toBe(2345));
    expect(reader.notice).toBeNull();
    reader.goToMoment(0);
    await vi.waitFor(() => expect(reader.selected?.seq).toBe(1));
    expect(reader.notice).toContain('before the run');
    reader.goToMoment(1_863_900_000_000);
    await vi.waitFor(() => expect(reader.selected?.seq).toBe(9000));
    expect(reader.notice).toContain('after the last line');
  });

  it('moves the selected line, also across a chunk that has to be fetched', async () => {
    const { reader } = opened(9000);
    await reader.move(1);
    expect(reader.selected?.seq).toBe(9000);
    await reader.move(1);
    expect(reader.selected?.seq).toBe(9000);
    await reader.move(-1);
    expect(reader.selected?.seq).toBe(8999);
    reader.goToSeq(8001);
    await vi.waitFor(() => expect(reader.selected?.seq).toBe(8001));
    await reader.move(-2001);
    expect(reader.selected?.seq).toBe(6000);
  });

  it('walks through the marks in both directions, those the filter hides among them', async () => {
    const { reader, open } = opened(9000);
    open({ ...ALL, level: 'warn' });
    reader.goToRow(0);
    expect(reader.goToMark(1)).toBe(true);
    await vi.waitFor(() => expect(reader.selected?.seq).toBe(500));
    expect(reader.goToMark(1)).toBe(true);
    await vi.waitFor(() => expect(reader.selected?.seq).toBe(4500));
    expect(reader.goToMark(1)).toBe(false);
    expect(reader.goToMark(-1)).toBe(true);
    await vi.waitFor(() => expect(reader.selected?.seq).toBe(500));
  });

  it('keeps the last lines until those of another filter come, and ignores stragglers of the last one', () => {
    const { reader, open } = opened(100);
    const warnings: LogFilter = { ...ALL, level: 'warn' };
    reader.take({ ...emptyBatch, lines: [line(101)] }, warnings);
    expect(reader.book.rows).toBe(100);
    open(warnings);
    expect(reader.book.rows).toBe(10);
    expect(reader.window.inSight).toEqual({ from: 0, to: 10 });
  });

  it('is complete once the run is over, whatever straggles in, and tells of no lag', () => {
    const { reader } = opened(100);
    reader.take({ ...emptyBatch, lagMs: 24 }, ALL);
    reader.finish();
    reader.take({ ...emptyBatch, lines: [line(101)], total: 101, shown: 101, lagMs: 40 }, ALL);
    expect(reader.isComplete).toBe(true);
    expect(reader.book.lagMs).toBeNull();
    expect(reader.follow).toBe(true);
  });

  it('leaves a paused reader where he reads while older lines are found', () => {
    const { reader } = opened(0);
    const found = (chunk: number, shown: number, of: number) => ({
      ...emptyBatch,
      chunks: [{ chunk, firstTime: '1.0', shown, warn: 0, error: 0 }],
      searching: { done: of, of: 9 },
    });
    reader.take({ ...found(5, 100, 1), reset: true, lines: matching(ALL, 10_001, 10_100), total: 10_100, shown: 100 }, ALL);
    scrollTo(reader, reader.window.scrollTop - 600);
    const seq = inSight(reader);
    expect(seq).not.toBeNull();
    for (const chunk of [4, 3, 0]) reader.take({ ...found(chunk, 2000, 2), total: 10_100, shown: 100 }, ALL);
    expect(inSight(reader)).toBe(seq);
    expect(reader.waiting).toBe(0);
  });
});

const emptyBatch: LogBatch = {
  reset: false,
  lines: [],
  skipped: null,
  chunks: [],
  marks: [],
  total: 0,
  shown: 0,
  dropped: 0,
  late: 0,
  lagMs: null,
  searching: null,
};
