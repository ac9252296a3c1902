/** Every use case of the lab on one set of ports; panel and CLI each hold one. */
import type { BpfSample } from '../domain/bpf-program';
import type { Comparison } from '../domain/comparison';
import { LabError } from '../domain/errors';
import type { LogLine } from '../domain/log-line';
import type { RunConfig, RunId, RunSummary, RunView } from '../domain/run';
import type { Catalogue } from '../domain/scenario';
import { comparePair } from './compare-pair';
import { sampleNow } from './inspect-bpf';
import type { LabPorts } from './lab-ports';
import type { LaunchRequest } from './launch-request';
import type { LiveRun } from './live-run';
import { recoverRuns } from './recover-runs';
import { RunRegistry } from './run-registry';
import type { Listener, RunSource } from './run-source';
import { startRun } from './start-run';
import { stopRun } from './stop-run';
import { StoredRun } from './stored-run';
import { sweepOnceBack } from './sweep-leftovers';
import { REMOVED_NOT_YET } from './tear-down';
import { type Overview, watchLab } from './watch-lab';
import {
  type Identified,
  type LatencyBatch,
  type LogBatch,
  type LogPosition,
  watchLatency,
  watchLogs,
  watchView,
} from './watch-run';

export class Lab {
  readonly #ports: LabPorts;
  readonly #origin: RunConfig['origin'];
  readonly #registry = new RunRegistry();
  readonly #close = new AbortController();

  constructor(ports: LabPorts, origin: RunConfig['origin']) {
    this.#ports = ports;
    this.#origin = origin;
  }

  catalogue(): Promise<Catalogue> {
    return this.#ports.composer.catalogue();
  }

  /** Rejects with a LabError if it cannot be launched; else the run is queued. The same requestId gives the same run. */
  launch(request: LaunchRequest): Promise<RunId> {
    return this.#registry.once(request.requestId, async () => {
      this.#refuseWhenClosing();
      const run = await startRun(request, this.#origin, this.#ports);
      this.#registry.add(run);
      // The shutdown may have begun while the request was checked.
      if (this.#close.signal.aborted) run.stop('interrupted');
      void this.#sweepAfter(run);
      return run.config.id;
    });
  }

  /** Resolves once everything is gone, with what was removed. */
  stop(id: RunId): Promise<string> {
    return stopRun(id, this.#registry, this.#ports);
  }

  list(filter: { limit: number; before?: RunId | undefined; search?: string | undefined }): {
    rows: RunSummary[];
    total: number;
  } {
    const { limit, before, search } = filter;
    return this.#ports.store.list({
      limit,
      ...(before === undefined ? {} : { before }),
      ...(search === undefined ? {} : { search }),
    });
  }

  view(id: RunId): RunView {
    const view = this.#registry.live(id)?.view() ?? this.#ports.store.view(id);
    if (view === null) throw new LabError('unknown_run', `there is no run ${id}`);
    return view;
  }

  overview(listener: Listener): AsyncIterable<Overview> {
    return watchLab(this.#registry, this.#ports.store, listener);
  }

  watchView(id: RunId, listener: Listener): AsyncIterable<Identified<RunView>> {
    return watchView(this.#source(id, listener), listener);
  }

  watchLatency(id: RunId, listener: Listener): AsyncIterable<Identified<LatencyBatch>> {
    return watchLatency(this.#source(id, listener), listener);
  }

  watchLogs(id: RunId, position: LogPosition, listener: Listener): AsyncIterable<Identified<LogBatch>> {
    return watchLogs(this.#source(id, listener), position, listener);
  }

  logPage(id: RunId, fromSeq: number, limit: number): Promise<LogLine[]> {
    return this.#ports.store.readLog(id, fromSeq, limit);
  }

  samples(id: RunId): BpfSample[] {
    this.view(id);
    return this.#ports.store.samples(id);
  }

  sampleNow(id: RunId, replica: string): Promise<BpfSample> {
    return sampleNow(id, replica, this.#registry, this.#ports);
  }

  async compare(a: RunId, b: RunId): Promise<Comparison> {
    return comparePair(a, b, this.#ports.store);
  }

  /** Ends the runs of processes that died; see recover-runs.ts. */
  recover(): Promise<RunId[]> {
    return recoverRuns(this.#ports);
  }

  /** Interrupts what runs and waits; resolves once all clusters are torn down and sealed. No launch is taken any more. */
  async close(): Promise<void> {
    this.#close.abort();
    const runs = this.#registry.all();
    for (const run of runs) run.stop('interrupted');
    await Promise.all(runs.map((run) => run.over()));
  }

  async #sweepAfter(run: LiveRun): Promise<void> {
    const { removed } = await run.over();
    if (removed === REMOVED_NOT_YET) await sweepOnceBack(this.#ports, this.#close.signal);
  }

  #refuseWhenClosing(): void {
    if (this.#close.signal.aborted)
      throw new LabError('shutting_down', 'the lab is shutting down', { remedy: 'Start it again: npm start' });
  }

  #source(id: RunId, { signal }: Listener): RunSource {
    const live = this.#registry.live(id);
    if (live !== null) return live;
    return new StoredRun(this.view(id), this.#ports.store, signal);
  }
}
