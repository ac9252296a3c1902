import type { LogLine } from '../domain/log-line';
import { Feed } from '../telemetry/feed';

export type UnnumberedLine = Omit<LogLine, 'seq'>;

/** Lines of this age are still put in order by time with those of other containers. */
const MERGE_MS = 25;
/** Kept in memory for readers that follow; older lines come from the store. */
const RING_LINES = 20_000;
/** What one run may write. Beyond it lines are counted, not kept: a replica gone wild must not fill the disk. */
const LINES_PER_RUN = 2_000_000;

/**
 * One run's merged log: numbers the lines, feeds readers and passes all of them to the store in batches. Containers' lines
 * arrive in batches of their own; those that arrive within 25 ms are merged by the engine's timestamps.
 */
export class LogJournal {
  readonly feed: Feed<LogLine>;
  readonly #store: (lines: LogLine[]) => void;
  #incoming: UnnumberedLine[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #dropped = 0;
  #ended = false;

  /** epoch: of this process, so that a reader's position stays good when the run is over and its log comes from the store. */
  constructor(epoch: string, store: (lines: LogLine[]) => void) {
    this.feed = new Feed({ capacity: RING_LINES, epoch });
    this.#store = store;
  }

  get total(): number {
    return this.feed.lastSeq;
  }

  /** Lines beyond the run's bound. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Lines that come after the end are nobody's: the run is sealed. */
  add(lines: UnnumberedLine[]): void {
    if (this.#ended) return;
    for (const line of lines) this.#incoming.push(line);
    this.#timer ??= setTimeout(() => this.flush(), MERGE_MS);
  }

  /** Numbers and stores what waits; called by the timer, and once more before the run is sealed. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const sorted = this.#incoming.sort(byTime);
    this.#incoming = [];
    const first = this.feed.nextSeq;
    const numbered = sorted
      .slice(0, Math.max(0, LINES_PER_RUN - this.total))
      .map((line, index): LogLine => ({ seq: first + index, ...line }));
    this.#dropped += sorted.length - numbered.length;
    if (numbered.length === 0) return;
    this.#store(numbered);
    this.feed.push(numbered);
  }

  /** Flushes; readers' streams complete once they have sent everything. */
  end(): void {
    this.flush();
    this.#ended = true;
    this.feed.end();
  }
}

/** `sec.nanos` with nine digits behind the point, so texts order as times do; every log line passes here. */
function byTime(a: UnnumberedLine, b: UnnumberedLine): number {
  return a.time < b.time ? -1 : a.time > b.time ? 1 : 0;
}
