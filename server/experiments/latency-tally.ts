import { type LatencyInterval, type LatencySummary, mergeHistograms, summarise } from '../domain/latency';

/** The measured intervals so far as one, merged as they come, so that a long run costs no more than a short one. */
export class LatencyTally {
  #all: LatencyInterval | null = null;
  #durationUs = 0;

  add(interval: LatencyInterval): void {
    if (interval.phase !== 'measuring') return;
    this.#durationUs += interval.durationUs;
    const before = this.#all;
    if (before === null) {
      this.#all = interval;
      return;
    }
    const empty = before.completed === 0;
    this.#all = {
      ...before,
      completed: before.completed + interval.completed,
      timeouts: before.timeouts + interval.timeouts,
      retries: before.retries + interval.retries,
      sumNs: before.sumNs + interval.sumNs,
      minNs: interval.completed === 0 ? before.minNs : empty ? interval.minNs : Math.min(before.minNs, interval.minNs),
      maxNs: Math.max(before.maxNs, interval.maxNs),
      hist: mergeHistograms([before.hist, interval.hist]),
    };
  }

  counts(): { completed: number; timeouts: number; clientRetries: number; throughputPerS: number | null } {
    const completed = this.#all?.completed ?? 0;
    return {
      completed,
      timeouts: this.#all?.timeouts ?? 0,
      clientRetries: this.#all?.retries ?? 0,
      throughputPerS: this.#durationUs === 0 ? null : (completed * 1_000_000) / this.#durationUs,
    };
  }

  summary(): LatencySummary | null {
    return this.#all === null ? null : summarise([this.#all]);
  }
}
