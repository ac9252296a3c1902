/** Every use case of the lab on one set of ports; panel and CLI each hold one. */
import type { RunsComparison } from '../domain/compare-many';
import type { Comparison } from '../domain/comparison';
import { LabError } from '../domain/errors';
import type { RunConfig, RunId, RunView } from '../domain/run';
import type { HistoryRow, RunFilter } from '../domain/run-marks';
import type { Catalogue } from '../domain/scenario';
import { BpfDesk } from './bpf/bpf-desk';
import { comparePair } from './compare-pair';
import { compareSome } from './compare-some';
import { FaultDesk } from './faults/fault-desk';
import { HistoryDesk } from './history-desk';
import { LabOverview, type Overview } from './lab-overview';
import type { LabPorts } from './lab-ports';
import type { LaunchRequest } from './launch-request';
import type { LiveRun } from './live-run';
import { LogDesk } from './logs/log-desk';
import { ExperimentDesk } from './planned/experiment-desk';
import { FileDesk } from './planned/file-desk';
import { recoverRuns } from './recover-runs';
import { RunRegistry } from './run-registry';
import type { Listener, RunSource } from './run-source';
import { startRun } from './start-run';
import { stopRun } from './stop-run';
import { StoredRun } from './stored-run';
import { sweepOnceBack } from './sweep-leftovers';
import { REMOVED_NOT_YET } from './tear-down';
import { TraceDesk } from './trace/trace-desk';
import { type Identified, type LatencyBatch, watchLatency, watchView } from './watch-run';

export class Lab {
  readonly #ports: LabPorts;
  readonly #origin: RunConfig['origin'];
  readonly #registry = new RunRegistry();
  readonly #close = new AbortController();
  readonly #overview: LabOverview;
  readonly logs: LogDesk;
  readonly bpf: BpfDesk;
  readonly traces: TraceDesk;
  readonly faults: FaultDesk;
  readonly experiments: ExperimentDesk;
  readonly files: FileDesk;
  readonly history: HistoryDesk;

  constructor(ports: LabPorts, origin: RunConfig['origin']) {
    this.#ports = ports;
    this.#origin = origin;
    this.#overview = new LabOverview(this.#registry, ports.store);
    this.logs = new LogDesk(ports, this.#registry);
    this.bpf = new BpfDesk(ports, this.#registry);
    this.traces = new TraceDesk(ports, this.#registry);
    this.faults = new FaultDesk(ports, this.#registry, origin);
    this.experiments = new ExperimentDesk(ports, origin, (request) => this.#begin(request));
    this.files = new FileDesk(ports, this.experiments);
    this.history = new HistoryDesk(ports.store);
  }

  catalogue(): Promise<Catalogue> {
    return this.#ports.composer.catalogue();
  }

  /** Rejects with a LabError if it cannot be launched; else the run is queued. The same requestId gives the same run. */
  launch(request: LaunchRequest): Promise<RunId> {
    return this.#registry.once(request.requestId, async () => (await this.#begin(request)).config.id);
  }

  /** Resolves once everything is gone, with what was removed. */
  stop(id: RunId): Promise<string> {
    return stopRun(id, this.#registry, this.#ports);
  }

  list(filter: RunFilter): { rows: HistoryRow[]; total: number } {
    return this.#ports.store.list(filter);
  }

  view(id: RunId): RunView {
    const view = this.#registry.live(id)?.view() ?? this.#ports.store.view(id);
    if (view === null) throw new LabError('unknown_run', `there is no run ${id}`);
    return view;
  }

  overview(listener: Listener): AsyncIterable<Overview> {
    return this.#overview.watch(listener);
  }

  watchView(id: RunId, listener: Listener): AsyncIterable<Identified<RunView>> {
    return watchView(this.#source(id, listener), listener);
  }

  watchLatency(id: RunId, listener: Listener): AsyncIterable<Identified<LatencyBatch>> {
    return watchLatency(this.#source(id, listener), listener);
  }

  async compare(a: RunId, b: RunId): Promise<Comparison> {
    return comparePair(a, b, this.#ports.store);
  }

  compareMany(ids: RunId[]): RunsComparison {
    return compareSome(ids, this.#ports.store);
  }

  /** Ends the runs of processes that died, then goes on with their experiments; see recover-runs.ts. */
  async recover(): Promise<RunId[]> {
    const ended = await recoverRuns(this.#ports);
    if (!this.#close.signal.aborted) this.experiments.recover();
    return ended;
  }

  /** Interrupts what runs and waits; resolves once all clusters are torn down and sealed. No launch is taken any more. */
  async close(): Promise<void> {
    this.#close.abort();
    const left = this.experiments.close();
    const runs = this.#registry.all();
    for (const run of runs) run.stop('interrupted');
    await Promise.all([left, ...runs.map((run) => run.over())]);
    this.logs.close();
  }

  async #begin(request: LaunchRequest): Promise<LiveRun> {
    this.#refuseWhenClosing();
    const run = await startRun(request, this.#origin, this.#ports);
    this.#registry.add(run);
    // The shutdown may have begun while the request was checked.
    if (this.#close.signal.aborted) run.stop('interrupted');
    void this.#sweepAfter(run);
    return run;
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
