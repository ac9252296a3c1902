/** What the router needs: use cases by name, and how full the caller's socket is. */
import type { BpfSample } from '../domain/bpf-program';
import type { Comparison } from '../domain/comparison';
import type { Readiness } from '../domain/host';
import type { LogLine } from '../domain/log-line';
import type { RunId, RunSummary, RunView } from '../domain/run';
import type { Catalogue } from '../domain/scenario';
import type { LOG_LIMIT, WORKLOAD_BOUNDS, Workload } from '../domain/workload';
import type { LaunchRequest } from '../experiments/launch-request';
import type { Listener } from '../experiments/run-source';
import type { Overview } from '../experiments/watch-lab';
import type { Identified, LatencyBatch, LogBatch, LogPosition } from '../experiments/watch-run';

/** What the launch form is built from. */
export type LaunchPad = Catalogue & {
  workloadDefault: Workload;
  workloadBounds: typeof WORKLOAD_BOUNDS;
  logLimit: typeof LOG_LIMIT;
};

/** Every use case of the lab. Each rejects with a LabError for what a user can cause; `main.ts` and tests build it. */
export type LabServices = {
  catalogue(): Promise<Catalogue>;
  readiness(): Promise<Readiness>;
  launch(request: LaunchRequest): Promise<RunId>;
  /** Resolves once everything is gone, with what was removed: `6 containers, 1 network`. */
  stop(id: RunId): Promise<string>;
  list(filter: { limit: number; before?: RunId; search?: string }): { rows: RunSummary[]; total: number };
  view(id: RunId): RunView;
  overview(listener: Listener): AsyncIterable<Overview>;
  watchView(id: RunId, listener: Listener): AsyncIterable<Identified<RunView>>;
  watchLatency(id: RunId, listener: Listener): AsyncIterable<Identified<LatencyBatch>>;
  watchLogs(id: RunId, position: LogPosition, listener: Listener): AsyncIterable<Identified<LogBatch>>;
  logPage(id: RunId, fromSeq: number, limit: number): Promise<LogLine[]>;
  samples(id: RunId): BpfSample[];
  sampleNow(id: RunId, replica: string): Promise<BpfSample>;
  compare(a: RunId, b: RunId): Promise<Comparison>;
};

export type LabContext = {
  services: LabServices;
  /** Bytes that the caller's socket has not sent yet; 0 over plain HTTP. */
  bufferedBytes(): number;
};
