import { pause } from '../telemetry/wakeup';
import type { ClusterWatch } from './cluster-watch';
import type { LabPorts } from './lab-ports';
import type { LiveRun } from './live-run';

/** A container that has not ended this long after SIGTERM is left to Compose, which kills it. */
const END_MS = 3000;
/** A reader that lags behind its containers is waited for as long as lines still come, within reason. */
const STANDSTILL_MS = 5000;
const LAG_MS = 60_000;
/** Somebody who pressed Stop waits for it. */
const STOPPED_MS = 5000;
const LOOK_MS = 25;

type Cluster = {
  run: LiveRun;
  watch: ClusterWatch;
  /** Ids of containers that stand still and whose log was read to its end. */
  readToTheEnd: ReadonlySet<string>;
};

/**
 * Ends a run's containers and waits until what they wrote is read: with a container Docker removes its log. Never rejects. What
 * remains unread after all patience is said in the run's log.
 */
export async function endContainers(cluster: Cluster, { engine }: Pick<LabPorts, 'engine'>): Promise<void> {
  const { run, watch } = cluster;
  const living = () => [...watch.containerIds].filter(([service]) => watch.isLive(service)).map(([, id]) => id);
  const told = await Promise.allSettled(living().map((id) => engine.signal(id, 'SIGTERM')));
  // An engine that does not answer tells nothing about ends either.
  if (told.length > 0 && told.every(({ status }) => status === 'rejected')) return;
  await waitFor(() => living().length === 0, END_MS);
  const ended = [...watch.containerIds.values()].filter((id) => !living().includes(id));
  const unread = () => ended.filter((id) => !cluster.readToTheEnd.has(id)).length;
  if (run.stopReason === null) await whileLinesCome(run, () => unread() === 0);
  else await waitFor(() => unread() === 0, STOPPED_MS);
  if (unread() > 0)
    run.remark('warn', `the logs of ${unread()} containers may lack their last lines: they could not be read in time`);
}

async function whileLinesCome(run: LiveRun, condition: () => boolean): Promise<void> {
  const deadline = Date.now() + LAG_MS;
  for (let before = -1; before !== run.journal.total && Date.now() < deadline; ) {
    before = run.journal.total;
    if (await waitFor(condition, STANDSTILL_MS)) return;
  }
}

async function waitFor(condition: () => boolean, mostMs: number): Promise<boolean> {
  const never = new AbortController().signal;
  for (const deadline = Date.now() + mostMs; !condition(); ) {
    if (Date.now() >= deadline) return false;
    await pause(LOOK_MS, never);
  }
  return true;
}
