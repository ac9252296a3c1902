import { compareRuns } from '../domain/compare-runs';
import type { Comparison } from '../domain/comparison';
import { LabError } from '../domain/errors';
import type { RunStore } from '../domain/ports';
import { isOver, type RunId, type RunView } from '../domain/run';

/** Two finished runs of the store side by side; Docker is not needed. */
export function comparePair(a: RunId, b: RunId, store: RunStore): Comparison {
  const intervals = { a: store.intervals(a), b: store.intervals(b) };
  return compareRuns(finishedRun(a, store), finishedRun(b, store), { intervals });
}

export function finishedRun(id: RunId, store: RunStore): RunView {
  const view = store.view(id);
  if (view === null) throw new LabError('unknown_run', `there is no run ${id}`);
  if (!isOver(view.state)) {
    throw new LabError('run_not_over', `${id} is still ${view.state}`, { remedy: 'Compare it once it is over.' });
  }
  return view;
}
