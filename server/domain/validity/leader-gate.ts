import type { ReplicaDeath } from '../conditions';
import { isDeclared, sayFaults, wasDone } from '../declared-faults';
import type { FaultRecord, LeaderChange } from '../fault';
import type { RunView } from '../run';
import { gate } from './gate';
import type { RunGate } from './validity';

/**
 * One leader from the first measured request to the last, and every replica alive: a run in which that changed measured a
 * failure and a recovery, not the cluster. Where a declared fault did it, that is what the run was to measure: it is said and not
 * held against it.
 */
export function leaderGate(view: RunView): RunGate {
  const faults = view.faults.filter(wasDone);
  const undeclared = view.deaths.filter((death) => !isDeclared(death, faults));
  const changes = viewChanges(view);
  const explained = changes.length > 0 && faults.length > 0 && !changedBefore(view, faults);
  const bad = [...undeclared.map(sayDeath), ...(explained ? [] : changes)];
  const value = sayValue(view, undeclared);
  if (bad.length > 0) {
    const remedy = 'Look at the last log lines of who went away, then launch it again.';
    return gate('leader', { state: 'invalid', value, detail: `${bad.join('; ')}.`, remedy });
  }
  if (explained) {
    return gate('leader', {
      state: 'note',
      value,
      detail: `${changes.join('; ')}, under declared faults (${sayFaults(faults)}).`,
    });
  }
  const known = view.replicas.filter(({ view: number }) => number !== null);
  if (known.length === 0) {
    const detail = 'No replica reported its view; none ended early.';
    return gate('leader', { state: 'unknown', value: 'unknown', detail });
  }
  const leader = view.replicas.find(({ role }) => role === 'leader')?.name ?? 'The first leader';
  const alone = view.deaths.length > 0 ? 'and no replica ended but by a declared fault' : 'and no replica ended early';
  return gate('leader', { state: 'pass', value, detail: `${leader} led from begin to end, ${alone}.` });
}

function viewChanges(view: RunView): string[] {
  // Runs from before views were kept are told by where their replicas ended.
  if (view.leaders.length === 0) return [...laterViews(view), ...everybodyFollowed(view)];
  const [first, ...more] = changesOf(view);
  if (first === undefined) return [];
  const others = more.length > 0 ? `, and ${more.length} more until view ${more.at(-1)?.view}` : '';
  return [`${first.leader} led view ${first.view}${others}`];
}

/** Who took over since measuring began; how the cluster came to its first leader is nobody's business. */
function changesOf({ leaders, phases }: RunView): LeaderChange[] {
  const measuringAt = phases.find(({ phase }) => phase === 'measuring')?.startedAt ?? 0;
  return leaders.filter(({ at }, index) => index > 0 && at >= measuringAt);
}

/** Somebody else led before anything had been done. */
function changedBefore(view: RunView, faults: readonly FaultRecord[]): boolean {
  const begun = Math.min(...faults.map(({ startedAt }) => startedAt));
  return changesOf(view).some(({ at }) => at < begun);
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

function sayValue({ replicas, leaders }: RunView, deaths: readonly ReplicaDeath[]): string {
  if (deaths.length > 0) return deaths.map(({ service }) => `${service} ended`).join(', ');
  return `view ${Math.max(0, ...replicas.map(({ view }) => view ?? 0), ...leaders.map(({ view }) => view))}`;
}
