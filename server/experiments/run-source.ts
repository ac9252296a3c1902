import type { LatencyPoint } from '../domain/latency';
import type { RunView } from '../domain/run';
import type { Latest } from '../telemetry/latest';
import type { Viewers } from './viewers';

/**
 * Who listens, and whether the connection has room. viewer: the browser's connection, which is counted once however much of a
 * run it listens to; absent for those that do not count, as a command that waits for its own run.
 */
export type Listener = { signal: AbortSignal; isCongested: () => boolean; viewer?: object };

/** A run that can be watched, wherever it runs: in this process, in another, or long since over in the store. */
export interface RunSource {
  readonly state: Latest<RunView>;
  /** Null for a run of another process, which cannot know who watches from here. */
  readonly viewers: Viewers | null;
  points(): LatencyPoint[];
}
