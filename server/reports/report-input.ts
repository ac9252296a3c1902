import type { CellCurves, SweepPoint } from '../domain/experiment/curves';
import type { ExperimentView } from '../domain/experiment/experiment';
import type { ExperimentResults } from '../domain/experiment/results';
import type { RunView } from '../domain/run';

/** Everything a report is made of. */
export type ReportInput = {
  view: ExperimentView;
  results: ExperimentResults;
  /** By cell. */
  curves: CellCurves[];
  /** Empty unless the plan has more than one number of clients. */
  sweep: SweepPoint[];
  /** In the order they were launched. */
  runs: RunView[];
  /** The store where it was measured. */
  storeId: string;
  labCommit: string | null;
  /** Milliseconds since the Unix epoch. */
  generatedAt: number;
};
