import { describe, expect, it } from 'vitest';
import type { LogBatch, LogLevel, LogLine } from '@/server/api/types';
import { KEPT_LINES, LogBook } from './log-book';
import { matcherOf } from './log-filter';

function line(seq: number, text = `line ${seq}`, level: LogLevel = 'notice', source = 'replica1'): LogLine {
  return { seq, time: `1763900000.${String(seq).padStart(9, '0')}`, source, stream: 'stderr', level, text };
}

function batch(lines: LogLine[], more: Partial<LogBatch> = {}): LogBatch {
  return { reset: false, lines, skipped: null, total: lines.at(-1)?.seq ?? 0, dropped: 0, ...more };
}

const ALL = { text: '', regex: false, level: 'debug', sources: new Set<string>() } as const;

describe('the log book', () => {
  it('shows a line that a reconnect sends again once', () => {
    const book = new LogBook(matcherOf(ALL));
    book.append(batch([line(1), line(2)]));
    book.append(batch([line(2), line(3)]));
    expect(book.visible.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('filters by level, source and text, and again when the filter changes', () => {
    const book = new LogBook(matcherOf({ ...ALL, level: 'warn' }));
    book.append(batch([line(1), line(2, 'late', 'warn'), line(3, 'late', 'error', 'client')]));
    expect(book.visible.map(({ seq }) => seq)).toEqual([2, 3]);
    book.setMatcher(matcherOf({ ...ALL, sources: new Set(['client']) }));
    expect(book.visible.map(({ seq }) => seq)).toEqual([3]);
    book.setMatcher(matcherOf({ ...ALL, text: '^LINE \\d', regex: true }));
    expect(book.visible.map(({ seq }) => seq)).toEqual([1]);
  });

  it('names a regular expression that does not compile and shows nothing', () => {
    const matcher = matcherOf({ ...ALL, text: '(', regex: true });
    expect(matcher.problem).toContain('(');
    expect(matcher.test(line(1))).toBe(false);
  });

  it('lets old lines go once it holds more than its bound', () => {
    const book = new LogBook(matcherOf(ALL));
    for (let first = 1; first <= KEPT_LINES * 1.2; first += 5000) {
      book.append(batch(Array.from({ length: 5000 }, (_, index) => line(first + index))));
    }
    expect(book.kept).toBeLessThanOrEqual(KEPT_LINES * 1.1);
    expect(book.visible.at(-1)?.seq).toBe(KEPT_LINES * 1.2);
  });

  it('starts again on a reset and remembers what was skipped', () => {
    const book = new LogBook(matcherOf(ALL));
    book.append(batch([line(5)]));
    book.append(batch([line(1), line(9)], { reset: true, skipped: { fromSeq: 2, toSeq: 8 } }));
    expect(book.visible.map(({ seq }) => seq)).toEqual([1, 9]);
    expect(book.gaps).toEqual([{ fromSeq: 2, toSeq: 8 }]);
  });
});
