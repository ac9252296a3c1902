/** `x-0001`, counted per store. */
export type ExperimentId = string;

/** Where a run stands in its experiment; part of the run's own record, so that a run is never counted twice. */
export type Place = {
  experimentId: ExperimentId;
  cell: number;
  /** 1 .. plan.pairs. */
  pair: number;
  /** 1, and one more each time the pair is begun anew. */
  attempt: number;
  /** Index into plan.variants. */
  side: number;
};
