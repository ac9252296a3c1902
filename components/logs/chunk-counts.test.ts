import { describe, expect, it } from 'vitest';
import { ChunkCounts } from './chunk-counts';

function countsOf(shown: readonly number[]): ChunkCounts {
  const counts = new ChunkCounts();
  for (const [chunk, lines] of shown.entries()) {
    counts.set({ chunk, shown: lines, warn: 0, error: 0, firstTime: `${1_763_900_000 + chunk}.000000000` });
  }
  return counts;
}

describe('the counts of chunks', () => {
  it('finds the chunk of every row, also behind chunks that show nothing', () => {
    const counts = countsOf([3, 0, 0, 2, 0]);
    expect(counts.rows).toBe(5);
    expect([0, 2, 3, 4].map((row) => counts.placeOf(row))).toEqual([
      { chunk: 0, nth: 0 },
      { chunk: 0, nth: 2 },
      { chunk: 3, nth: 0 },
      { chunk: 3, nth: 1 },
    ]);
    expect(counts.placeOf(5)).toBeNull();
    expect(counts.placeOf(-1)).toBeNull();
  });

  it('sums anew from the chunk that changed on', () => {
    const counts = countsOf([3, 4, 5]);
    expect(counts.rowsBefore(2)).toBe(7);
    counts.setShown(0, 10);
    expect(counts.rowsBefore(1)).toBe(10);
    expect(counts.rows).toBe(19);
    counts.setShown(2, 6);
    expect(counts.rows).toBe(20);
    expect(counts.placeOf(19)).toEqual({ chunk: 2, nth: 5 });
  });

  it('agrees with a plain sum over 5,000 chunks in any order', () => {
    const shown = Array.from({ length: 5000 }, (_, chunk) => (chunk * 7919) % 2001);
    const counts = new ChunkCounts();
    for (let step = 0; step < 5000; step += 1) {
      const chunk = (step * 3331) % 5000;
      counts.set({ chunk, shown: shown[chunk] ?? 0, warn: 1, error: 2, firstTime: '0.0' });
    }
    let before = 0;
    for (const [chunk, lines] of shown.entries()) {
      expect(counts.rowsBefore(chunk)).toBe(before);
      if (lines > 0) expect(counts.placeOf(before + lines - 1)).toEqual({ chunk, nth: lines - 1 });
      before += lines;
    }
    expect(counts.rows).toBe(before);
    expect([counts.warn(4999), counts.error(4999)]).toEqual([1, 2]);
  });

  it('finds the chunk of a moment and the nearest that shows something', () => {
    const counts = countsOf([0, 3, 0, 0, 2]);
    expect(counts.chunkAtTime(1_763_900_002_500)).toBe(2);
    expect(counts.chunkAtTime(0)).toBe(0);
    expect(counts.chunkAtTime(9e15)).toBe(4);
    expect([counts.nearestShown(2, -1), counts.nearestShown(2, 1), counts.nearestShown(0, -1)]).toEqual([1, 4, null]);
  });
});
