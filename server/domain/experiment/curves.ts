/** What the pictures of one cell are drawn from; every run weighs the same, whatever number of requests it completed. */
import type { ExperimentMetric } from './experiment';

export type SideCurves = {
  variant: string;
  side: number;
  /** Runs that count. */
  runs: number;
  requests: number;
  /** Per percentile the median over the runs, with the lowest and the highest. Percent, ascending. */
  percentiles: { percentile: number; ns: number; minNs: number; maxNs: number }[];
  /** Mean over the runs of the share of requests at or below a latency. */
  ecdf: { ns: number; share: number }[];
  /** Medians over the runs per window of relative time since measuring began. */
  overTime: { startMs: number; widthMs: number; p50Ns: number | null; p99Ns: number | null }[];
};

export type CellCurves = {
  cell: number;
  sides: SideCurves[];
  /** Per window the median over the pairs of variant less base, p50; one series per side but the first. */
  difference: { side: number; points: { startMs: number; widthMs: number; differenceNs: number | null }[] }[];
};

/** Throughput against latency for each variant over a sweep of clients: medians over the runs that count. */
export type SweepPoint = {
  scenario: string;
  side: number;
  variant: string;
  clients: number;
  n: number;
  throughputPerS: number;
  latency: Record<Extract<ExperimentMetric, 'p50' | 'p99'>, number>;
};
