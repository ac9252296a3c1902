import type { RunId, RunView } from '../domain/run';
import { endRun } from '../domain/run-machine';
import { judgeRun } from '../domain/validity/judge-run';
import type { LabPorts } from './lab-ports';
import { sweepLeftovers } from './sweep-leftovers';
import { inWords, wordsOf } from './tear-down';

/**
 * Ends the runs of processes that died: what is left of them on the engine is removed, and what they measured is kept and
 * judged. Runs of living processes are not the store's `unfinished`. Also sweeps what earlier teardowns could not remove.
 * Returns which runs were ended.
 */
export async function recoverRuns(ports: Pick<LabPorts, 'store' | 'engine'>): Promise<RunId[]> {
  const { store, engine } = ports;
  const ended: RunId[] = [];
  for (const view of store.unfinished()) {
    const { id } = view.config;
    const removed = await engine
      .removeLeftovers(view.config.label)
      .then(inWords, (error: unknown) => `unknown: ${wordsOf(error)}`);
    const last = endRun(withEndedFaults(view), 'interrupted', Date.now(), { removed });
    store.saveView({ ...last, validity: judgeRun(last, store.intervals(id)) });
    await store.seal(id);
    ended.push(id);
  }
  // Without an engine nothing can be removed now; the next launch sweeps again.
  await sweepLeftovers(ports).catch(() => []);
  return ended;
}

/** What the dead process had injected was undone when it died, or with the containers just now. */
function withEndedFaults(view: RunView): RunView {
  const faults = view.faults.map((fault) =>
    fault.endedAt === null ? { ...fault, endedAt: Date.now(), end: 'run_over' as const } : fault,
  );
  return { ...view, faults };
}
