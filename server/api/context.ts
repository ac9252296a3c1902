/** What the router needs: use cases by name, and how full the caller's socket is. */
import type { RunsComparison } from '../domain/compare-many';
import type { Comparison } from '../domain/comparison';
import type { ExperimentPlan, ExperimentSummary, ExperimentView } from '../domain/experiment/experiment';
import type { ExperimentId } from '../domain/experiment/place';
import type { PLAN_BOUNDS, Preset } from '../domain/experiment/presets';
import type { ExperimentResults } from '../domain/experiment/results';
import type { Readiness } from '../domain/host';
import type { RunId, RunView } from '../domain/run';
import type { HistoryRow, RetentionPlan, RetentionPolicy, RunFacets, RunFilter, RunMarks } from '../domain/run-marks';
import type { Catalogue } from '../domain/scenario';
import type { WORKLOAD_BOUNDS, Workload } from '../domain/workload';
import type { BpfDesk } from '../experiments/bpf/bpf-desk';
import type { FaultDesk } from '../experiments/faults/fault-desk';
import type { Overview } from '../experiments/lab-overview';
import type { LaunchRequest } from '../experiments/launch-request';
import type { LogDesk } from '../experiments/logs/log-desk';
import type { ReportFormat } from '../experiments/planned/file-desk';
import type { Listener } from '../experiments/run-source';
import type { TraceDesk } from '../experiments/trace/trace-desk';
import type { Identified, LatencyBatch } from '../experiments/watch-run';
import type { ExperimentPictures } from '../reports/experiment-pictures';

/** What the launch form is built from. */
export type LaunchPad = Catalogue & {
  workloadDefault: Workload;
  workloadBounds: typeof WORKLOAD_BOUNDS;
};

/** Every use case of the lab. Each rejects with a LabError for what a user can cause; `main.ts` and tests build it. */
export type LabServices = {
  catalogue(): Promise<Catalogue>;
  readiness(): Promise<Readiness>;
  launch(request: LaunchRequest): Promise<RunId>;
  /** Resolves once everything is gone, with what was removed: `6 containers, 1 network`. */
  stop(id: RunId): Promise<string>;
  list(filter: RunFilter): { rows: HistoryRow[]; total: number };
  view(id: RunId): RunView;
  overview(listener: Listener): AsyncIterable<Overview>;
  watchView(id: RunId, listener: Listener): AsyncIterable<Identified<RunView>>;
  watchLatency(id: RunId, listener: Listener): AsyncIterable<Identified<LatencyBatch>>;
  compare(a: RunId, b: RunId): Promise<Comparison>;
  compareMany(ids: RunId[]): RunsComparison;
  logs: LogServices;
  bpf: BpfServices;
  traces: TraceServices;
  faults: FaultServices;
  experiments: ExperimentServices;
  files: FileServices;
  history: HistoryServices;
};

export type LogServices = Pick<LogDesk, 'watch' | 'chunk' | 'all'>;
export type BpfServices = Pick<BpfDesk, 'samples' | 'sampleNow' | 'watch' | 'setStatistics' | 'series' | 'codes' | 'readCodes'>;
export type TraceServices = Pick<TraceDesk, 'watch'>;

export type FaultServices = Pick<FaultDesk, 'inject' | 'end' | 'readPlan'>;

export type PlanPad = { presets: Preset[]; bounds: typeof PLAN_BOUNDS };

export type ExperimentServices = {
  presets(): Promise<Preset[]>;
  /** Checks the whole plan against the catalogue before anything runs; the same requestId is the same experiment. */
  create(plan: ExperimentPlan, requestId: string): Promise<ExperimentId>;
  list(filter: { limit: number; before?: ExperimentId | undefined }): { rows: ExperimentSummary[]; total: number };
  view(id: ExperimentId): ExperimentView;
  watch(id: ExperimentId, listener: Listener): AsyncIterable<Identified<ExperimentView>>;
  results(id: ExperimentId): ExperimentResults;
  pictures(id: ExperimentId): ExperimentPictures;
  /** The run that measures now is finished first. */
  pause(id: ExperimentId): Promise<void>;
  resume(id: ExperimentId): Promise<void>;
  /** Ends the run that measures now; resolves once its cluster is removed. */
  cancel(id: ExperimentId): Promise<void>;
  /** Runs a pair that does not count once more, at the end. */
  retryPair(id: ExperimentId, pair: { cell: number; pair: number }): Promise<void>;
  remove(id: ExperimentId): Promise<{ runs: number; bytes: number }>;
};

/** What goes out as a file, and what comes in as one. */
export type FileServices = {
  report(id: ExperimentId, format: ReportFormat): string;
  /** A .tar.gz, chunk by chunk. */
  exportArchive(what: { experiment: ExperimentId } | { runs: RunId[] }): AsyncIterable<Uint8Array>;
  importArchive(chunks: AsyncIterable<Uint8Array>, name: string): Promise<{ experiment: ExperimentId | null; runs: RunId[] }>;
  /** A `.raw` file of the original client. */
  importRaw(chunks: AsyncIterable<Uint8Array>, run: RawRun): Promise<RunId>;
};

export type RawRun = { name: string; scenario: string; replicas: number; variant: string; clients: number };

export type HistoryServices = {
  facets(): RunFacets;
  setMarks(id: RunId, marks: RunMarks): RunMarks;
  remove(ids: RunId[]): Promise<{ runs: number; bytes: number }>;
  size(): { databaseBytes: number; fileBytes: number; runs: number };
  retentionPolicy(): RetentionPolicy;
  /** Remembers the policy and shows what it would remove; removes nothing. */
  planRetention(policy: RetentionPolicy): RetentionPlan;
  applyRetention(policy: RetentionPolicy, ids: RunId[]): Promise<{ runs: number; bytes: number }>;
};

export type LabContext = {
  services: LabServices;
  /** Bytes that the caller's socket has not sent yet; 0 over plain HTTP. */
  bufferedBytes(): number;
};
