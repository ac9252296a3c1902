import type {
  Difference,
  EcdfLines,
  OverTime,
  PairLines,
  PairRatios,
  PercentileLines,
  SizeRatios,
  ThroughputLatency,
} from '@/pictures/data';
import type { ExperimentMetric } from '../domain/experiment/experiment';

/** The data of every picture of an experiment: what the report draws and what the browser draws are the same. */
export type ExperimentPictures = {
  /** By number of replicas, for the metrics worth a picture; empty for a single size. */
  sizeRatios: { metric: ExperimentMetric; data: SizeRatios }[];
  cells: CellPictures[];
  /** One per scenario when the plan sweeps clients; else empty. */
  throughputLatency: { scenario: string; data: ThroughputLatency }[];
};

export type CellPictures = {
  cell: number;
  scenario: string;
  /** `scenario5, 1 client, 64 B`: what tells this cell from the others. */
  title: string;
  /** One per variant but the base. */
  comparisons: { side: number; variant: string; pairLines: PairLines; pairRatios: PairRatios }[];
  percentiles: PercentileLines;
  ecdf: EcdfLines;
  overTime: OverTime[];
  difference: Difference[];
};
