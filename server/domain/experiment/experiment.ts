/** A planned series of runs, interleaved so that a machine which drifts favours no side. */
import type { RunId, RunPhase, RunView } from '../run';
import type { VariantName } from '../scenario';
import type { Verdict } from '../validity/validity';
import type { Workload } from '../workload';
import type { ExperimentId, Place } from './place';
import type { Progress } from './progress';

export type ExperimentPlan = {
  title: string;
  /** What it is to answer, one sentence. */
  question: string;
  scenarios: string[];
  /**
   * The first is the base that ratios divide by. A control (A/A) names one variant twice: `['baseline', 'baseline']`.
   */
  variants: VariantName[];
  /** More than one for a sweep, of clients for example. */
  workloads: Workload[];
  /** Pairs per scenario and workload; with more than two variants, blocks in which each variant runs once. */
  pairs: number;
  /** How often a pair that does not count is run again, at most. */
  retriesPerPair: number;
  /** Unsigned 32 bits; decides the order of blocks of more than two variants, and the bootstrap's draws. */
  seed: number;
  /** Run although the host looks too small. */
  insist: boolean;
};

/** One scenario under one workload: what pairs are taken from. Numbered from 0 in the plan's order, scenarios first. */
export type Cell = { index: number; scenario: string; workload: Workload };

/** paused: by a user, or by the lab, which says why in `note`. cancelled: what was measured until then stays. */
export type ExperimentState = 'running' | 'paused' | 'done' | 'cancelled';

/** What the store keeps of an experiment beside its runs. */
export type ExperimentRecord = {
  id: ExperimentId;
  plan: ExperimentPlan;
  state: ExperimentState;
  /** Why it is paused, in words for a user. */
  note: string | null;
  origin: 'panel' | 'lab';
  createdAt: number;
  endedAt: number | null;
  /** Pairs that somebody asked to run again, beyond plan.retriesPerPair: once per entry. */
  grantedRetries: { cell: number; pair: number }[];
  /** Where it was measured, if it came out of an archive. */
  importedFrom: { storeId: string; id: ExperimentId; at: number } | null;
  /** Set on what came out of an archive, since the control may have stayed on the other machine. */
  frozenNoiseFloor: NoiseFloor | null;
};

/** What a pair's ratio is taken of. p50 is the primary metric, all others are secondary. */
export const METRIC_NAMES = ['p50', 'p90', 'p99', 'p999', 'mean', 'throughput', 'leaderCpuPerRequest'] as const;
export type ExperimentMetric = (typeof METRIC_NAMES)[number];

/** One run of an experiment as its page shows it. */
export type PlannedRun = Place & {
  runId: RunId;
  /** The id where it was measured; differs from runId after an import. */
  sourceId: RunId;
  variant: VariantName;
  state: RunView['state'];
  startedAt: number | null;
  endedAt: number | null;
  figures: Record<ExperimentMetric, number | null>;
  verdict: Verdict | null;
  /** The gate that decided, if the run is not valid. */
  reason: string | null;
};

/**
 * counts: every side ran and is valid. left_out: a side is not valid. broken_off: interrupted, or its sides lie too far
 * apart in time; begun anew at once. open: not all sides are over.
 */
export type AttemptOutcome = 'counts' | 'left_out' | 'broken_off' | 'open';

/** How a pair that was begun stands. again: begins once more. given_up: does not count, and nothing is left to try. */
export type PairStanding = {
  cell: number;
  pair: number;
  state: 'counts' | 'again' | 'given_up' | 'open';
  /** The first first; runIds in the order they ran. */
  attempts: { attempt: number; outcome: AttemptOutcome; runIds: RunId[] }[];
};

/** The experiment as every screen sees it. */
export type ExperimentView = {
  record: ExperimentRecord;
  cells: Cell[];
  /** In the order they were launched. */
  runs: PlannedRun[];
  pairs: PairStanding[];
  progress: Progress;
  /** The experiment that measures first; null when it is this one's turn. */
  waitsFor: ExperimentId | null;
  /** Somebody asked for a pause; the run that measures is finished first. */
  pausing: boolean;
  /** What runs now; null between runs. */
  running: { runId: RunId; place: Place; phase: RunPhase; fraction: number | null } | null;
};

/** A row of the list of experiments. */
export type ExperimentSummary = {
  id: ExperimentId;
  title: string;
  state: ExperimentState;
  note: string | null;
  scenarios: string[];
  variants: VariantName[];
  isControl: boolean;
  createdAt: number;
  endedAt: number | null;
  progress: Progress;
  /** The verdict's first sentence once there is one. */
  headline: string | null;
  imported: boolean;
};

/**
 * How far baseline against itself moved: per scenario, workload and metric the 95 % interval of the control's median ratio,
 * widened to be symmetric about 1 in the logarithm. A difference inside it is not shown.
 */
export type NoiseFloor = {
  /** The control it was taken from, by the name it has where it was measured. */
  experimentId: ExperimentId;
  measuredAt: number;
  cells: { scenario: string; workload: Workload; metric: ExperimentMetric; n: number; band: [low: number, high: number] }[];
};

export function isControl(plan: Pick<ExperimentPlan, 'variants'>): boolean {
  return plan.variants.every((variant) => variant === plan.variants[0]);
}
