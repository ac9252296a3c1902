import type { LogLine } from '@/server/domain/log-line';
import { LineWindow } from '../../telemetry/line-window';
import { Wakeup } from '../../telemetry/wakeup';
import { LineRing } from './line-ring';

export type UnnumberedLine = Omit<LogLine, 'seq' | 'late'>;

/** How often lines that wait for others of the same time are looked at; only while some wait. */
const TICK_MS = 10;
/** Kept in memory for readers that follow; older lines come from the store. */
const RING_LINES = 20_000;
/**
 * Characters that one run may write. Beyond it lines are counted, not kept: a replica gone wild must not fill the disk.
 * Ten million lines of 150 characters take a third of it.
 */
const TEXT_PER_RUN = 4 * 1024 ** 3;

/**
 * One run's merged log: puts the containers' lines in the order of the engine's timestamps, numbers them, passes all to
 * the store and keeps the newest for those who follow. Numbers have no gaps.
 */
export class LogJournal {
  /** Wakes on new lines and at the end. */
  readonly changed = new Wakeup();
  readonly recent = new LineRing(RING_LINES);
  readonly #store: (lines: LogLine[]) => void;
  readonly #textMax: number;
  readonly #window = new LineWindow<UnnumberedLine>();
  #timer: ReturnType<typeof setInterval> | null = null;
  #textSize = 0;
  #full = false;
  #dropped = 0;
  #late = 0;
  #ended = false;

  constructor(store: (lines: LogLine[]) => void, textMax = TEXT_PER_RUN) {
    this.#store = store;
    this.#textMax = textMax;
  }

  get total(): number {
    return this.recent.lastSeq;
  }

  /** Lines beyond the run's bound. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Lines that came when later ones had been numbered. */
  get late(): number {
    return this.#late;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Lines that come after the end are nobody's: the run is sealed. */
  add(lines: readonly UnnumberedLine[]): void {
    if (this.#ended || lines.length === 0) return;
    this.#window.add(lines, performance.now());
    this.#timer ??= setInterval(() => this.#tick(), TICK_MS);
  }

  /** Numbers and stores what still waits; readers complete once they have sent everything. */
  end(): void {
    this.#stopTimer();
    this.#write(this.#window.drain());
    this.#ended = true;
    this.changed.wake();
  }

  #tick(): void {
    this.#write(this.#window.take(performance.now()));
    if (this.#window.waiting === 0) this.#stopTimer();
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #write(taken: { line: UnnumberedLine; late: boolean }[]): void {
    const numbered: LogLine[] = [];
    const first = this.total + 1;
    for (const { line, late } of taken) {
      if (!this.#admit(line)) {
        if (this.#dropped++ === 0) numbered.push(numberLine(first + numbered.length, fullRemark(line.time), false));
        continue;
      }
      if (late) this.#late += 1;
      numbered.push(numberLine(first + numbered.length, line, late));
    }
    if (numbered.length > 0) {
      this.#store(numbered);
      this.recent.push(numbered);
    }
    if (taken.length > 0) this.changed.wake();
  }

  /** The lab's own remarks are few, and say how a run ended: they are always kept. */
  #admit({ source, text }: UnnumberedLine): boolean {
    if (source === 'lab') return true;
    this.#full ||= this.#textSize + text.length > this.#textMax;
    if (!this.#full) this.#textSize += text.length;
    return !this.#full;
  }
}

function fullRemark(time: string): UnnumberedLine {
  const text = 'warn lab: the log has reached the bound of one run; lines of containers are counted from here on, not kept';
  return { time, source: 'lab', stream: 'stderr', level: 'warn', text, mark: 'fault' };
}

/** Written out field by field: every line passes here, and the store relies on seq standing first. */
function numberLine(seq: number, { time, source, stream, level, text, mark }: UnnumberedLine, late: boolean): LogLine {
  const line: LogLine = { seq, time, source, stream, level, text };
  if (mark !== undefined) line.mark = mark;
  if (late) line.late = true;
  return line;
}
