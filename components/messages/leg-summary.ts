/** Median and 99th percentile of each way, over many operations. */
import { LEGS, type LegName, legsOf, legUs } from './legs';
import type { Operation } from './operations';

export type LegSummary = { name: LegName; n: number; p50Us: number; p99Us: number };

/** Counts operations one after the other, so that many can be taken in several turns. */
export class LegTally {
  private readonly taken: Record<LegName, number[]> = {
    request: [],
    prepare: [],
    hook: [],
    copy: [],
    turnaround: [],
    ack: [],
    quorum: [],
    commit: [],
    reply: [],
  };

  add(operation: Operation): void {
    for (const leg of legsOf(operation)) this.taken[leg.name].push(legUs(operation, leg));
  }

  /** Ways that no operation has are left out. */
  summary(): LegSummary[] {
    return LEGS.flatMap((name) => {
      const sorted = Float64Array.from(this.taken[name]).sort();
      return sorted.length === 0
        ? []
        : [{ name, n: sorted.length, p50Us: percentile(sorted, 0.5), p99Us: percentile(sorted, 0.99) }];
    });
  }
}

/** The smallest value that at least that share of all values does not exceed. */
function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
