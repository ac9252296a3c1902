import type { LatencyInterval } from '../domain/latency';
import type { RunStore } from '../domain/ports';
import type { RunId } from '../domain/run';

type StoredEvent = Parameters<RunStore['appendEvents']>[1][number];

/** Events come one by one, a hundred a second; written one by one they would cost more than everything else about them. */
const WRITE_EVERY_MS = 250;

/** Gathers a run's events and intervals, and passes them to the store a few times a second. */
export class TelemetryJournal {
  readonly #id: RunId;
  readonly #store: RunStore;
  readonly #write: (step: () => void) => void;
  #events: StoredEvent[] = [];
  #intervals: LatencyInterval[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** write: runs a step and keeps its failure. */
  constructor(id: RunId, store: RunStore, write: (step: () => void) => void) {
    this.#id = id;
    this.#store = store;
    this.#write = write;
  }

  addEvents(events: StoredEvent[]): void {
    for (const event of events) this.#events.push(event);
    this.#timer ??= setTimeout(() => this.flush(), WRITE_EVERY_MS);
  }

  addIntervals(intervals: LatencyInterval[]): void {
    for (const interval of intervals) this.#intervals.push(interval);
    this.#timer ??= setTimeout(() => this.flush(), WRITE_EVERY_MS);
  }

  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const events = this.#events;
    const intervals = this.#intervals;
    this.#events = [];
    this.#intervals = [];
    if (events.length > 0) this.#write(() => this.#store.appendEvents(this.#id, events));
    if (intervals.length > 0) this.#write(() => this.#store.appendIntervals(this.#id, intervals));
  }
}
