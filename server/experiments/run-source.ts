import type { LatencyPoint } from '../domain/latency';
import type { LogLine } from '../domain/log-line';
import type { RunView } from '../domain/run';
import type { FeedBatch, FeedSubscription } from '../telemetry/feed';
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
  /** Lines behind the subscription's position; completes once the run is over and all were sent. */
  lines(subscription: FeedSubscription): AsyncIterable<FeedBatch<LogLine>>;
}
