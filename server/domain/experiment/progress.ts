/** How far an experiment is. */
export type Progress = {
  /** Runs that are over, those that do not count among them. */
  runsOver: number;
  /** Runs that it takes in all, as far as is known now: the plan's, and those run again. */
  runsExpected: number;
  pairsCounted: number;
  pairsWanted: number;
  /** Median length of a run so far, teardown included; null before the first is over. */
  runMs: number | null;
  etaMs: number | null;
  valid: number;
  suspect: number;
  invalid: number;
};
