/** What the use cases need from the outside; server/adapters fulfils it. */
import type { ImportedRun, StoredEvent } from './archive';
import type { BpfSample } from './bpf-program';
import type { BpfCode, BpfLife, BpfLook, BpfSeries } from './bpf-watch';
import type { RunConditions } from './conditions';
import type { ExperimentRecord } from './experiment/experiment';
import type { ExperimentId } from './experiment/place';
import type { HostFacts } from './host';
import type { LatencyInterval, SparseHistogram } from './latency';
import type { LogChunk } from './log-chunk';
import type { LogLine } from './log-line';
import type { RunConfig, RunId, RunLabel, RunView } from './run';
import type { HistoryRow, RetentionPlan, RetentionPolicy, RunFacets, RunFilter, RunMarks } from './run-marks';
import type { Catalogue, Scenario } from './scenario';

export type EngineEvent = {
  kind: 'container' | 'network';
  /** create, start, die, destroy, connect, ... */
  action: string;
  service: string | null;
  containerId: string | null;
  exitCode: number | null;
  /** Milliseconds since the Unix epoch. */
  at: number;
};

export type EngineContainer = {
  id: string;
  service: string;
  state: string;
  exitCode: number | null;
  address: string | null;
  /** Of the interface in the run's network; null while it has none. */
  mac: string | null;
  image: string;
};

/** One raw line with the engine's timestamp. */
export type RawLine = { time: string; stream: 'stdout' | 'stderr'; text: string };

export interface Engine {
  /** Facts or a LabError (engine_absent, engine_denied). */
  facts(): Promise<Omit<HostFacts, 'compose'>>;
  imageDigest(image: string): Promise<string | null>;
  containers(label: RunLabel): Promise<EngineContainer[]>;
  /** Runs of anybody (panel, CLI, a container's panel) that have containers on this engine which aren't exited. */
  activeRuns(): Promise<RunLabel[]>;
  /** Runs of anybody that have any container or network on this engine. */
  labels(): Promise<RunLabel[]>;
  events(label: RunLabel, signal: AbortSignal): AsyncIterable<EngineEvent>;
  /**
   * Follows until the container is gone; survives cut streams without losing or doubling a line. An empty batch says that the
   * container stands still and that all it wrote was passed on.
   */
  logs(containerId: string, signal: AbortSignal): AsyncIterable<RawLine[]>;
  lastLines(containerId: string, count: number): Promise<string[]>;
  signal(containerId: string, signalName: string): Promise<void>;
  /** Starts a container that ended; it begins with empty memory. */
  start(containerId: string): Promise<void>;
  /** Removes what is left of a run after Compose's own down: containers and networks by label. */
  removeLeftovers(label: RunLabel): Promise<{ containers: number; networks: number }>;
  /** Containers and networks that a run has now. */
  count(label: RunLabel): Promise<{ containers: number; networks: number }>;
}

export interface Composer {
  version(): Promise<string>;
  /** All scenario folders, read and checked. */
  catalogue(): Promise<Catalogue>;
  /** YAML of the file that lays a run over its scenario: labels, environment, cpusets, images. Save it, then pass its path to up. */
  override(config: RunConfig, scenario: Scenario): Promise<string>;
  /** Creates and starts; resolves when Compose says so. Aborting kills the CLI; call down afterwards. */
  up(launch: ComposeLaunch, signal: AbortSignal): Promise<void>;
  down(launch: Pick<ComposeLaunch, 'scenario' | 'project' | 'overrideFile'>): Promise<void>;
}

export type ComposeLaunch = {
  scenario: Scenario;
  project: string;
  /** Generated file with labels, environment, cpusets and image overrides. */
  overrideFile: string;
};

/** One program's counters at one look. */
export type BpfPoint = Pick<BpfSeries, 'replica' | 'programId' | 'name' | 'tag'> & {
  at: number;
  runCnt: number | null;
  runTimeNs: number | null;
};

export interface BpfInspector {
  /** Never throws for what a container lacks: the sample says it in `problem`. */
  sample(containerId: string, replica: string): Promise<Omit<BpfSample, 'moment' | 'insideWindow'>>;
  /** Translated code of a program, by the container's own bpftool. Never throws either. */
  code(containerId: string, programId: number): Promise<Pick<BpfCode, 'lines' | 'problem'>>;
}

