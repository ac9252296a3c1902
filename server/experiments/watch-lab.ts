import type { RunStore } from '../domain/ports';
import { isOver, type RunSummary, type RunView } from '../domain/run';
import { pause } from '../telemetry/wakeup';
import type { RunRegistry } from './run-registry';
import type { Listener } from './run-source';

const EVERY_MS = 250;
/** Runs of other processes are looked up this often; those of this process are seen within a quarter of a second. */
const LOOK_EVERY_MS = 1000;
const LONGEST_SILENCE_MS = 5000;
/** Unfinished runs further back than this in the list are nobody's any more. */
const RECENT = 30;

/** The machine at a glance; `running` is the run that has the host, of this process or another. */
export type Overview = { at: number; running: RunView | null; queue: RunSummary[] };

/** What runs and what waits, first at once, then on change (at most 4/s) and at least every 5 s. */
export async function* watchLab(
  registry: RunRegistry,
  store: RunStore,
  { signal, isCongested }: Listener,
): AsyncGenerator<Overview, void, unknown> {
  let last = '';
  let sentAt = 0;
  let queue: RunSummary[] = [];
  let other: RunView | null = null;
  let lookedAt = 0;
  let known = '';
  while (!signal.aborted) {
    const now = Date.now();
    const running = registry.running()?.view() ?? null;
    const own = registry.all().map((run) => `${run.config.id} ${run.view().state}`);
    if (now - lookedAt >= LOOK_EVERY_MS || own.join() !== known) {
      ({ other, queue } = lookUp(store, running));
      lookedAt = now;
      known = own.join();
    }
    const overview = { at: now, running: running ?? other, queue };
    const text = JSON.stringify([overview.running, queue]);
    if ((text !== last || now - sentAt >= LONGEST_SILENCE_MS) && !isCongested()) {
      yield overview;
      last = text;
      sentAt = now;
    }
    await pause(EVERY_MS, signal);
    if (registry.running() === null) await registry.changed.sleep(signal, LOOK_EVERY_MS - EVERY_MS);
  }
}

function lookUp(store: RunStore, running: RunView | null): { other: RunView | null; queue: RunSummary[] } {
  const unfinished = store
    .list({ limit: RECENT })
    .rows.filter((row) => !isOver(row.state))
    .sort((a, b) => a.createdAt - b.createdAt);
  const busy = running === null ? unfinished.find((row) => row.state !== 'queued') : undefined;
  return {
    other: busy === undefined ? null : store.view(busy.id),
    queue: unfinished.filter((row) => row.state === 'queued' && row.id !== running?.config.id),
  };
}
