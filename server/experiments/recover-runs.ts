import type { RunId } from '../domain/run';
import { endRun } from '../domain/run-machine';
import type { LabPorts } from './lab-ports';
import { inWords, wordsOf } from './tear-down';

/**
 * Ends the runs of processes that died: what is left of them on the engine is removed, and what they measured is kept. Runs
 * of living processes are not the store's `unfinished`. Returns which runs were ended.
 */
export async function recoverRuns({ store, engine }: LabPorts): Promise<RunId[]> {
  const ended: RunId[] = [];
  for (const view of store.unfinished()) {
    const { id } = view.config;
    const removed = await engine.removeLeftovers(id).then(inWords, (error: unknown) => `unknown: ${wordsOf(error)}`);
    store.saveView(endRun(view, 'interrupted', Date.now(), { removed }));
    await store.seal(id);
    ended.push(id);
  }
  return ended;
}