/** What the watcher is to look at; see bpf-watch.ts. */
export type BpfWatchRequest = {
  label: RunLabel;
  replicas: { name: string; containerId: string }[];
  /** CPUs for the watcher, so that it stays off the replicas'; null: any. */
  cpuset: string | null;
  statistics: boolean;
  everyMs: number;
};

/** A watcher at work. It ends when closed, when the signal given to watch() aborts, or with its container. */
export interface BpfWatch {
  /** Ends with the watcher; throws LabError inspector_failed if it broke off. */
  readonly looks: AsyncIterable<BpfLook>;
  /** Switches the kernel's run statistics; they are off again once the watcher is gone, however it went. */
  setStatistics(on: boolean): Promise<void>;
  /** Translated code of a program; problem is set where the kernel or the tool refuses. */
  code(programId: number): Promise<Pick<BpfCode, 'lines' | 'problem'>>;
  close(): Promise<void>;
}

export interface BpfWatcher {
  /** Rejects with LabError inspector_failed, saying what is missing (image, rights). */
  watch(request: BpfWatchRequest, signal: AbortSignal): Promise<BpfWatch>;
}

/**
 * What the namespace of one container does with datagrams of the lab that arrive from one sender. Services by name; from null:
 * everybody. The chances are per datagram and independent.
 */
export type FaultRule = { target: string; from: string | null; lossPercent: number; duplicatePercent: number };

/** nodes: replicas with their id, the client with id 0. */
export type FaultHolderRequest = {
  label: RunLabel;
  nodes: { name: string; id: number; containerId: string }[];
  cpuset: string | null;
};

/**
 * Holds the faults of one run. All of them are undone when it is closed, when its process dies, and when nobody speaks to it
 * for some seconds, since whoever injected them is then gone.
 */
export interface FaultHolder {
  /** Makes these the rules in force and lets these stand still, and nobody else; resolves once that is so. */
  apply(faults: { rules: FaultRule[]; paused: string[] }): Promise<void>;
  /** A container was started again: its process and its namespace are others. */
  moved(node: { name: string; id: number; containerId: string }): Promise<void>;
  /** Datagrams lost and doubled since the holder began, by receiver and sender. */
  counts(): { target: string; from: string; lost: number; doubled: number }[];
  /** Resolves when it ends: null if closed, else why. */
  readonly ended: Promise<string | null>;
  close(): Promise<void>;
}

export interface FaultInjector {
  /** Rejects with LabError fault_failed, saying what is missing (image, rights). */
  open(request: FaultHolderRequest, signal: AbortSignal): Promise<FaultHolder>;
}

export interface RunStore {
  /** Six hex digits that tell this store's runs from any other's on the same engine. */
  readonly storeId: string;
  nextRunId(): RunId;
  saveView(view: RunView): void;
  view(id: RunId): RunView | null;
  /** Newest first; total counts all that match, whatever `before` says. */
  list(filter: RunFilter): { rows: HistoryRow[]; total: number };
  saveOverride(id: RunId, yaml: string): string;
  appendIntervals(id: RunId, intervals: LatencyInterval[]): void;
  intervals(id: RunId): LatencyInterval[];
  /** All intervals of the measured window merged; far cheaper than reading them. */
  measuredHistogram(id: RunId): SparseHistogram;
  appendEvents(id: RunId, events: StoredEvent[]): void;
  /** In the order of their time. */
  events(id: RunId): StoredEvent[];
  appendSample(id: RunId, sample: BpfSample): void;
  samples(id: RunId): BpfSample[];
  appendLog(id: RunId, lines: LogLine[]): void;
  /** Lines with seq >= fromSeq, at most limit. */
  readLog(id: RunId, fromSeq: number, limit: number): Promise<LogLine[]>;
  /** All lines of a chunk so far; empty for one that is not there. */
  readChunk(id: RunId, chunk: number): Promise<LogLine[]>;
  /** What is known of every chunk so far, in order, from `fromChunk` on. A run sealed before there were chunks is indexed by reading it once. */
  logChunks(id: RunId, fromChunk: number): Promise<LogChunk[]>;
  appendBpfSeries(id: RunId, points: BpfPoint[]): void;
  bpfSeries(id: RunId): BpfSeries[];
  saveBpfLives(id: RunId, lives: BpfLife[]): void;
  bpfLives(id: RunId): BpfLife[];
  /** One per replica and program; the newest counts. */
  saveBpfCode(id: RunId, code: BpfCode): void;
  bpfCodes(id: RunId): BpfCode[];
  /** Flushes and compresses; after it the run is immutable. */
  seal(id: RunId): Promise<void>;
  /**
   * Runs that are over, and the experiment they belong to, brought in sealed: all of it or nothing. The caller has given
   * each its id by nextRunId() and nextExperimentId(). Rejects with LabError run_not_over, or store_failed.
   */
  importAll(source: { experiment: ExperimentRecord | null; runs: Iterable<ImportedRun> }): Promise<void>;
  /** Runs left unfinished by a process that died. */
  unfinished(): RunView[];
  /** Asks whichever process has the run to stop it. */
  askToStop(id: RunId): void;
  isAskedToStop(id: RunId): boolean;
}

