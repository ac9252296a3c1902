import type { LatencyInterval } from '../domain/latency';
import type { RunStore } from '../domain/ports';
import type { RunId } from '../domain/run';

type StoredEvent = Parameters<RunStore['appendEvents']>[1][number];

/** Events come one by one, a hundred a second; written one by one they would cost more than everything else about them. */
const WRITE_EVERY_MS = 250;

/**
 * Characters of a run's events that are kept whole. A run is sealed as one text, which may not be longer than 512 MiB; an hour of
 * seven replicas takes 110 MB without traces.
 */
const KEPT_CHARACTERS = 250_000_000;

/** What comes ten times a second: beyond the bound it is left out, while everything that happened is still kept. */
const FREQUENT = new Set(['status', 'trace']);

/** onFull: called once, when the first event is left out. */
type Bound = { keptCharacters: number; onFull: () => void };

/** Gathers a run's events and intervals, and passes them to the store a few times a second. */
export class TelemetryJournal {
  readonly #id: RunId;
  readonly #store: Pick<RunStore, 'appendEvents' | 'appendIntervals'>;
  readonly #write: (step: () => void) => void;
  readonly #bound: Bound;
  #characters = 0;
  #full = false;
  #events: StoredEvent[] = [];
  #intervals: LatencyInterval[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** write: runs a step and keeps its failure. */
  constructor(
    id: RunId,
    store: Pick<RunStore, 'appendEvents' | 'appendIntervals'>,
    write: (step: () => void) => void,
    bound: Partial<Bound> = {},
  ) {
    this.#bound = { keptCharacters: KEPT_CHARACTERS, onFull: () => {}, ...bound };
    this.#id = id;
    this.#store = store;
    this.#write = write;
  }

  addEvents(events: StoredEvent[]): void {
    for (const event of events) {
      if (this.#isKept(event)) this.#events.push(event);
    }
    this.#timer ??= setTimeout(() => this.flush(), WRITE_EVERY_MS);
  }

  #isKept({ event, json }: StoredEvent): boolean {
    this.#characters += json.length;
    if (this.#characters <= this.#bound.keptCharacters || !FREQUENT.has(event)) return true;
    if (!this.#full) this.#bound.onFull();
    this.#full = true;
    return false;
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
