type Timed = { time: string; source: string };
type Waiting<T> = { line: T; since: number };
type Placed<T> = { line: T; late: boolean };

type Options = {
  /** Every line waits this long for earlier ones. */
  minHoldMs?: number;
  /** No line waits longer, whatever is missing. */
  maxHoldMs?: number;
  /** A source that said nothing for so long is not waited for. */
  idleMs?: number;
  /** Lines that may wait. */
  capacity?: number;
};

/**
 * Puts the lines of several sources in the order of their time, although each arrives by a way of its own. A line is given out
 * once it has waited minHoldMs and every source that is flowing was heard at its time or later, or once it has waited
 * maxHoldMs, or when more than `capacity` wait; all that is older goes with it. One that is older than what was given out
 * before came too late: it goes at once, and says so. Times are texts that order as times do.
 */
export class LineWindow<T extends Timed> {
  readonly #options: Required<Options>;
  readonly #heard = new Map<string, { newest: string; at: number }>();
  /** In order of time; of equal times the one that came first stands first. */
  #waiting: Waiting<T>[] = [];
  /** What came since the order was made. */
  #incoming: Waiting<T>[] = [];
  /** The newest time that was given out. */
  #given = '';

  constructor(options: Options = {}) {
    this.#options = { minHoldMs: 20, maxHoldMs: 250, idleMs: 100, capacity: 50_000, ...options };
  }

  get waiting(): number {
    return this.#waiting.length + this.#incoming.length;
  }

  /** now: milliseconds of a clock that never goes back, as in take(). */
  add(lines: readonly T[], now: number): void {
    for (const line of lines) {
      this.#incoming.push({ line, since: now });
      const heard = this.#heard.get(line.source);
      if (heard === undefined) this.#heard.set(line.source, { newest: line.time, at: now });
      else {
        if (line.time > heard.newest) heard.newest = line.time;
        heard.at = now;
      }
    }
  }

  /** The lines whose turn has come, in order of time. */
  take(now: number): Placed<T>[] {
    this.#order();
    return this.#give(Math.max(this.#countDue(now), this.#countLate(), this.#waiting.length - this.#options.capacity));
  }

  /** All that waits. */
  drain(): Placed<T>[] {
    this.#order();
    return this.#give(this.#waiting.length);
  }

  #order(): void {
    if (this.#incoming.length === 0) return;
    // Each source's lines are in order or nearly so: the sort finds such runs and merges them.
    const incoming = this.#incoming.sort(byTime);
    this.#waiting = this.#waiting.length === 0 ? incoming : merge(this.#waiting, incoming);
    this.#incoming = [];
  }

  /** Lines up to the newest one that need not wait any longer. */
  #countDue(now: number): number {
    const { minHoldMs, maxHoldMs } = this.#options;
    const settled = this.#settledTime(now);
    return (
      this.#waiting.findLastIndex(({ line, since }) => {
        const held = now - since;
        return held >= maxHoldMs || (held >= minHoldMs && (settled === null || line.time <= settled));
      }) + 1
    );
  }

  /** The time up to which every flowing source was heard; null if none flows. */
  #settledTime(now: number): string | null {
    let settled: string | null = null;
    for (const { newest, at } of this.#heard.values()) {
      if (now - at <= this.#options.idleMs && (settled === null || newest < settled)) settled = newest;
    }
    return settled;
  }

  #countLate(): number {
    const first = this.#waiting.findIndex(({ line }) => line.time >= this.#given);
    return first < 0 ? this.#waiting.length : first;
  }

  #give(count: number): Placed<T>[] {
    if (count <= 0) return [];
    const given: Placed<T>[] = [];
    for (const { line } of this.#waiting.slice(0, count)) {
      const late = line.time < this.#given;
      if (!late) this.#given = line.time;
      given.push({ line, late });
    }
    this.#waiting = this.#waiting.slice(count);
    return given;
  }
}

function byTime(a: Waiting<Timed>, b: Waiting<Timed>): number {
  return a.line.time < b.line.time ? -1 : a.line.time > b.line.time ? 1 : 0;
}

/** Of equal times those of `first` come first. */
function merge<T extends Timed>(first: Waiting<T>[], second: Waiting<T>[]): Waiting<T>[] {
  const merged: Waiting<T>[] = [];
  let place = 0;
  for (const entry of second) {
    let other = first[place];
    while (other !== undefined && other.line.time <= entry.line.time) {
      merged.push(other);
      place += 1;
      other = first[place];
    }
    merged.push(entry);
  }
  for (; place < first.length; place += 1) {
    const other = first[place];
    if (other !== undefined) merged.push(other);
  }
  return merged;
}