/** What people do with the runs that are over. */
export interface RunLibrary {
  facets(): RunFacets;
  marks(id: RunId): RunMarks;
  setMarks(id: RunId, marks: RunMarks): void;
  /**
   * Removes rows and files, all or none. Rejects with LabError run_not_over for one that is not over, run_in_experiment
   * for one that belongs to an experiment: that is removed as a whole.
   */
  removeRuns(ids: RunId[]): Promise<{ runs: number; bytes: number }>;
  /** Bytes of the database and of the runs' files. */
  size(): { databaseBytes: number; fileBytes: number; runs: number };
  retentionPolicy(): RetentionPolicy;
  setRetentionPolicy(policy: RetentionPolicy): void;
  planRetention(policy: RetentionPolicy, now: number): RetentionPlan;
  /** Removes what was shown, and nothing else: runs of `ids` that the plan would not remove now are left alone. */
  applyRetention(policy: RetentionPolicy, ids: RunId[], now: number): Promise<{ runs: number; bytes: number }>;
}

export interface ExperimentStore {
  nextExperimentId(): ExperimentId;
  /** The saving process becomes the owner of one that is running. */
  saveExperiment(record: ExperimentRecord): void;
  experiment(id: ExperimentId): ExperimentRecord | null;
  /** Newest first. */
  experiments(filter: { limit: number; before?: ExperimentId | undefined }): { rows: ExperimentRecord[]; total: number };
  /** Its runs in the order they were launched, those that do not count among them. */
  experimentRuns(id: ExperimentId): RunView[];
  /** Experiments in state running whose process died. Taking one over is a save. */
  orphanedExperiments(): ExperimentRecord[];
  /** A wish for whichever process runs it. */
  askExperiment(id: ExperimentId, wish: ExperimentWish): void;
  /** Returns the wish and forgets it. */
  takeExperimentWish(id: ExperimentId): ExperimentWish | null;
  /** With all its runs. Rejects with LabError experiment_running for one that is running. */
  removeExperiment(id: ExperimentId): Promise<{ runs: number; bytes: number }>;
}

export type ExperimentWish = 'pause' | 'cancel';

/** All that one store keeps. */
export type LabStore = RunStore & RunLibrary & ExperimentStore;

/** Keeps the lab's own process off the CPUs of a cluster. */
export interface OwnCpus {
  /**
   * Moves it to these CPUs (`2-3`) of the machine with that kernel release, if that is this one; resolves with what moves it
   * back. Rejects where the host does not allow it.
   */
  moveTo(cpus: string, kernel: string): Promise<() => Promise<void>>;
}

/** CPU, clock and memory of the host; see conditions.ts. */
export interface HostMonitor {
  /** Reads now, within a few milliseconds. Never throws: what cannot be read is missing from the conditions. */
  begin(): Promise<HostObservation>;
}

export interface HostObservation {
  /**
   * Reads again. containers: id by service name; clientService: whose share is told apart; engineKernel: kernel release of the
   * engine's machine, null if unknown: of another machine nothing is said.
   */
  end(run: {
    containers: ReadonlyMap<string, string>;
    clientService: string;
    engineKernel: string | null;
  }): Promise<Omit<RunConditions, 'viewers'>>;
}

export interface HostLock {
  /**
   * Waits for its turn in the order of asking; rejects when aborted. Freed by the returned function or by the process's death.
   * While it waits, onWaiting gets one line that says for whom, on each change.
   */
  acquire(run: RunConfig, signal: AbortSignal, onWaiting?: (detail: string) => void): Promise<() => void>;
}
