import type { LatencyPoint } from '../domain/latency';
import type { LogLine } from '../domain/log-line';
import type { RunView } from '../domain/run';
import type { FeedBatch, FeedSubscription } from '../telemetry/feed';
import type { Latest } from '../telemetry/latest';

/** Who listens, and whether the connection has room. */
export type Listener = { signal: AbortSignal; isCongested: () => boolean };

/** A run that can be watched, wherever it runs: in this process, in another, or long since over in the store. */
export interface RunSource {
  readonly state: Latest<RunView>;
  points(): LatencyPoint[];
  /** Lines behind the subscription's position; completes once the run is over and all were sent. */
  lines(subscription: FeedSubscription): AsyncIterable<FeedBatch<LogLine>>;
}
