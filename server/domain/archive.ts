/** Runs and experiments as they travel between machines; docs/schemas/archive.md describes the file. */
import type { BpfSample } from './bpf-program';
import type { BpfCode, BpfLife, BpfSeries } from './bpf-watch';
import type { ExperimentRecord } from './experiment/experiment';
import type { LatencyInterval } from './latency';
import type { LogLine } from './log-line';
import type { RunView } from './run';

/** One event of a replica or the client; `json` is the line as it was printed. */
export type StoredEvent = { tUs: number; source: string; event: string; json: string };

/** What was seen of a run's eBPF beside the samples. */
export type BpfRecord =
  | { kind: 'series'; series: BpfSeries }
  | { kind: 'life'; life: BpfLife }
  | { kind: 'code'; code: BpfCode };

/**
 * A run with all that was measured. Every iterable can be walked more than once and gives the same each time; one that came
 * out of an archive is read from a temporary folder while it is walked, so that no run is held in memory whole.
 */
export type ArchivedRun = {
  view: RunView;
  intervals: Iterable<LatencyInterval>;
  events: Iterable<StoredEvent>;
  samples: Iterable<BpfSample>;
  bpf: Iterable<BpfRecord>;
  log: AsyncIterable<LogLine[]>;
};

/** What goes into an archive. Every run is over; experiment is null for runs launched by hand. */
export type ArchiveSource = {
  createdAt: number;
  storeId: string;
  labCommit: string | null;
  /** With frozenNoiseFloor filled in, since the control may stay behind. */
  experiment: ExperimentRecord | null;
  runs: ArchivedRun[];
};

/** A run that came out of an archive, checked field by field. */
export type ImportedRun = ArchivedRun;

/** An archive, read to its end, every checksum compared. Ids are still those of the store it came from. */
export type ImportedArchive = {
  /** The store that wrote it. */
  storeId: string;
  createdAt: number;
  experiment: ExperimentRecord | null;
  /** In the order of the archive's manifest. */
  runs: ImportedRun[];
};

/** What a file of bare latencies does not say itself. */
export type RawLatencies = {
  /** The file's name, as errors and the run's origin give it. */
  name: string;
  scenario: string;
  /** Number of replicas. */
  replicas: number;
  variant: string;
  /** Concurrent closed-loop clients that wrote it. */
  clients: number;
  /** Milliseconds since the Unix epoch. */
  now: number;
};

/** Files that hold runs. What is wrong with one is a LabError bad_archive that names file, place and cause. */
export interface ArchiveFiles {
  /** The bytes of a .tar.gz. Rejects with run_not_over or experiment_running for what may still change. */
  write(source: ArchiveSource): AsyncIterable<Uint8Array>;
  /**
   * Reads everything, then gives it to `use`; what lies in the temporary folder is removed when `use` has settled. name is
   * what errors call the file.
   */
  read<T>(chunks: AsyncIterable<Uint8Array>, name: string, use: (archive: ImportedArchive) => Promise<T>): Promise<T>;
  /** Latencies of the original client: little-endian uint64 nanoseconds. The view's id is the file's name. */
  readRaw(chunks: AsyncIterable<Uint8Array>, facts: RawLatencies): Promise<ImportedRun>;
}
