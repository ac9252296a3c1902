/** What keeps a replica from taking part: for each replica's state, and for where the cluster as a whole stands. */
import type { Affliction, FaultRecord } from './fault';
import type { ReplicaState, RunView } from './run';

/** Sooner after a kill, a replica's last words may still be on their way. */
const LAST_WORDS_MS = 500;

type Told = Pick<RunView, 'faults' | 'endedAt'>;

/** From its own last words, its container and the faults in force. Once the run is over its containers are gone and little is said. */
export function afflictionOf(replica: ReplicaState, run: Told): Affliction | null {
  if (run.endedAt !== null) return replica.health === 'lost_memory' ? 'lost_memory' : null;
  const mine = run.faults.filter(({ targets }) => targets.includes(replica.name));
  const inForce = (kind: FaultRecord['action']['kind']) =>
    mine.find(({ action, endedAt }) => action.kind === kind && endedAt === null);
  const kill = inForce('kill');
  if (replica.container === 'exited') return kill === undefined ? 'exited' : 'killed';
  if (kill !== undefined && !hasSpokenSince(replica, kill.startedAt + LAST_WORDS_MS)) return 'killed';
  if (replica.container === 'paused' || inForce('pause') !== undefined) return 'paused';
  if (inForce('isolate') !== undefined) return 'isolated';
  if (replica.health === 'lost_memory') return 'lost_memory';
  return replica.health === 'recovering' || beginsAnew(replica, mine) ? 'recovering' : null;
}

/** Under a kill that still stands: somebody else started it again. */
function hasSpokenSince({ lastSeenAt }: ReplicaState, at: number): boolean {
  return lastSeenAt !== null && lastSeenAt > at;
}

/** It was started again, and what it said last is of its life before. */
function beginsAnew(replica: ReplicaState, mine: FaultRecord[]): boolean {
  const started = mine.filter(({ action, problem }) => problem === null && ['kill', 'restart'].includes(action.kind));
  return started.some(({ endedAt }) => endedAt !== null && !hasSpokenSince(replica, endedAt));
}
