import type { LatencyPoint } from './latency';
import type { RunView } from './run';

export type MetricName = 'p50' | 'p90' | 'p99' | 'p999' | 'mean' | 'max' | 'throughput' | 'leaderCpuPerRequest' | 'littlesLaw';

export type MetricRow = {
  metric: MetricName;
  title: string;
  /** ns, requests/s or a plain ratio. */
  unit: 'ns' | 'per_s' | 'ratio';
  a: number | null;
  b: number | null;
  /** b / a; null when the comparison is invalid or a side is unknown. */
  ratio: number | null;
  /** lower: smaller is better. */
  better: 'lower' | 'higher' | 'neither';
};

/** A check a comparison must pass before a percentage may be shown. */
export type ComparisonGate = { name: string; passed: boolean; detail: string };

/** differenceNs: null where a side completed nothing. */
export type LatencyDifference = { startMs: number; widthMs: number; differenceNs: number | null };

export type Comparison = {
  schemaVersion: 1;
  a: RunView;
  b: RunView;
  verdict: {
    /** invalid: no percentage anywhere. single_pair: one pair, which carries no claim. */
    kind: 'invalid' | 'single_pair';
    /** The sentence that stands first on the page. */
    headline: string;
    /** What the numbers can carry, and the proof's state on both sides. */
    detail: string;
  };
  gates: ComparisonGate[];
  metrics: MetricRow[];
  /** Latency at fixed percentiles (percent, ascending), for the plot on a log tail. */
  percentiles: { percentile: number; aNs: number; bNs: number }[];
  /** Share of requests at or below a latency. */
  ecdf: { a: { ns: number; share: number }[]; b: { ns: number; share: number }[] };
  /** Windows of one width on both sides. */
  points: { a: LatencyPoint[]; b: LatencyPoint[] };
  /** Median of b less median of a, window by window of relative time; empty when the comparison is invalid. */
  difference: LatencyDifference[];
};
