import type { RawLine } from '@/server/domain/ports';
import type { LineKey } from './log-lines';

/** stdout and stderr reach the driver in a race, so a resumed stream begins this much before the last line. */
const OVERLAP_S = 1;
const REMEMBERED_S = 3;
/** Old lines are forgotten each time so many came. */
const FORGET_EVERY = 4096;

/**
 * Remembers the times of the last seconds' lines, so that a resumed stream can drop what was already passed on. Several lines
 * of one stream may share a timestamp; they come again in the same order, so counting tells them apart. While nothing was cut
 * a line costs a push onto an array: 0.1 us
 * at 50,000 lines/s, where a map that forgets its first keys took 11.
 */
export class SeenLines {
  private readonly passed: Record<LineKey['stream'], PassedTimes> = { stdout: new PassedTimes(), stderr: new PassedTimes() };
  private replay: Replay | null = null;
  private last = '';
  private forgottenBefore = '';
  private sinceForgotten = 0;

  /**
   * Begins a resumed stream. unfinished: lines that the cut left incomplete, which have to come again whole.
   * Returns `since` for the Engine (inclusive), or null for everything.
   */
  resume(unfinished: LineKey[]): string | null {
    if (this.last === '') return null;
    this.replay = {
      expected: { stdout: this.passed.stdout.counts(), stderr: this.passed.stderr.counts() },
      unfinished,
      over: minusSeconds(this.last, -REMEMBERED_S),
    };
    const earliest = unfinished.map((line) => line.time).reduce((a, b) => (a < b ? a : b), this.last);
    return minusSeconds(earliest, OVERLAP_S);
  }

  /** The lines that are new, which then count as passed on. */
  admitAll(lines: RawLine[]): RawLine[] {
    if (this.replay !== null) return lines.filter((line) => this.admit(line));
    for (const line of lines) this.pass(line);
    return lines;
  }

  /** True if the line is new; then it counts as passed on. */
  admit(line: LineKey): boolean {
    if (this.replay !== null && this.isReplayed(line, this.replay)) return false;
    this.pass(line);
    return true;
  }

  private isReplayed(line: LineKey, replay: Replay): boolean {
    const expected = replay.expected[line.stream];
    const times = expected.get(line.time) ?? 0;
    if (times > 0) {
      expected.set(line.time, times - 1);
      return true;
    }
    // So long after what was passed on before the cut nothing of that comes any more.
    if (line.time > replay.over) this.replay = null;
    // Older than what is remembered: passed on long ago, but for the line that the cut left unfinished.
    return line.time < this.forgottenBefore && !replay.unfinished.some((begun) => isSame(begun, line));
  }

  private pass({ time, stream }: LineKey): void {
    this.passed[stream].push(time);
    if (time > this.last) this.last = time;
    this.sinceForgotten += 1;
    if (this.sinceForgotten < FORGET_EVERY) return;
    this.sinceForgotten = 0;
    this.forgottenBefore = minusSeconds(this.last, REMEMBERED_S);
    this.passed.stdout.forget(this.forgottenBefore);
    this.passed.stderr.forget(this.forgottenBefore);
  }
}

/** expected: how many lines of a time come again. over: behind this time none does. */
type Replay = { expected: Record<LineKey['stream'], Map<string, number>>; unfinished: LineKey[]; over: string };

/** The times of one stream's lines in the order they came, which is nearly that of time. */
class PassedTimes {
  private times: string[] = [];
  private head = 0;

  push(time: string): void {
    this.times.push(time);
  }

  /** A straggler is only forgotten a little later. */
  forget(before: string): void {
    while ((this.times[this.head] ?? before) < before) this.head += 1;
    if (this.head * 2 < this.times.length) return;
    this.times = this.times.slice(this.head);
    this.head = 0;
  }

  counts(): Map<string, number> {
    const counts = new Map<string, number>();
    for (let at = this.head; at < this.times.length; at += 1) {
      const time = this.times[at] ?? '';
      counts.set(time, (counts.get(time) ?? 0) + 1);
    }
    return counts;
  }
}

const isSame = (a: LineKey, b: LineKey) => a.time === b.time && a.stream === b.stream;

function minusSeconds(time: string, seconds: number): string {
  const [whole = '0', nanos = '000000000'] = time.split('.');
  return `${Number(whole) - seconds}.${nanos}`;
}
