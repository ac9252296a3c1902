import type { ChunkCount } from '@/server/api/types';

/** Chunks that the arrays begin with; they double when full. */
const FIRST_ROOM = 64;

/** Where a row of the list stands: the chunk, and how many shown lines of the chunk stand before it. */
export type RowPlace = { chunk: number; nth: number };

/**
 * How many lines of each chunk a filter shows, and so which row of the list lies in which chunk. 10,000,000 lines are 5,000
 * chunks: a few arrays of numbers, whatever the lines weigh.
 */
export class ChunkCounts {
  private shownOf = new Uint32Array(FIRST_ROOM);
  private warnOf = new Uint32Array(FIRST_ROOM);
  private errorOf = new Uint32Array(FIRST_ROOM);
  private firstTimeOf = new Float64Array(FIRST_ROOM);
  /** Rows before each chunk; right up to `summed`. */
  private before = new Float64Array(FIRST_ROOM + 1);
  private summed = 0;
  /** Chunks known, those without a shown line among them. */
  length = 0;

  set({ chunk, shown, warn, error, firstTime }: ChunkCount): void {
    this.makeRoom(chunk);
    this.setShown(chunk, shown);
    this.warnOf[chunk] = warn;
    this.errorOf[chunk] = error;
    this.firstTimeOf[chunk] = Number(firstTime) * 1000;
  }

  setShown(chunk: number, shown: number): void {
    this.makeRoom(chunk);
    this.shownOf[chunk] = shown;
    // Live lines change the last chunk alone, so that as a rule one sum is done again.
    this.summed = Math.min(this.summed, chunk);
  }

  shown(chunk: number): number {
    return this.shownOf[chunk] ?? 0;
  }

  warn(chunk: number): number {
    return this.warnOf[chunk] ?? 0;
  }

  error(chunk: number): number {
    return this.errorOf[chunk] ?? 0;
  }

  /** Milliseconds since the Unix epoch. */
  firstTimeMs(chunk: number): number {
    return this.firstTimeOf[chunk] ?? 0;
  }

  get rows(): number {
    return this.rowsBefore(this.length);
  }

  rowsBefore(chunk: number): number {
    const wanted = Math.min(chunk, this.length);
    for (let at = this.summed; at < wanted; at += 1) this.before[at + 1] = (this.before[at] ?? 0) + (this.shownOf[at] ?? 0);
    this.summed = Math.max(this.summed, wanted);
    return this.before[wanted] ?? 0;
  }

  /** Null behind the last row. */
  placeOf(row: number): RowPlace | null {
    if (row < 0 || row >= this.rows) return null;
    let low = 0;
    let high = this.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.before[middle] ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    // Of chunks that begin at the same row all but the last are empty, and the search ends at the last.
    return { chunk: low, nth: row - (this.before[low] ?? 0) };
  }

  /** The last chunk that begins at or before a moment; 0 if none does. */
  chunkAtTime(timeMs: number): number {
    let low = 0;
    let high = Math.max(0, this.length - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.firstTimeMs(middle) <= timeMs) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The nearest chunk in a direction, `chunk` itself included, that shows a line; null if there is none. */
  nearestShown(chunk: number, step: 1 | -1): number | null {
    for (let at = chunk; at >= 0 && at < this.length; at += step) if (this.shown(at) > 0) return at;
    return null;
  }

  private makeRoom(chunk: number): void {
    if (chunk >= this.shownOf.length) {
      const room = Math.max(chunk + 1, this.shownOf.length * 2);
      this.shownOf = grown(this.shownOf, new Uint32Array(room));
      this.warnOf = grown(this.warnOf, new Uint32Array(room));
      this.errorOf = grown(this.errorOf, new Uint32Array(room));
      this.firstTimeOf = grown(this.firstTimeOf, new Float64Array(room));
      this.before = grown(this.before, new Float64Array(room + 1));
    }
    this.length = Math.max(this.length, chunk + 1);
  }
}

function grown<T extends Uint32Array | Float64Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}
