import { LabError } from '@/server/domain/errors';
import type { RunStore } from '@/server/domain/ports';
import type { RunId } from '@/server/domain/run';
import type { RunRegistry } from '../run-registry';
import { ChunkIndex } from './chunk-index';
import type { LineMatcher } from './line-matcher';
import { LiveLog, type LogSource, StoredLog } from './log-source';
import { LogView } from './log-view';

/** A reader that was cut off is back within this time, and finds what it left. */
const GRACE_MS = 10_000;
/** Views of runs that are over and that nobody reads now. Another look at one is common, and a search takes time. */
const KEPT_FINAL = 4;

type Held = { view: LogView; index: ChunkIndex; readers: number; leave: ReturnType<typeof setTimeout> | null };

/** The views that somebody reads, and those that somebody read a moment ago: one for each run and filter. */
export class LogViews {
  readonly #store: RunStore;
  readonly #registry: RunRegistry;
  /** In the order of their last use. */
  readonly #held = new Map<string, Held>();

  constructor(store: RunStore, registry: RunRegistry) {
    this.#store = store;
    this.#registry = registry;
  }

  /** Call `leave` once it is not read any more. Throws LabError unknown_run. */
  enter(id: RunId, matcher: LineMatcher): { view: LogView; leave: () => void } {
    const key = `${id} ${matcher.key}`;
    const known = this.#held.get(key);
    const source = this.#source(id);
    const held = known === undefined || known.view.failed ? this.#open(id, matcher, source) : known;
    this.#held.delete(key);
    this.#held.set(key, held);
    held.readers += 1;
    if (held.leave !== null) clearTimeout(held.leave);
    held.leave = null;
    return { view: held.view, leave: () => this.#leave(key, held) };
  }

  /** Ends every view. */
  close(): void {
    for (const [key, held] of this.#held) this.#drop(key, held);
  }

  #open(id: RunId, matcher: LineMatcher, source: LogSource): Held {
    const store = this.#store;
    const sibling = [...this.#held].find(([key]) => key.startsWith(`${id} `))?.[1];
    const index = sibling?.index ?? new ChunkIndex(id, store);
    const view = new LogView(source, { index, matcher, readChunk: (chunk) => store.readChunk(id, chunk) });
    return { view, index, readers: 0, leave: null };
  }

  #leave(key: string, held: Held): void {
    held.readers -= 1;
    if (held.readers > 0) return;
    held.leave = setTimeout(() => this.#outlive(key, held), GRACE_MS);
    held.leave.unref();
  }

  #outlive(key: string, held: Held): void {
    if (!held.view.final || held.view.failed) this.#drop(key, held);
    const unread = [...this.#held].filter(([, { view, readers }]) => view.final && readers === 0);
    for (const [oldKey, old] of unread.slice(0, Math.max(0, unread.length - KEPT_FINAL))) this.#drop(oldKey, old);
  }

  #drop(key: string, held: Held): void {
    held.view.close();
    if (held.leave !== null) clearTimeout(held.leave);
    if (this.#held.get(key) === held) this.#held.delete(key);
  }

  #source(id: RunId): LogSource {
    const live = this.#registry.live(id);
    if (live !== null) return new LiveLog(live);
    const view = this.#store.view(id);
    if (view === null) throw new LabError('unknown_run', `there is no run ${id}`);
    return new StoredLog(view, this.#store);
  }
}
