import { replicaColour } from '@/components/scenarios/replica-tag';
import type { ReplicaState, RunView } from '@/server/api/types';

/** What the topology draws, without where it draws it. */
export type ClusterNode = {
  name: string;
  colour: string;
  /** One quiet line: `leader`, `acknowledged 12,345`, `silent`. */
  says: string;
  face: 'ok' | 'silent' | 'idle';
};

export type Cluster = {
  client: { name: string; says: string };
  leader: ClusterNode;
  followers: ClusterNode[];
  /** Copies are made in the kernel: one thick line to the hook, then one per follower. */
  cloned: boolean;
  /** Whether messages flow at the moment. */
  live: boolean;
  sendsPerBroadcast: string;
  framesPerBroadcast: string;
};

/** A replica that has said nothing for this long while the run is going is drawn as silent. */
const SILENT_MS = 1_500;

export function clusterOf(run: RunView, now: number): Cluster {
  const leader = run.replicas.find((replica) => replica.role === 'leader') ?? run.replicas[0];
  const followers = run.replicas.filter((replica) => replica !== leader);
  const verdict = run.proof?.mechanism.verdict ?? run.offloadSoFar;
  const cloned = verdict === 'offloaded' || (verdict === null && run.config.variant.expects === 'offloaded');
  const live = run.state === 'warmup' || run.state === 'measuring' || run.state === 'draining';
  const { sends, frames } = perBroadcast(run, leader);
  return {
    client: { name: run.config.clientService, says: `${run.config.workload.clients} in flight` },
    leader: nodeOf(leader, run, now, live),
    followers: followers.map((replica) => nodeOf(replica, run, now, live)),
    cloned,
    live,
    sendsPerBroadcast: sends,
    framesPerBroadcast: frames,
  };
}

function nodeOf(replica: ReplicaState | undefined, run: RunView, now: number, live: boolean): ClusterNode {
  if (replica === undefined) return { name: 'replica1', colour: replicaColour(1), says: 'not there yet', face: 'idle' };
  const colour = replicaColour(replica.id);
  if (replica.container === 'exited' && run.endedAt === null) {
    return { name: replica.name, colour, says: 'exited', face: 'silent' };
  }
  const silent = live && replica.lastSeenAt !== null && now - replica.lastSeenAt > SILENT_MS;
  if (silent) return { name: replica.name, colour, says: 'silent', face: 'silent' };
  if (replica.lastSeenAt === null) return { name: replica.name, colour, says: replica.container, face: 'idle' };
  if (replica.role === 'leader') return { name: replica.name, colour, says: 'leader', face: 'ok' };
  const at = replica.op === null ? 'follower' : `at op ${replica.op.toLocaleString('en-US')}`;
  return { name: replica.name, colour, says: at, face: 'ok' };
}

function perBroadcast(run: RunView, leader: ReplicaState | undefined): { sends: string; frames: string } {
  const sent = run.proof?.mechanism.sent ?? leader?.sent ?? null;
  const broadcasts = run.proof?.mechanism.broadcasts ?? leader?.broadcasts ?? null;
  if (sent === null || broadcasts === null || broadcasts === 0) return { sends: '', frames: '' };
  const frames = Object.values(run.proof?.mechanism.frames ?? leader?.frames ?? {}).reduce<number>(
    (sum, n) => sum + (n ?? 0),
    0,
  );
  return { sends: count(sent / broadcasts, 'send', 'sends'), frames: count(frames / broadcasts, 'frame', 'frames') };
}

function count(value: number, one: string, many: string): string {
  const rounded = Math.round(value * 100) / 100;
  return `${rounded} ${rounded === 1 ? one : many} per broadcast`;
}
