import type { LatencyPoint } from '../domain/latency';
import type { LogLine } from '../domain/log-line';
import type { RunStore } from '../domain/ports';
import { isOver, type RunId, type RunView } from '../domain/run';
import type { FeedBatch, FeedSubscription } from '../telemetry/feed';
import { Latest } from '../telemetry/latest';
import { pause } from '../telemetry/wakeup';
import { EPOCH } from './epoch';
import { LatencySeries } from './latency-series';
import type { RunSource } from './run-source';

/** How often a run of another process is looked up. */
const LOOK_EVERY_MS = 1000;
const BATCH_EVERY_MS = 50;
const BATCH_LINES = 5000;
/** A new reader of a long log begins this far from its end, unless it names a line; `logPage` has the rest. */
const TAIL_LINES = 20_000;

/**
 * A run as the store has it: one that is over, or one of another process (`lab run` in a terminal beside the panel), which
 * writes its view twice a second and is looked up once a second for as long as somebody watches.
 */
export class StoredRun implements RunSource {
  readonly state: Latest<RunView>;
  readonly viewers = null;
  readonly #id: RunId;
  readonly #store: RunStore;
  #series: LatencySeries;

  /** signal: of the one who watches; nothing is looked up after it aborts. */
  constructor(view: RunView, store: RunStore, signal: AbortSignal) {
    this.#id = view.config.id;
    this.#store = store;
    this.state = new Latest(view);
    this.#series = this.#readSeries();
    void this.#follow(signal);
  }

  points(): LatencyPoint[] {
    return this.#series.points();
  }

  /** The same batches as a live run's, read from the store. */
  async *lines(subscription: FeedSubscription): AsyncGenerator<FeedBatch<LogLine>, void, void> {
    const { signal, isCongested = () => false } = subscription;
    const seen = positionOf(subscription.after);
    const oldest = Math.max(1, this.state.value.logLines - TAIL_LINES + 1);
    let next = seen === null ? (subscription.fromSeq ?? oldest) : seen + 1;
    let skipped = seen === null && subscription.fromSeq === undefined && oldest > 1 ? { fromSeq: 1, toSeq: oldest - 1 } : null;
    let reset = seen === null;
    while (!signal.aborted) {
      const { state, logLines, logDropped } = this.state.value;
      const items = next <= logLines || isOver(state) ? await this.#store.readLog(this.#id, next, BATCH_LINES) : [];
      next = (items.at(-1)?.seq ?? next - 1) + 1;
      if (items.length > 0 || reset) {
        yield { id: `${EPOCH}:${next - 1}`, reset, items, skipped, total: Math.max(logLines, next - 1), dropped: logDropped };
        reset = false;
        skipped = null;
      }
      if (items.length === 0 && isOver(state)) return;
      await pause(items.length === 0 ? LOOK_EVERY_MS : BATCH_EVERY_MS, signal);
      while (isCongested() && !signal.aborted) await pause(BATCH_EVERY_MS, signal);
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    while (!isOver(this.state.value.state) && !signal.aborted) {
      await pause(LOOK_EVERY_MS, signal);
      const view = signal.aborted ? null : this.#store.view(this.#id);
      if (view === null) break;
      this.#series = this.#readSeries();
      this.state.set(view);
    }
    this.state.end();
  }

  #readSeries(): LatencySeries {
    const series = new LatencySeries(this.state.value.config.workload.warmupSeconds);
    series.add(this.#store.intervals(this.#id));
    return series;
  }
}

/** seq of an id of this process; null for none and for one from before a restart. */
function positionOf(after: string | null | undefined): number | null {
  const [epoch, seq] = after?.split(':') ?? [];
  const position = Number(seq);
  return epoch === EPOCH && Number.isSafeInteger(position) && position >= 0 ? position : null;
}
