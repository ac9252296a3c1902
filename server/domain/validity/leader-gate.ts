import type { ReplicaDeath } from '../conditions';
import type { RunView } from '../run';
import { gate } from './gate';
import type { RunGate } from './validity';

/**
 * One leader from the first measured request to the last, and every replica alive: a run in which that changed measured a
 * failure and a recovery, not the cluster. Runs begin in view 0, led by replica 1.
 */
export function leaderGate(view: RunView): RunGate {
  const changes = [...view.deaths.map(sayDeath), ...laterViews(view), ...everybodyFollowed(view)];
  const remedy = 'Look at the last log lines of who went away, then launch it again.';
  if (changes.length > 0) {
    return gate('leader', { state: 'invalid', value: sayValue(view), detail: `${changes.join('; ')}.`, remedy });
  }
  const known = view.replicas.filter(({ view: number }) => number !== null);
  if (known.length === 0) {
    const detail = 'No replica reported its view; none ended early.';
    return gate('leader', { state: 'unknown', value: 'unknown', detail });
  }
  const leader = view.replicas.find(({ role }) => role === 'leader')?.name ?? 'The first leader';
  return gate('leader', {
    state: 'pass',
    value: 'view 0',
    detail: `${leader} led from begin to end, and no replica ended early.`,
  });
}

function sayDeath({ service, exitCode, led }: ReplicaDeath): string {
  return `${service} ended with exit code ${exitCode ?? 'unknown'}${led ? ' while it led' : ', a follower'}`;
}

function laterViews({ replicas }: RunView): string[] {
  return replicas.filter(({ view }) => (view ?? 0) > 0).map(({ name, view }) => `${name} ended in view ${view}`);
}

/** Frames are counted for followers alone: a leader for whom another leader counted some has followed as well. */
function everybodyFollowed({ config, proof }: RunView): string[] {
  const frames = proof?.mechanism.frames ?? {};
  const all = config.replicas.length > 1 && config.replicas.every(({ service }) => service in frames);
  return all ? ['more than one replica led inside the measured window'] : [];
}

function sayValue({ deaths, replicas }: RunView): string {
  if (deaths.length > 0) return deaths.map(({ service }) => `${service} ended`).join(', ');
  return `view ${Math.max(0, ...replicas.map(({ view }) => view ?? 0))}`;
}
