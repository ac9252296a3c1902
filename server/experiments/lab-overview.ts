import type { RunStore } from '../domain/ports';
import { isOver, type RunSummary, type RunView } from '../domain/run';
import { Wakeup } from '../telemetry/wakeup';
import type { RunRegistry } from './run-registry';
import type { Listener } from './run-source';

const EVERY_MS = 1000;
const LONGEST_SILENCE_MS = 5000;
/** For a reader whose connection is full. */
const SHORTEST_WAIT_MS = 50;
/** Unfinished runs further back than this in the list are nobody's any more. */
const RECENT = 30;

/** The machine at a glance; `running` is the run that has the host, of this process or another. */
export type Overview = { at: number; running: RunView | null; queue: RunSummary[] };

/**
 * What runs and what waits, looked at once for all who listen and not at all without a listener: every open page of the panel is
 * one, while a cluster measures on the same CPUs.
 */
export class LabOverview {
  readonly #registry: RunRegistry;
  readonly #store: RunStore;
  readonly #changed = new Wakeup();
  #listeners = 0;
  #stop: AbortController | null = null;
  #overview: Overview | null = null;
  #text = '';
  #failure: unknown = null;

  constructor(registry: RunRegistry, store: RunStore) {
    this.#registry = registry;
    this.#store = store;
  }

  /** First at once, then on change (at most 1/s) and at least every 5 s. Rejects when the store cannot be read. */
  async *watch({ signal, isCongested }: Listener): AsyncGenerator<Overview, void, unknown> {
    this.#enter();
    let sent: string | null = null;
    let sentAt = 0;
    try {
      while (!signal.aborted) {
        if (this.#failure !== null) throw this.#failure;
        const overview = this.#overview;
        const silentMs = Date.now() - sentAt;
        if (overview !== null && (this.#text !== sent || silentMs >= LONGEST_SILENCE_MS) && !isCongested()) {
          sent = this.#text;
          sentAt = Date.now();
          yield { ...overview, at: sentAt };
          continue;
        }
        // A timer may end a millisecond early; a full wait once more would double the silence.
        await this.#changed.sleep(signal, Math.max(SHORTEST_WAIT_MS, LONGEST_SILENCE_MS - silentMs));
      }
    } finally {
      this.#leave();
    }
  }

  #enter(): void {
    this.#listeners += 1;
    if (this.#stop !== null) return;
    this.#stop = new AbortController();
    this.#failure = null;
    void this.#follow(this.#stop.signal).catch((error: unknown) => {
      this.#failure = error;
      this.#changed.wake();
    });
  }

  #leave(): void {
    this.#listeners -= 1;
    if (this.#listeners > 0) return;
    this.#stop?.abort();
    this.#stop = null;
    this.#overview = null;
    this.#text = '';
  }

  async #follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const running = this.#registry.running()?.view() ?? null;
      const { other, queue } = lookUp(this.#store, running);
      this.#publish({ at: Date.now(), running: running ?? other, queue });
      // A launch and an end are seen at once.
      await this.#registry.changed.sleep(signal, EVERY_MS);
    }
  }

  #publish(overview: Overview): void {
    const text = JSON.stringify([overview.running, overview.queue]);
    this.#overview = overview;
    if (text === this.#text) return;
    this.#text = text;
    this.#changed.wake();
  }
}

function lookUp(store: RunStore, running: RunView | null): { other: RunView | null; queue: RunSummary[] } {
  const unfinished = store
    .list({ limit: RECENT })
    .rows.filter((row) => !isOver(row.state))
    .sort((a, b) => a.createdAt - b.createdAt);
  const busy = running === null ? unfinished.find((row) => row.state !== 'queued') : undefined;
  return {
    other: busy === undefined ? null : store.view(busy.id),
    queue: unfinished.filter((row) => row.state === 'queued' && row.id !== running?.config.id),
  };
}
