import { describe, expect, it } from 'vitest';
import { indexOf, type LatencyInterval, summarise } from '../domain/latency';
import { LatencyTally } from './latency-tally';

function interval(index: number, latencies: number[], phase: LatencyInterval['phase'] = 'measuring'): LatencyInterval {
  return {
    phase,
    index,
    startUs: index * 100_000,
    durationUs: 100_000,
    completed: latencies.length,
    timeouts: 1,
    retries: 2,
    sumNs: latencies.reduce((sum, ns) => sum + ns, 0),
    minNs: Math.min(...latencies, Number.MAX_SAFE_INTEGER),
    maxNs: Math.max(...latencies, 0),
    hist: latencies.flatMap((ns) => [indexOf(ns), 1]),
  };
}

describe('LatencyTally', () => {
  it('says the same as all intervals merged at once, empty ones and warm-up left out', () => {
    const measured = [
      interval(0, []),
      interval(1, [90_000, 100_000]),
      interval(2, [80_000]),
      interval(3, []),
      interval(4, [5e6]),
    ];
    const tally = new LatencyTally();
    tally.add(interval(0, [1, 2, 3], 'warmup'));
    for (const each of measured) tally.add(each);
    expect(tally.summary()).toEqual(summarise(measured));
    expect(tally.counts()).toEqual({ completed: 4, timeouts: 5, clientRetries: 10, throughputPerS: 8 });
  });

  it('knows nothing before anything completed', () => {
    const tally = new LatencyTally();
    expect(tally.summary()).toBeNull();
    expect(tally.counts().throughputPerS).toBeNull();
  });
});
