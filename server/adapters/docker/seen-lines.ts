import type { LineKey } from './log-lines';

/** stdout and stderr reach the driver in a race, so a resumed stream begins this much before the last line. */
const OVERLAP_S = 1;
const REMEMBERED_S = 3;

/**
 * Remembers the lines of the last seconds, so that a resumed stream can drop what was already passed on.
 * Several lines of one stream may share a timestamp; they come again in the same order, so counting tells them apart.
 */
export class SeenLines {
  private readonly passed = new Map<string, number>();
  private replayed: Map<string, number> | null = null;
  private unfinished = new Set<string>();
  private last: string | null = null;
  private forgottenBefore = '';

  /**
   * Begins a resumed stream. unfinished: lines that the cut left incomplete, which have to come again whole.
   * Returns `since` for the Engine (inclusive), or null for everything.
   */
  resume(unfinished: LineKey[]): string | null {
    this.replayed = new Map();
    this.unfinished = new Set(unfinished.map(keyOf));
    if (this.last === null) return null;
    const earliest = unfinished.map((line) => line.time).reduce((a, b) => (a < b ? a : b), this.last);
    return minusSeconds(earliest, OVERLAP_S);
  }

  /** True if the line is new; then it counts as passed on. */
  admit(line: LineKey): boolean {
    const key = keyOf(line);
    if (this.replayed !== null) {
      const nth = (this.replayed.get(key) ?? 0) + 1;
      this.replayed.set(key, nth);
      if (nth <= (this.passed.get(key) ?? 0)) return false;
      // Older than what is remembered: passed on long ago, but for the line that the cut left unfinished.
      if (line.time < this.forgottenBefore && !this.unfinished.has(key)) return false;
    }
    this.passed.set(key, (this.passed.get(key) ?? 0) + 1);
    if (this.last === null || line.time > this.last) {
      this.last = line.time;
      this.forgetOld(minusSeconds(line.time, REMEMBERED_S));
    }
    return true;
  }

  private forgetOld(horizon: string): void {
    this.forgottenBefore = horizon;
    // Map keeps insertion order, which is nearly the order of time; a straggler is only forgotten a little later.
    for (const key of this.passed.keys()) {
      if (key >= horizon) break;
      this.passed.delete(key);
    }
  }
}

function keyOf(line: LineKey): string {
  return `${line.time} ${line.stream}`;
}

function minusSeconds(time: string, seconds: number): string {
  const [whole = '0', nanos = '000000000'] = time.split('.');
  return `${Number(whole) - seconds}.${nanos}`;
}
