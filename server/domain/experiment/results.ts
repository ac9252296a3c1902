/** What an experiment found: one line per scenario, workload, variant and metric, with the run as the unit. */
import type { Workload } from '../workload';
import type { ExperimentMetric, NoiseFloor } from './experiment';
import type { ExperimentId } from './place';

/**
 * lower, higher: the ratio differs from 1, shown. no_difference_shown: the interval holds 1, p is above 0.05, or the median
 * lies inside the noise floor. too_few_pairs: below six.
 */
export type Reading = 'lower' | 'higher' | 'no_difference_shown' | 'too_few_pairs';

/** What a paper says the ratio is, and where. `range` is drawn as a band; from the lower to the higher ratio. */
export type PaperBand = {
  source: string;
  range: [low: number, high: number];
  /** One sentence: what was measured there, and how it differs from here. */
  note: string;
};

export type PaperReading = {
  state: 'inside' | 'too_good' | 'too_bad';
  /** Likely causes, most likely first; empty inside. */
  causes: string[];
};

export type MetricResult = {
  cell: number;
  scenario: string;
  replicas: number;
  workload: Workload;
  base: string;
  variant: string;
  /** Index into plan.variants. */
  side: number;
  metric: ExperimentMetric;
  unit: 'ns' | 'per_s';
  better: 'lower' | 'higher';
  /** Pairs that count and know the figure on both sides. */
  n: number;
  /** variant / base of each of them, in order of pair. */
  ratios: { pair: number; ratio: number }[];
  /** Medians over the counted runs of each side. */
  baseMedian: number | null;
  variantMedian: number | null;
  medianRatio: number | null;
  /** BCa bootstrap interval of the median ratio; null below two pairs. */
  ci95: [low: number, high: number] | null;
  /** Exact Wilcoxon signed-rank, two-sided; null below six pairs. */
  p: number | null;
  /** Holm's correction over the secondary metrics of this variant and cell; the primary's own p. */
  pHolm: number | null;
  noise: [low: number, high: number] | null;
  paper: PaperBand | null;
  paperReading: PaperReading | null;
  reading: Reading;
};

export type GateCount = { gate: string; title: string; suspect: number; invalid: number; unknown: number };

export type ExperimentResults = {
  experimentId: ExperimentId;
  isControl: boolean;
  verdict: {
    /** none: nothing counts yet. preliminary: not over, or below six pairs somewhere. */
    kind: 'none' | 'preliminary' | 'final';
    /** The sentence that stands first. */
    headline: string;
    /** n, intervals, what was left out, what the numbers can carry. */
    detail: string;
  };
  rows: MetricResult[];
  noiseFloor: NoiseFloor | null;
  /** Why there is none, and what to do. */
  noiseNote: string | null;
  gates: GateCount[];
};
