import { LabError } from '../domain/errors';
import { isOver, type RunId } from '../domain/run';
import { labelOf } from '../domain/run-label';
import { pause } from '../telemetry/wakeup';
import type { LabPorts } from './lab-ports';
import { recoverRuns } from './recover-runs';
import type { RunRegistry } from './run-registry';
import { removalByHand } from './tear-down';

/** Nothing was ever created. */
const NOTHING = '0 containers, 0 networks';
const LOOK_EVERY_MS = 250;
/** A process that lives looks for the wish twice a second and needs a few seconds for the teardown. */
const PATIENCE_MS = 30_000;

/**
 * Ends a run in whatever state it is, of this process or another; resolves once everything is gone, with what was removed.
 * A run that is over already says what was removed then. Rejects for unknown runs.
 */
export async function stopRun(id: RunId, registry: RunRegistry, ports: LabPorts): Promise<string> {
  const live = registry.live(id);
  if (live === null) return stopElsewhere(id, ports);
  live.stop('stopped');
  return (await live.over()).removed ?? NOTHING;
}

/** The store carries the wish to the process that has the run; if that one is dead, its run is ended here. */
async function stopElsewhere(id: RunId, ports: LabPorts): Promise<string> {
  const { store } = ports;
  const deadline = AbortSignal.timeout(PATIENCE_MS);
  let asked = false;
  for (;;) {
    const view = store.view(id);
    if (view === null) throw new LabError('unknown_run', `there is no run ${id}`);
    if (isOver(view.state)) return view.removed ?? NOTHING;
    if (deadline.aborted) break;
    if (!asked) store.askToStop(id);
    asked = true;
    if (store.unfinished().some(({ config }) => config.id === id)) await recoverRuns(ports);
    else await pause(LOOK_EVERY_MS, deadline);
  }
  throw new LabError('run_not_over', `the process that has ${id} does not answer`, {
    remedy: removalByHand(labelOf(store.storeId, id)),
  });
}
