import { cellsOf } from '../../domain/experiment/cells';
import {
  type ExperimentRecord,
  type ExperimentSummary,
  type ExperimentView,
  isControl,
} from '../../domain/experiment/experiment';
import { measureProgress } from '../../domain/experiment/measure-progress';
import { standingsOf } from '../../domain/experiment/pair-standings';
import { toPlannedRun } from '../../domain/experiment/planned-run';
import { isOver, type RunView } from '../../domain/run';

/** What only the process that runs it knows. */
export type LiveFacts = Pick<ExperimentView, 'waitsFor' | 'pausing'>;

const NOT_LIVE: LiveFacts = { waitsFor: null, pausing: false };

/** runs: in the order they were launched, the one that measures now among them. */
export function toView(
  record: ExperimentRecord,
  runs: readonly RunView[],
  { now, facts = NOT_LIVE }: { now: number; facts?: LiveFacts },
): ExperimentView {
  const planned = runs.flatMap((run) => toPlannedRun(run) ?? []);
  return {
    record,
    cells: cellsOf(record.plan),
    runs: planned,
    pairs: standingsOf({ record, runs: planned, now }),
    progress: measureProgress({ record, runs: planned, now }),
    ...facts,
    running: runningOf(runs),
  };
}

function runningOf(runs: readonly RunView[]): ExperimentView['running'] {
  const run = runs.findLast(({ state }) => !isOver(state));
  if (run === undefined || isOver(run.state) || run.config.place === null) return null;
  const fraction = run.progress?.fraction ?? null;
  return { runId: run.config.id, place: run.config.place, phase: run.state, fraction };
}

export function toExperimentSummary(view: ExperimentView, headline: string | null): ExperimentSummary {
  const { record, progress } = view;
  const { plan } = record;
  return {
    id: record.id,
    title: plan.title,
    state: record.state,
    note: record.note,
    scenarios: plan.scenarios,
    variants: plan.variants,
    isControl: isControl(plan),
    createdAt: record.createdAt,
    endedAt: record.endedAt,
    progress,
    headline,
    imported: record.importedFrom !== null,
  };
}
