import { isOver } from '@/components/runs/use-run-view';
import type { ExperimentView, PlannedRun } from '@/server/api/types';
import { type Pair, pairsOf } from './pairs';

/** A run that does not count, and what becomes of its pair. */
export type LeftOutRun = {
  run: PlannedRun;
  /** again: runs once more. repeated: a later attempt took its place. given_up: nothing more is tried. */
  fate: 'again' | 'repeated' | 'given_up';
};

/** Every run that is over and not valid, newest first. The other side of its pair is left out with it, and is not listed. */
export function leftOutRuns(view: Pick<ExperimentView, 'pairs' | 'runs'>): LeftOutRun[] {
  return [...pairsOf(view).values()]
    .flatMap((pair) =>
      pair.attempts.flatMap(({ attempt, runs }) => runs.filter(fails).map((run) => ({ run, fate: fateOf(pair, attempt) }))),
    )
    .sort((a, b) => (b.run.endedAt ?? 0) - (a.run.endedAt ?? 0));
}

const fails = (run: PlannedRun) => isOver(run.state) && run.verdict !== 'valid';

function fateOf(pair: Pair, attempt: number): LeftOutRun['fate'] {
  if (attempt < (pair.attempts.at(-1)?.attempt ?? attempt)) return 'repeated';
  return pair.state === 'again' ? 'again' : 'given_up';
}

/** Whether somebody may ask for one more attempt: the lab still knows the experiment as its own. */
export function mayRetry({ state, importedFrom }: Pick<ExperimentView['record'], 'state' | 'importedFrom'>): boolean {
  return state !== 'cancelled' && importedFrom === null;
}
