import type { LogLine } from '@/server/domain/log-line';

/** The newest lines of a log. They are numbered without gaps, so a line's place follows from its number. */
export class LineRing {
  readonly #capacity: number;
  readonly #lines: LogLine[] = [];
  #lastSeq = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** The oldest line kept; lastSeq + 1 while there is none. */
  get oldestSeq(): number {
    return this.#lastSeq - this.#lines.length + 1;
  }

  /** They go on where the ring ends. */
  push(lines: readonly LogLine[]): void {
    for (const line of lines) {
      this.#lastSeq += 1;
      // The ring grows to its capacity and then overwrites: line seq lies at (seq - 1) % capacity.
      if (this.#lines.length < this.#capacity) this.#lines.push(line);
      else this.#lines[(this.#lastSeq - 1) % this.#capacity] = line;
    }
  }

  /** Lines fromSeq to toSeq; those that have left the ring are missing at the front. */
  read(fromSeq: number, toSeq: number): LogLine[] {
    const lines: LogLine[] = [];
    const last = Math.min(toSeq, this.#lastSeq);
    for (let seq = Math.max(fromSeq, this.oldestSeq); seq <= last; seq += 1) {
      const line = this.#lines[(seq - 1) % this.#capacity];
      if (line !== undefined) lines.push(line);
    }
    return lines;
  }
}
