/** What can be watched of a run, whoever launched it: its view, its latency and its log. */
import type { LatencyPoint } from '../domain/latency';
import type { LogLine } from '../domain/log-line';
import type { RunView } from '../domain/run';
import type { FeedBatch } from '../telemetry/feed';
import { changedPoints } from './latency-series';
import type { Listener, RunSource } from './run-source';
import { countViewer } from './viewers';

const VIEW_EVERY_MS = 200;
/** A chart's window closes every 500 ms; redrawing more often only burns the CPU that the cluster needs. */
const LATENCY_EVERY_MS = 500;

/** Something with the id by which a reader that comes back says what it saw last. */
export type Identified<T> = { id: string; value: T };

/** Points to upsert by startMs; `reset` replaces all, also when the window's width changed. */
export type LatencyBatch = { reset: boolean; points: LatencyPoint[] };

export type LogBatch = {
  /** Forget every line seen so far. */
  reset: boolean;
  lines: LogLine[];
  /** Lines left out because the reader was too far behind; `logPage` has them. */
  skipped: { fromSeq: number; toSeq: number } | null;
  /** Lines of the run so far. */
  total: number;
  /** Lines this reader was not sent, skipped ones so far. */
  dropped: number;
};

export type LogPosition = { after: string | null; fromSeq: number | undefined };

/** The whole view at once, then on each change, at most 5/s; completes after the run's last view. */
export function watchView(source: RunSource, listener: Listener): AsyncIterable<Identified<RunView>> {
  return countViewer(source, listener, source.state.subscribe({ ...listener, minIntervalMs: VIEW_EVERY_MS }));
}

/** All points at once, then those that changed; completes once the run is over and all were sent. */
export async function* watchLatency(
  source: RunSource,
  listener: Listener,
): AsyncGenerator<Identified<LatencyBatch>, void, unknown> {
  let known: LatencyPoint[] = [];
  let first = true;
  const changes = source.state.subscribe({ ...listener, minIntervalMs: LATENCY_EVERY_MS });
  for await (const { id } of countViewer(source, listener, changes)) {
    const current = source.points();
    const change = changedPoints(known, current) ?? (first ? { reset: true, points: [] } : null);
    known = current;
    first = false;
    if (change !== null) yield { id, value: change };
  }
}

/** Lines in batches every 50 ms; completes once the run is over and all were sent. */
export async function* watchLogs(
  source: RunSource,
  { after, fromSeq }: LogPosition,
  listener: Listener,
): AsyncGenerator<Identified<LogBatch>, void, unknown> {
  const batches = source.lines({ ...listener, after, fromSeq });
  for await (const batch of countViewer(source, listener, batches)) yield toLogBatch(batch);
}

function toLogBatch({ id, items, reset, skipped, total, dropped }: FeedBatch<LogLine>): Identified<LogBatch> {
  return { id, value: { reset, lines: items, skipped, total, dropped } };
}
