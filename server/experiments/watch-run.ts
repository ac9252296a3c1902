/** What can be watched of a run, whoever launched it: its view and its latency; LogDesk has its log. */
import type { LatencyPoint } from '../domain/latency';
import type { RunView } from '../domain/run';
import { changedPoints } from './latency-series';
import type { Listener, RunSource } from './run-source';
import { countViewer } from './viewers';

const VIEW_EVERY_MS = 250;
/** A chart's window closes every 500 ms; redrawing more often only burns the CPU that the cluster needs. */
const LATENCY_EVERY_MS = 500;

/** Something with the id by which a reader that comes back says what it saw last. */
export type Identified<T> = { id: string; value: T };

/** Points to upsert by startMs; `reset` replaces all, also when the window's width changed. */
export type LatencyBatch = { reset: boolean; points: LatencyPoint[] };

/** The whole view at once, then on each change, at most 4/s; completes after the run's last view. */
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
