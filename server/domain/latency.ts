/**
 * Latency as sparse HDR histograms (3 significant digits, nanoseconds), merged without loss.
 * The index is HdrHistogram's with 2048 sub-buckets; ebpf/protocol/latency.c computes the same.
 */

/** Pairs of index and count, indices ascending: [index, count, index, count, ...]. */
export type SparseHistogram = number[];

/** One 100 ms interval as the client reported it. */
export type LatencyInterval = {
  phase: 'warmup' | 'measuring';
  index: number;
  /** Microseconds since the phase began. */
  startUs: number;
  durationUs: number;
  completed: number;
  timeouts: number;
  retries: number;
  sumNs: number;
  minNs: number;
  maxNs: number;
  hist: SparseHistogram;
};

export type LatencySummary = {
  n: number;
  minNs: number;
  /** Exact: sum / n. */
  meanNs: number;
  p50Ns: number;
  p90Ns: number;
  p95Ns: number;
  p99Ns: number;
  p999Ns: number;
  maxNs: number;
};

/** A window drawn on a chart: percentiles of the merged histogram, never averages of percentiles. */
export type LatencyPoint = {
  phase: 'warmup' | 'measuring';
  /** Milliseconds since measuring began (negative in warm-up), start of the window. */
  startMs: number;
  widthMs: number;
  n: number;
  /** null when nothing completed in the window: a gap, never bridged. */
  p50Ns: number | null;
  p90Ns: number | null;
  p99Ns: number | null;
  maxNs: number | null;
  throughputPerS: number;
};

const SUB_BITS = 10;
const SUB_HALF = 1 << SUB_BITS;

/** Histogram index of a value in ns (0 .. 2^53). */
export function indexOf(valueNs: number): number {
  if (valueNs < 2 * SUB_HALF) return Math.floor(valueNs);
  const bucket = Math.floor(Math.log2(valueNs)) - SUB_BITS;
  const exact = valueNs >= 2 ** (bucket + SUB_BITS + 1) ? bucket + 1 : valueNs < 2 ** (bucket + SUB_BITS) ? bucket - 1 : bucket;
  return (exact + 1) * SUB_HALF + (Math.floor(valueNs / 2 ** exact) - SUB_HALF);
}

/** Largest value in ns that falls into this index. */
export function highestOf(index: number): number {
  if (index < 2 * SUB_HALF) return index;
  const bucket = Math.floor(index / SUB_HALF) - 1;
  return (SUB_HALF + (index % SUB_HALF) + 1) * 2 ** bucket - 1;
}
