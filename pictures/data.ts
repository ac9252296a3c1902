/**
 * What the pictures are drawn from. Plain data, so that the browser and a report hand over the same. Latencies in ns,
 * ratios are variant / base.
 */

/** One variant on one side. A control has the same variant on both: `label` then tells them apart. */
export type Side = { variant: string; label: string };

export type Band = { range: [number, number]; label: string };

/** A line per pair from the base's figure to the variant's. */
export type PairLines = {
  base: Side;
  variant: Side;
  metricTitle: string;
  unit: 'ns' | 'per_s';
  /** counted: false is drawn, dashed and grey, and counts for nothing. */
  pairs: { pair: number; base: number; variant: number; counted: boolean }[];
};

/** Each pair's ratio in the order run, the median with its interval at the right, bands behind. */
export type PairRatios = {
  variant: Side;
  metricTitle: string;
  pairs: { pair: number; ratio: number; counted: boolean }[];
  summary: { median: number; ci95: [number, number] | null; n: number } | null;
  noise: Band | null;
  paper: Band | null;
};

/** Ratios by number of replicas: every pair a dot, the median with its interval, bands behind, one line per variant. */
export type SizeRatios = {
  metricTitle: string;
  series: {
    variant: Side;
    sizes: {
      replicas: number;
      ratios: number[];
      median: number | null;
      /** From six pairs on an interval, below it the range of the pairs. */
      interval: { range: [number, number]; isInterval: boolean } | null;
      noise: [number, number] | null;
      paper: Band | null;
    }[];
  }[];
  /** A claim that is shown and not compared: `PoC claim 0.79`. */
  claim: { replicas: number; ratio: number; label: string; remark: string } | null;
};

export type PercentileLines = {
  /** `range`: lowest and highest run at each percentile, drawn faintly; null for a single run. */
  lines: { side: Side; points: { percentile: number; ns: number; range: [number, number] | null }[] }[];
};

export type EcdfLines = { lines: { side: Side; points: { ns: number; share: number }[] }[] };

/** fault: done to the cluster on purpose. outage: clients got no reply. leader: another replica leads. look: somebody observed. */
export type MarkKind = 'fault' | 'outage' | 'leader' | 'look';

/** What happened at a moment or for a while, in milliseconds since measuring began. A mark without a kind is a look. */
export type TimeMarks = {
  moments?: readonly { atMs: number; label: string; kind?: MarkKind }[];
  spans?: readonly { fromMs: number; toMs: number; label: string; kind?: MarkKind }[];
};

/** What a replica was at: leading or following, looking for a leader, without its memory, or not there at all. */
export type LaneStatus = 'leader' | 'normal' | 'view_change' | 'recovering' | 'lost_memory' | 'down';

/** Who led which view, a lane for each replica; drawn below a chart over the same time. */
export type ViewLanes = TimeMarks & {
  lanes: {
    name: string;
    /** `r1`, beside the lane. */
    short: string;
    segments: { fromMs: number; toMs: number; status: LaneStatus; view: number | null; words: string }[];
  }[];
  domainMs: [number, number];
  /** Left and right edge of the chart above; absent: as its own labels need. */
  edges?: { left: number; right: number };
};

/** One side over relative time. Sides that stand beside each other are drawn with one `rangeNs` and one `domainMs`. */
export type OverTime = TimeMarks & {
  side: Side;
  points: { startMs: number; widthMs: number; p50Ns: number | null; p99Ns: number | null }[];
  rangeNs: [number, number] | null;
  domainMs: [number, number];
  /** What stands at the lines' right ends: medians over the windows (absent), or the newest window while a run goes on. */
  ends?: 'medians' | 'newest';
};

/** Completed requests per second over relative time. */
export type RateOverTime = TimeMarks & {
  side: Side;
  points: { startMs: number; widthMs: number; throughputPerS: number }[];
  domainMs: [number, number];
  /** Left and right edge of the chart above, kept if its own labels have room there. */
  edges?: { left: number; right: number };
};

export type Difference = {
  base: Side;
  variant: Side;
  points: { startMs: number; widthMs: number; differenceNs: number | null }[];
};

export type ThroughputLatency = {
  curves: { side: Side; points: { clients: number; throughputPerS: number; p50Ns: number; p99Ns: number }[] }[];
};
