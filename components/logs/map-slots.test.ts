import { describe, expect, it } from 'vitest';
import type { LogLevel } from '@/server/api/types';
import { LogBook } from './log-book';
import { mapPlaceOf, mapRowAt, mapSlots } from './map-slots';

function bookOf(shown: readonly number[], levels: readonly LogLevel[] = []): LogBook {
  const book = new LogBook();
  const lines = levels.map((level, index) => ({
    seq: index + 1,
    time: '1.0',
    source: 'client',
    stream: 'stderr' as const,
    level,
    text: 'x'.repeat(55),
  }));
  const chunks = shown.map((count, chunk) => ({ chunk, firstTime: '1.0', shown: count, warn: chunk === 2 ? 1 : 0, error: 0 }));
  const total = shown.length * 2000;
  const rest = { skipped: null, marks: [], dropped: 0, late: 0, lagMs: null, searching: null };
  book.append({ reset: true, lines, chunks, total, shown: shown.reduce((sum, count) => sum + count, 0), ...rest });
  return book;
}

describe('the map of a log', () => {
  it('draws a short log line by line from the top, with its levels', () => {
    const slots = mapSlots(bookOf([3], ['notice', 'error', 'warn']), 10);
    expect(slots.slice(0, 4).map((slot) => slot && [slot.warn, slot.error])).toEqual([[0, 0], [0, 1], [1, 0], null]);
    expect(slots[0]?.fill).toBeCloseTo(0.5);
  });

  it('draws the shares of the levels where a bar stands for several lines', () => {
    const slots = mapSlots(bookOf([4], ['notice', 'warn', 'notice', 'error']), 2);
    expect(slots.map((slot) => slot && [slot.warn, slot.error])).toEqual([
      [0.5, 0],
      [0, 0.5],
    ]);
  });

  it('draws a long log chunk by chunk: density, warnings, and nothing where nothing is shown', () => {
    const slots = mapSlots(bookOf([2000, 0, 1000, 2000]), 4);
    expect(slots.map((slot) => slot?.warn ?? null)).toEqual([0, null, 0.001, 0]);
    expect(slots.map((slot) => slot?.fill ?? 0)).toEqual([1, 0, 0.5, 1]);
  });

  it('leads from a row to its place and back, in short logs and long ones', () => {
    for (const book of [bookOf([3]), bookOf([1500]), bookOf([2000, 0, 1000, 2000]), bookOf(Array(5000).fill(2000))]) {
      for (const row of [0, 1, Math.floor(book.rows / 2), book.rows - 1]) {
        const place = mapPlaceOf(book, row, 100);
        expect(place).toBeGreaterThanOrEqual(0);
        expect(place).toBeLessThanOrEqual(1);
        expect(Math.abs(mapRowAt(book, place + 1e-9, 100) - row)).toBeLessThanOrEqual(1);
      }
      expect(mapRowAt(book, 1, 100)).toBe(book.rows - 1);
    }
  });

  it('has a place for an empty log', () => {
    expect(mapSlots(bookOf([]), 3)).toEqual([null, null, null]);
    expect(mapRowAt(bookOf([]), 0.5, 3)).toBe(0);
  });
});
