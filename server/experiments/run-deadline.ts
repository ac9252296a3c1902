import { noProgressMs } from '../domain/fault-patience';
import type { RunConfig } from '../domain/run';

/** A third party's client gets its workload from its own compose file, which the lab does not read. */
const UNKNOWN_WORKLOAD_MS = 15 * 60_000;

/** Longest time a run may take before it counts as hung: a backstop, since client and engine report most deaths sooner. */
export function longestRunMs({
  workload,
  clientFormat,
  faults,
}: Pick<RunConfig, 'workload' | 'clientFormat' | 'faults'>): number {
  if (clientFormat === 'electrode') return UNKNOWN_WORKLOAD_MS;
  const { amount } = workload;
  // A closed loop that completes fewer than 20 requests a second, however many get lost, isn't measuring, it is broken.
  const measured = amount.kind === 'seconds' ? amount.seconds * 3000 : amount.requests * 50;
  return 60_000 + workload.warmupSeconds * 2000 + measured + noProgressMs({ faults });
}
