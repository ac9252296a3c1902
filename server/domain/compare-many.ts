/** Any number of finished runs beside each other; no claim is drawn, since they were not interleaved as a plan. */
import type { ExperimentMetric } from './experiment/experiment';
import { figuresOf } from './experiment/metrics';
import { formatFaultPlan } from './fault-text';
import type { SparseHistogram } from './latency';
import { ecdf, percentileCurve } from './latency-distribution';
import type { RunSummary, RunView } from './run';
import { groupRuns, type RunGroup } from './run-groups';
import { toSummary } from './run-summary';
import { decidingGate } from './validity/validity';
import { count, times } from './wording';

export type RunsComparison = {
  schemaVersion: 1;
  runs: ComparedRun[];
  /** Runs of one scenario, variant, workload and plan of faults together: medians over the valid ones. */
  groups: RunGroup[];
  /** What these numbers can carry, in one or two sentences. */
  note: string;
};

export type ComparedRun = {
  summary: RunSummary;
  figures: Record<ExperimentMetric, number | null>;
  /** Its plan of faults in words; null without one. */
  faults: string | null;
  /** The gate that decided, if the run is not valid. */
  reason: string | null;
  /** Percent, ascending. */
  percentiles: { percentile: number; ns: number }[];
  ecdf: { ns: number; share: number }[];
};

/** One page compares no more than this. */
export const COMPARE_MOST = 40;
/** For the browser, which knows the server by types alone. */
export type CompareMost = typeof COMPARE_MOST;

/** Enough for the width of a screen; forty runs travel in one answer. */
const ECDF_POINTS = 120;

/** Runs in the order given. */
export function compareMany(runs: { view: RunView; histogram: SparseHistogram }[]): RunsComparison {
  const compared = runs.map(({ view, histogram }) => toComparedRun(view, histogram));
  const groups = groupRuns(compared);
  return { schemaVersion: 1, runs: compared, groups, note: sayNote(groups) };
}

function toComparedRun(view: RunView, histogram: SparseHistogram): ComparedRun {
  // Without its spark, which no comparison draws and which takes longer than everything else here.
  const summary = toSummary(view, []);
  return {
    summary,
    figures: figuresOf(view),
    faults: view.config.faults.length === 0 ? null : formatFaultPlan(view.config.faults),
    reason: reasonOf(view, summary),
    percentiles: percentileCurve(histogram),
    ecdf: ecdf(histogram, ECDF_POINTS),
  };
}

function reasonOf({ validity }: RunView, summary: RunSummary): string | null {
  const gate = validity === null ? null : decidingGate(validity);
  if (gate !== null) return `${gate.title}, ${gate.value}: ${gate.detail}`;
  return validity === null && summary.valid !== true ? summary.remark : null;
}

function sayNote(groups: RunGroup[]): string {
  const runs = groups.reduce((sum, group) => sum + group.runs, 0);
  const valid = groups.reduce((sum, group) => sum + group.valid, 0);
  const what = groups.length === 1 ? 'Repetitions of one run' : 'Runs that no plan interleaved';
  const carries =
    groups.length === 1
      ? 'show how far the numbers move by themselves'
      : 'may differ because the machine did, so no ratio is drawn: an experiment of interleaved pairs carries a claim';
  const counted =
    valid === runs
      ? `All ${times(runs, 'run')} are valid.`
      : `Medians count the ${count(valid)} valid of ${times(runs, 'run')}.`;
  return `${what} ${carries}. ${counted}`;
}
