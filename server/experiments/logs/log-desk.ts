/** What can be read of the runs' logs, live or over. */
import { LabError } from '@/server/domain/errors';
import { CHUNK_LINES } from '@/server/domain/log-chunk';
import type { LogFilter } from '@/server/domain/log-filter';
import type { LogLine } from '@/server/domain/log-line';
import type { RunStore } from '@/server/domain/ports';
import { isOver, type RunId, type RunView } from '@/server/domain/run';
import type { LabPorts } from '../lab-ports';
import type { RunRegistry } from '../run-registry';
import type { Listener } from '../run-source';
import { countViewer } from '../viewers';
import type { Identified } from '../watch-run';
import { ChunkIndex } from './chunk-index';
import { LineMatcher } from './line-matcher';
import type { LogBatch, LogPage } from './log-batch';
import { LogReader } from './log-reader';
import { LogViews } from './log-views';

export class LogDesk {
  readonly #store: RunStore;
  readonly #registry: RunRegistry;
  readonly #views: LogViews;

  constructor({ store }: Pick<LabPorts, 'store'>, registry: RunRegistry) {
    this.#store = store;
    this.#registry = registry;
    this.#views = new LogViews(store, registry);
  }

  /**
   * The lines behind `after` (an id of an earlier batch with the same filter) that match, and what is known of the rest.
   * Completes once the run is over and all was sent. Rejects with LabError bad_filter.
   */
  async *watch(
    id: RunId,
    filter: LogFilter,
    after: string | null,
    listener: Listener,
  ): AsyncGenerator<Identified<LogBatch>, void, unknown> {
    const matcher = new LineMatcher(filter);
    const { view, leave } = this.#views.enter(id, matcher);
    const viewers = this.#registry.live(id)?.viewers ?? null;
    try {
      yield* countViewer({ viewers }, listener, new LogReader(view, matcher.key).read(after, listener));
    } finally {
      leave();
    }
  }

  async chunk(id: RunId, filter: LogFilter, chunk: number): Promise<LogPage> {
    const matcher = new LineMatcher(filter);
    // Asked before the lines are read: of a run that ends in between, there may be more than was read.
    const over = isOver(this.#view(id).state);
    const all = await this.#read(id, chunk);
    return { chunk, lines: await matcher.select(all), complete: over || all.length === CHUNK_LINES };
  }

  /** All matching lines in order, in batches. */
  async *all(id: RunId, filter: LogFilter): AsyncGenerator<LogLine[], void, unknown> {
    const matcher = new LineMatcher(filter);
    this.#view(id);
    for (const chunk of await new ChunkIndex(id, this.#store).refresh()) {
      if (matcher.countOf(chunk).shown === 0) continue;
      const lines = await matcher.select(await this.#read(id, chunk.chunk));
      if (lines.length > 0) yield lines;
    }
  }

  /** Ends everything that is watched. */
  close(): void {
    this.#views.close();
  }

  async #read(id: RunId, chunk: number): Promise<LogLine[]> {
    const recent = this.#registry.live(id)?.journal.recent;
    const first = chunk * CHUNK_LINES + 1;
    if (recent !== undefined && first >= recent.oldestSeq) return recent.read(first, first + CHUNK_LINES - 1);
    return this.#store.readChunk(id, chunk);
  }

  #view(id: RunId): RunView {
    const view = this.#registry.live(id)?.view() ?? this.#store.view(id);
    if (view === null) throw new LabError('unknown_run', `there is no run ${id}`);
    return view;
  }
}
