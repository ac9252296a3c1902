import type { RunView } from '../run';

/**
 * Below `least` more requests were in flight than there are clients, which cannot be: a count or a clock is wrong. Above
 * `suspect` the clients spent a tenth of their time on something else than waiting for replies, above `most` so much that the
 * client, not the cluster, made the numbers.
 */
export const LITTLE = { least: 0.98, suspect: 1.1, most: 1.23 } as const;

/**
 * Little's law for closed-loop clients: clients = throughput x mean response time. The law holds for the mean, not for
 * the median. 1 is exact; far above 1 the clients spent their time elsewhere, so the harness was the bottleneck.
 */
export function littlesLaw(view: RunView): number | null {
  const meanNs = view.latency?.meanNs ?? null;
  if (meanNs === null || view.throughputPerS === null || meanNs <= 0 || view.throughputPerS <= 0) return null;
  return view.config.workload.clients / (view.throughputPerS * (meanNs / 1e9));
}

export function gradeLittlesLaw(value: number): 'pass' | 'suspect' | 'invalid' {
  if (value < LITTLE.least || value > LITTLE.most) return 'invalid';
  return value > LITTLE.suspect ? 'suspect' : 'pass';
}
