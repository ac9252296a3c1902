import { COMPARE_MOST, compareMany, type RunsComparison } from '../domain/compare-many';
import { LabError } from '../domain/errors';
import type { RunStore } from '../domain/ports';
import type { RunId } from '../domain/run';
import { finishedRun } from './compare-pair';

/** Any number of finished runs of the store beside each other. */
export function compareSome(ids: RunId[], store: RunStore): RunsComparison {
  const distinct = [...new Set(ids)];
  if (distinct.length > COMPARE_MOST) {
    throw new LabError('bad_plan', `${distinct.length} runs are to be compared; one page takes ${COMPARE_MOST} at most`, {
      remedy: 'Choose fewer runs, or plan an experiment: it compares hundreds.',
    });
  }
  return compareMany(distinct.map((id) => ({ view: finishedRun(id, store), histogram: store.measuredHistogram(id) })));
}
