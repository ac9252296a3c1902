import { isOver, type RunLabel } from '../domain/run';
import { runOf } from '../domain/run-label';
import { pause } from '../telemetry/wakeup';
import type { LabPorts } from './lab-ports';

const ASK_AGAIN_MS = 1000;

/**
 * Removes what is on the engine of this store's runs that are over: a teardown may have found the engine gone. Runs of other
 * stores, and those of this one that are not over, are left alone. Returns the labels that were removed; rejects while the
 * engine does not answer.
 */
export async function sweepLeftovers({ store, engine }: Pick<LabPorts, 'store' | 'engine'>): Promise<RunLabel[]> {
  const swept: RunLabel[] = [];
  for (const label of await engine.labels()) {
    const id = runOf(store.storeId, label);
    const view = id === null ? null : store.view(id);
    if (view === null || !isOver(view.state)) continue;
    await engine.removeLeftovers(label);
    swept.push(label);
  }
  return swept;
}

/** The same as soon as the engine answers again, or never if aborted before. */
export async function sweepOnceBack(ports: Pick<LabPorts, 'store' | 'engine'>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await sweepLeftovers(ports);
      return;
    } catch {
      await pause(ASK_AGAIN_MS, signal);
    }
  }
}
