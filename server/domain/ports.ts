/** What the use cases need from the outside; server/adapters fulfils it. */
import type { BpfSample } from './bpf-program';
import type { HostFacts } from './host';
import type { LatencyInterval } from './latency';
import type { LogLine } from './log-line';
import type { RunConfig, RunId, RunLabel, RunSummary, RunView } from './run';
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
  /** Follows until the container is gone; survives cut streams without losing or doubling a line. */
  logs(containerId: string, signal: AbortSignal): AsyncIterable<RawLine[]>;
  lastLines(containerId: string, count: number): Promise<string[]>;
  signal(containerId: string, signalName: string): Promise<void>;
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
  override(config: RunConfig, scenario: Scenario, capacity: LogCapacity): Promise<string>;
  /** Creates and starts; resolves when Compose says so. Aborting kills the CLI; call down afterwards. */
  up(launch: ComposeLaunch, signal: AbortSignal): Promise<void>;
  down(launch: Pick<ComposeLaunch, 'scenario' | 'project' | 'overrideFile'>): Promise<void>;
}

/** What each replica and the client preallocate for the log: LOG_CAPACITY_OPS and LOG_CAPACITY_BYTES. */
export type LogCapacity = { operations: number; payloadBytes: number };

export type ComposeLaunch = {
  scenario: Scenario;
  project: string;
  /** Generated file with labels, environment, cpusets and image overrides. */
  overrideFile: string;
};

export interface BpfInspector {
  /** Never throws for what a container lacks: the sample says it in `problem`. */
  sample(containerId: string, replica: string): Promise<Omit<BpfSample, 'moment' | 'insideWindow'>>;
}

export interface RunStore {
  /** Six hex digits that tell this store's runs from any other's on the same engine. */
  readonly storeId: string;
  nextRunId(): RunId;
  saveView(view: RunView): void;
  view(id: RunId): RunView | null;
  list(filter: { limit: number; before?: RunId; search?: string }): { rows: RunSummary[]; total: number };
  saveOverride(id: RunId, yaml: string): string;
  appendIntervals(id: RunId, intervals: LatencyInterval[]): void;
  intervals(id: RunId): LatencyInterval[];
  appendEvents(id: RunId, events: { tUs: number; source: string; event: string; json: string }[]): void;
  appendSample(id: RunId, sample: BpfSample): void;
  samples(id: RunId): BpfSample[];
  appendLog(id: RunId, lines: LogLine[]): void;
  /** Lines with seq >= fromSeq, at most limit. */
  readLog(id: RunId, fromSeq: number, limit: number): Promise<LogLine[]>;
  /** Flushes and compresses; after it the run is immutable. */
  seal(id: RunId): Promise<void>;
  /** Runs left unfinished by a process that died. */
  unfinished(): RunView[];
  /** Asks whichever process has the run to stop it. */
  askToStop(id: RunId): void;
  isAskedToStop(id: RunId): boolean;
}

export interface HostLock {
  /**
   * Waits for its turn in the order of asking; rejects when aborted. Freed by the returned function or by the process's death.
   * While it waits, onWaiting gets one line that says for whom, on each change.
   */
  acquire(run: RunConfig, signal: AbortSignal, onWaiting?: (detail: string) => void): Promise<() => void>;
}
