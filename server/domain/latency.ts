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

/** Nulls are figures nobody reported: the original client prints no least, mean, 99.9th or greatest latency. */
export type LatencySummary = {
  n: number;
  minNs: number | null;
  /** Exact: sum / n. */
  meanNs: number | null;
  p50Ns: number;
  p90Ns: number;
  p95Ns: number;
  p99Ns: number;
  p999Ns: number | null;
  maxNs: number | null;
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

/**
 * The histogram of all of them together: the same as recording every value into one. Counted in an array over the cells in
 * use rather than in a map: a comparison of twenty runs merges millions of cells.
 */
export function mergeHistograms(histograms: Iterable<SparseHistogram>): SparseHistogram {
  const filled = [...histograms].filter(({ length }) => length > 0);
  const first = filled.reduce((least, [index = 0]) => Math.min(least, index), Number.POSITIVE_INFINITY);
  const last = filled.reduce((most, histogram) => Math.max(most, histogram.at(-2) ?? 0), first);
  const counts = new Float64Array(filled.length === 0 ? 0 : last - first + 1);
  for (const histogram of filled) {
    for (let at = 0; at + 1 < histogram.length; at += 2) {
      const cell = (histogram[at] ?? 0) - first;
      counts[cell] = (counts[cell] ?? 0) + (histogram[at + 1] ?? 0);
    }
  }
  const merged: SparseHistogram = [];
  counts.forEach((count, cell) => {
    if (count > 0) merged.push(first + cell, count);
  });
  return merged;
}

/** Everything that completed in the measured window; warm-up is left out. */
export function measuredHistogram(intervals: readonly LatencyInterval[]): SparseHistogram {
  return mergeHistograms(intervals.filter(({ phase }) => phase === 'measuring').map(({ hist }) => hist));
}

/** How many values the histogram holds. */
export function totalCount(histogram: SparseHistogram): number {
  let total = 0;
  for (const [, count] of cells(histogram)) total += count;
  return total;
}

/** The pairs of index and count. */
export function* cells(histogram: SparseHistogram): Generator<[index: number, count: number]> {
  for (let at = 0; at + 1 < histogram.length; at += 2) yield [histogram[at] ?? 0, histogram[at + 1] ?? 0];
}

/**
 * Value in ns at a percentile (0..100), as HdrHistogram's getValueAtPercentile: the highest equivalent value of the
 * first cell at which at least that share of all values is included. NaN for an empty histogram.
 */
export function percentile(histogram: SparseHistogram, percent: number): number {
  const total = totalCount(histogram);
  const exact = (Math.min(percent, 100) / 100) * total;
  // 99.9 / 100 * 1000 is 999.0000000000001 in floating point; rounding that up would skip one value.
  const wanted = Math.max(1, Math.ceil(exact - exact * 2 * Number.EPSILON));
  let seen = 0;
  for (const [index, count] of cells(histogram)) {
    seen += count;
    if (seen >= wanted) return highestOf(index);
  }
  return Number.NaN;
}

/** Intervals added up; grows with the number of distinct cells, not with the number of intervals. */
export type LatencyTotals = { n: number; sumNs: number; minNs: number; maxNs: number; hist: SparseHistogram };

export const NO_LATENCY: LatencyTotals = { n: 0, sumNs: 0, minNs: Number.POSITIVE_INFINITY, maxNs: 0, hist: [] };

/** The totals with one more interval; an interval in which nothing completed changes nothing. */
export function addInterval(totals: LatencyTotals, interval: LatencyInterval): LatencyTotals {
  if (interval.completed === 0) return totals;
  return {
    n: totals.n + interval.completed,
    sumNs: totals.sumNs + interval.sumNs,
    minNs: Math.min(totals.minNs, interval.minNs),
    maxNs: Math.max(totals.maxNs, interval.maxNs),
    hist: mergeHistograms([totals.hist, interval.hist]),
  };
}

/** Null if nothing completed. Percentiles come from the merged histogram and never exceed the exact greatest value. */
export function summariseTotals({ n, sumNs, minNs, maxNs, hist }: LatencyTotals): LatencySummary | null {
  if (n === 0) return null;
  const at = (percent: number) => Math.min(maxNs, percentile(hist, percent));
  return {
    n,
    minNs,
    meanNs: sumNs / n,
    p50Ns: at(50),
    p90Ns: at(90),
    p95Ns: at(95),
    p99Ns: at(99),
    p999Ns: at(99.9),
    maxNs,
  };
}

/** The measured intervals as one summary; warm-up is left out. */
export function summarise(intervals: LatencyInterval[]): LatencySummary | null {
  const measured = intervals.filter(({ phase, completed }) => phase === 'measuring' && completed > 0);
  const totals = measured.reduce((sum, interval) => addInterval(sum, { ...interval, hist: [] }), NO_LATENCY);
  return summariseTotals({ ...totals, hist: mergeHistograms(measured.map(({ hist }) => hist)) });
}
