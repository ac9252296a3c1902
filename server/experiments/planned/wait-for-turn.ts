import type { ExperimentId } from '../../domain/experiment/place';
import type { LiveExperiment } from './live-experiment';

const LOOK_MS = 1000;

export type Turn = {
  /** Experiments of this process that were begun before. */
  before: readonly LiveExperiment[];
  /** The first of another process that goes before, if there is one now. */
  elsewhere: () => ExperimentId | null;
};

/**
 * One experiment measures at a time: the runs of two that take turns would come between those of a pair. mayGoOn: false once
 * it is to be paused, cancelled or left.
 */
export async function waitForTurn(
  experiment: LiveExperiment,
  { before, elsewhere }: Turn,
  mayGoOn: () => boolean,
): Promise<void> {
  const left = new Set(before);
  for (const other of before) {
    void other.over().then(() => {
      left.delete(other);
      experiment.wake();
    });
  }
  for (;;) {
    const [first] = left;
    const id = first?.record.id ?? elsewhere();
    if (id === null || !mayGoOn()) break;
    experiment.waitFor(id);
    await experiment.rest(LOOK_MS);
  }
  experiment.waitFor(null);
}
