import { AFFLICTED } from '@/components/faults/afflictions';
import { replicaColour } from '@/components/scenarios/replica-tag';
import { formatCount, formatDuration, formatRate } from '@/components/ui/format';
import type { Affliction, ReplicaState, RunView } from '@/server/api/types';
import type { ClusterRates } from './cluster-rates';

/** What the topology draws, without where it draws it. */
export type ClusterNode = {
  name: string;
  colour: string;
  /** One quiet line: `leader`, `at op 12,345`, `silent for 2.1 s`. */
  says: string;
  face: 'ok' | 'silent' | 'behind' | 'idle' | 'changing' | Affliction;
};

export type FollowerNode = ClusterNode & {
  /** `4,690/s`, copies past the leader's hook for it; empty while not known. */
  copies: string;
};

export type Cluster = {
  client: { name: string; says: string };
  leader: ClusterNode;
  followers: FollowerNode[];
  /** `4,690/s` on the edges between client and leader; empty while not known. */
  requests: string;
  replies: string;
  /** `4,690 sends/s`. */
  sends: string;
  /** `12 resends/s`; empty without any. */
  resends: string;
  /** `37,520 copies/s` to all followers. */
  copies: string;
  /** Copies are made in the kernel: one thick line to the hook, then one per follower. */
  cloned: boolean;
  /** Whether messages flow at the moment. */
  live: boolean;
  sendsPerBroadcast: string;
  framesPerBroadcast: string;
};

/** A replica that has said nothing for this long while the run is going is drawn as silent. */
const SILENT_MS = 1_500;

export function clusterOf(run: RunView, now: number, rates: ClusterRates): Cluster {
  const leader = leaderOf(run.replicas) ?? lastLeader(run);
  const followers = run.replicas.filter((replica) => replica !== leader);
  const verdict = run.proof?.mechanism.verdict ?? run.offloadSoFar;
  const cloned = verdict === 'offloaded' || (verdict === null && run.config.variant.expects === 'offloaded');
  const live = run.state === 'warmup' || run.state === 'measuring' || run.state === 'draining';
  const { sends, frames } = perBroadcast(run, leader);
  return {
    client: { name: run.config.clientService, says: `${run.config.workload.clients} in flight` },
    leader: nodeOf(leader, now, live),
    followers: followers.map((replica) => ({
      ...withGap(nodeOf(replica, now, live), rates.behind[replica.name] ?? 0),
      copies: rateWords(rates.copiesPerS[replica.name] ?? null, '/s'),
    })),
    requests: rateWords(rates.requestsPerS, '/s'),
    replies: rateWords(rates.repliesPerS, '/s'),
    sends: rateWords(rates.sendsPerS, ' sends/s'),
    resends: rates.resendsPerS === 0 ? '' : rateWords(rates.resendsPerS, ' resends/s'),
    copies: rateWords(sumOf(Object.values(rates.copiesPerS)), ' copies/s'),
    cloned,
    live,
    sendsPerBroadcast: sends,
    framesPerBroadcast: frames,
  };
}

function rateWords(perSecond: number | null, unit: string): string {
  return perSecond === null ? '' : `${formatRate(perSecond)}${unit}`;
}

function sumOf(values: readonly (number | null)[]): number | null {
  if (values.length === 0) return null;
  return values.reduce<number | null>((sum, value) => (sum === null || value === null ? null : sum + value), 0);
}

function withGap(node: ClusterNode, behind: number): ClusterNode {
  return node.face !== 'ok' || behind === 0
    ? node
    : { ...node, says: `${formatCount(behind)} ${behind === 1 ? 'op' : 'ops'} behind`, face: 'behind' };
}

function nodeOf(replica: ReplicaState | undefined, now: number, live: boolean): ClusterNode {
  if (replica === undefined) return { name: 'replica1', colour: replicaColour(1), says: 'not there yet', face: 'idle' };
  const colour = replicaColour(replica.id);
  const { affliction } = replica;
  if (affliction !== null) return { name: replica.name, colour, says: sayAfflicted(affliction, replica), face: affliction };
  const silentMs = live && replica.lastSeenAt !== null ? now - replica.lastSeenAt : 0;
  if (silentMs > SILENT_MS) {
    return { name: replica.name, colour, says: `silent for ${formatDuration(silentMs)}`, face: 'silent' };
  }
  if (replica.lastSeenAt === null) return { name: replica.name, colour, says: replica.container, face: 'idle' };
  if (replica.health === 'view_change' && live) {
    return { name: replica.name, colour, says: `view change to ${formatCount(replica.view)}`, face: 'changing' };
  }
  if (replica.role === 'leader') return { name: replica.name, colour, says: sayLeads(replica), face: 'ok' };
  const at = replica.op === null ? 'follower' : `at op ${formatCount(replica.op)}`;
  return { name: replica.name, colour, says: at, face: 'ok' };
}

/** Several may think they lead while one is cut off: the newest view counts. */
export function leaderOf(replicas: readonly ReplicaState[]): ReplicaState | undefined {
  const leading = replicas.filter(({ role }) => role === 'leader');
  return leading.sort((a, b) => (b.view ?? 0) - (a.view ?? 0))[0];
}

/** Nobody leads: whoever did last stays where it stood, so that the picture does not jump to and fro in a view change. */
export function lastLeader({ leaders, replicas }: Pick<RunView, 'leaders' | 'replicas'>): ReplicaState | undefined {
  const last = leaders.at(-1)?.leader;
  return replicas.find(({ name }) => name === last) ?? replicas[0];
}

/** Every run begins in view 0, which says nothing. */
function sayLeads({ view }: ReplicaState): string {
  return view === null || view === 0 ? 'leader' : `leader, view ${formatCount(view)}`;
}

function sayAfflicted(affliction: Affliction, { gap }: ReplicaState): string {
  if (affliction === 'recovering' && gap !== null && gap > 0) return `recovering, ${formatCount(gap)} ops`;
  return AFFLICTED[affliction];
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
