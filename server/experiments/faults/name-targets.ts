import { LabError } from '@/server/domain/errors';
import type { FaultAction } from '@/server/domain/fault';
import { targetsOf, withTargets } from '@/server/domain/fault-text';
import type { RunView } from '@/server/domain/run';
import type { ClusterWatch } from '../cluster-watch';
import type { LiveRun } from '../live-run';

/** Between two views nobody leads for a moment; longer than this there is no leader to do anything to. */
const LEADER_MS = 2000;

/**
 * The action with every target by its name, at this moment. it: whom the fault before concerned. Rejects with LabError
 * fault_failed if nobody leads, or there was no fault before.
 */
export async function nameTargets(
  action: FaultAction,
  cluster: { run: LiveRun; watch: ClusterWatch; it: string | null },
  signal: AbortSignal,
): Promise<FaultAction> {
  const { run, watch, it } = cluster;
  const leader = () => leaderOf(run.view(), (name) => watch.isLive(name));
  const wantsLeader = targetsOf(action).some(({ kind }) => kind === 'leader');
  if (wantsLeader && !(await watch.until(() => leader() !== null, signal, LEADER_MS))) {
    throw new LabError('fault_failed', `nobody has led for ${LEADER_MS / 1000} s`);
  }
  return withTargets(action, (target) => {
    const name = target.kind === 'replica' ? target.name : target.kind === 'leader' ? leader() : it;
    if (name === null) throw new LabError('fault_failed', 'no fault before it concerned one replica alone');
    return name;
  });
}

/** Who leads the newest view of those that run. A leader that was deposed and does not know it has an older one. */
export function leaderOf({ replicas }: Pick<RunView, 'replicas'>, isLive: (name: string) => boolean): string | null {
  const leaders = replicas.filter(({ name, role, health }) => {
    return role === 'leader' && isLive(name) && (health === null || health === 'normal');
  });
  const newest = Math.max(...leaders.map(({ view }) => view ?? 0));
  return leaders.find(({ view }) => (view ?? 0) === newest)?.name ?? null;
}
