/** Sampled operations of a run, live or over. */
import { LabError } from '@/server/domain/errors';
import { isOver, type RunId, type RunView } from '@/server/domain/run';
import type { TraceBatch } from '@/server/domain/trace';
import { pause } from '@/server/telemetry/wakeup';
import type { LabPorts } from '../lab-ports';
import type { LiveRun } from '../live-run';
import type { RunRegistry } from '../run-registry';
import type { Listener } from '../run-source';
import { countViewer } from '../viewers';
import type { Identified } from '../watch-run';
import { traceOf, traceSwitchOf } from './live-traces';
import { readStoredTrace } from './stored-trace';
import { problemOf } from './trace-switch';

type Batches = AsyncGenerator<Identified<TraceBatch>, void, unknown>;

/** How often a run of another process is looked up. */
const LOOK_EVERY_MS = 1000;

export class TraceDesk {
  readonly #ports: LabPorts;
  readonly #registry: RunRegistry;

  constructor(ports: LabPorts, registry: RunRegistry) {
    this.#ports = ports;
    this.#registry = registry;
  }

  /**
   * Points behind `after`, at most every 250 ms. A live run of the lab's own client traces from the first reader on until some
   * seconds after the last. Completes once the run is over and all was sent.
   */
  watch(id: RunId, after: string | null, listener: Listener): AsyncIterable<Identified<TraceBatch>> {
    const live = this.#registry.live(id);
    if (live !== null) return countViewer(live, listener, this.#watchLive(live, after, listener));
    const view = this.#ports.store.view(id);
    if (view === null) throw new LabError('unknown_run', `there is no run ${id}`);
    return this.#watchStored(view, after, listener);
  }

  async *#watchLive(run: LiveRun, after: string | null, listener: Listener): Batches {
    const traceSwitch = traceSwitchOf(run, this.#ports);
    const release = traceSwitch.hold();
    try {
      yield* traceOf(run).read(after, listener, traceSwitch.problem);
    } finally {
      release();
    }
  }

  /** A run of another process is shown once it is over: only that process can switch tracing, and has its points in order. */
  async *#watchStored({ config, state }: RunView, after: string | null, listener: Listener): Batches {
    if (!isOver(state)) {
      const elsewhere = `${config.id} runs in another process; what it traces is shown once it is over`;
      yield* readStoredTrace(config, []).read(null, listener, elsewhere);
      await this.#untilOver(config.id, listener.signal);
    }
    const trace = readStoredTrace(config, this.#ports.store.events(config.id));
    const nothing = problemOf(config) ?? `nothing was traced: ${config.id} did not ask for it, and nobody watched its messages`;
    yield* trace.read(after, listener, trace.total > 0 ? null : nothing);
  }

  async #untilOver(id: RunId, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const view = this.#ports.store.view(id);
      if (view === null || isOver(view.state)) return;
      await pause(LOOK_EVERY_MS, signal);
    }
  }
}
