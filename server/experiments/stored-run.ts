import type { LatencyPoint } from '../domain/latency';
import type { RunStore } from '../domain/ports';
import { isOver, type RunId, type RunView } from '../domain/run';
import { Latest } from '../telemetry/latest';
import { pause } from '../telemetry/wakeup';
import { LatencySeries } from './latency-series';
import type { RunSource } from './run-source';

/** How often a run of another process is looked up. */
const LOOK_EVERY_MS = 1000;

/** Its intervals are read anew as a whole, which takes a second for those of an hour: at most a tenth of the time. */
const REST = 9;

/**
 * A run as the store has it: one that is over, or one of another process (`lab run` in a terminal beside the panel), which
 * writes its view once a second and is looked up once a second for as long as somebody watches.
 */
export class StoredRun implements RunSource {
  readonly state: Latest<RunView>;
  readonly viewers = null;
  readonly #id: RunId;
  readonly #store: RunStore;
  #series: LatencySeries;
  #readAgainAt = 0;

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

  async #follow(signal: AbortSignal): Promise<void> {
    while (!isOver(this.state.value.state) && !signal.aborted) {
      await pause(LOOK_EVERY_MS, signal);
      const view = signal.aborted ? null : this.#store.view(this.#id);
      if (view === null) break;
      // The last look has everything, however long it takes.
      if (isOver(view.state) || performance.now() >= this.#readAgainAt) this.#series = this.#readSeries();
      this.state.set(view);
    }
    this.state.end();
  }

  #readSeries(): LatencySeries {
    const begun = performance.now();
    const series = new LatencySeries(this.state.value.config.workload.warmupSeconds);
    series.add(this.#store.intervals(this.#id));
    this.#readAgainAt = performance.now() + REST * (performance.now() - begun);
    return series;
  }
}
