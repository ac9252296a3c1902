import type { ProofEvidence, ReplicaEvidence, SameLog } from './proof';
import { count, times } from './wording';

/**
 * Whether every live replica holds the log that the client's operations make. Hashes are compared at the op that the
 * client's closing mark named, which is its history's; any two hashes of one op that differ decide at once.
 */
export function judgeSameLog(evidence: ProofEvidence): SameLog {
  const live = evidence.replicas.filter((replica) => replica.live);
  const { history } = evidence;
  const commit = history?.op ?? lowestCommit(live);
  const hashes = Object.fromEntries(
    evidence.replicas.map((replica) => [replica.name, commit === null ? null : hashAt(replica, commit)]),
  );
  const known = live.map(({ name }) => hashes[name] ?? null);
  const [first] = known;
  const hash = first && known.every((value) => value === first) ? first : null;
  const recomputed = history?.complete ? history.hash : null;
  const said = sayLog({ evidence, live, commit, hashes, recomputed });
  return { ...said, commit, hash, recomputed, hashes, live: live.map(({ name }) => name) };
}

type Found = {
  evidence: ProofEvidence;
  live: ReplicaEvidence[];
  commit: number | null;
  hashes: Record<string, string | null>;
  recomputed: string | null;
};

function sayLog({ evidence, live, commit, hashes, recomputed }: Found): Pick<SameLog, 'verdict' | 'reason'> {
  const split = findSplit(live) ?? findStray(live, commit, hashes, recomputed);
  if (split !== null) return { verdict: 'differs', reason: split };
  if (live.length === 0) return { verdict: 'unknown', reason: 'No replica was live at the end.' };
  const silent = live.filter((replica) => replica.commit === null).map(({ name }) => name);
  if (silent.length > 0) return { verdict: 'unknown', reason: `No commit was reported by ${silent.join(', ')}.` };

  const required = Math.max(evidence.completed, evidence.history?.op ?? 0);
  const behind = live.filter((replica) => (replica.commit ?? 0) < required);
  if (behind.length > 0) {
    const words = behind.map(
      (replica) => `${replica.name} committed ${count(replica.commit ?? 0)} of ${times(required, 'operation')}`,
    );
    return { verdict: 'behind', reason: `${words.join(', ')}.` };
  }
  const unhashed = live.filter(({ name }) => !hashes[name]).map(({ name }) => name);
  if (commit === null || commit === 0 || unhashed.length > 0) {
    const who = unhashed.length > 0 ? ` from ${unhashed.join(', ')}` : '';
    return { verdict: 'unknown', reason: `No hash at op ${count(commit ?? 0)}${who}.` };
  }
  if (recomputed === null) {
    return {
      verdict: 'unknown',
      reason: `The client could not recompute the log up to op ${count(commit)} from its own operations.`,
    };
  }
  const all = evidence.replicas.length;
  const dead = evidence.replicas.filter((replica) => !replica.live).map(({ name }) => name);
  const who = dead.length === 0 ? `all ${all} replicas` : `${live.length} of ${all} replicas, all but ${dead.join(', ')},`;
  return {
    verdict: 'same',
    reason: `Same log on ${who} at op ${count(commit)}, hash ${recomputed} as the client recomputed it.`,
  };
}

/** Two live replicas whose hashes of one op differ, in words. */
function findSplit(live: ReplicaEvidence[]): string | null {
  const seen = new Map<number, { name: string; hash: string }>();
  for (const replica of live) {
    for (const { op, hash } of hashesOf(replica)) {
      const other = seen.get(op);
      if (other !== undefined && other.hash !== hash) {
        return `${other.name} and ${replica.name} hold different logs at op ${count(op)}: ${other.hash} and ${hash}.`;
      }
      seen.set(op, { name: replica.name, hash });
    }
  }
  return null;
}

/** A live replica whose hash is not the client's own, in words. */
function findStray(
  live: ReplicaEvidence[],
  commit: number | null,
  hashes: Found['hashes'],
  recomputed: string | null,
): string | null {
  if (recomputed === null || commit === null) return null;
  const stray = live.find(({ name }) => hashes[name] && hashes[name] !== recomputed);
  return stray
    ? `${stray.name} holds another log than the client's operations make at op ${count(commit)}: ${hashes[stray.name]} against ${recomputed}.`
    : null;
}

function hashesOf(replica: ReplicaEvidence): { op: number; hash: string }[] {
  const last = replica.commit !== null && replica.hash !== null ? [{ op: replica.commit, hash: replica.hash }] : [];
  return [...replica.checkpoints, ...last];
}

function hashAt(replica: ReplicaEvidence, op: number): string | null {
  return hashesOf(replica).find((entry) => entry.op === op)?.hash ?? null;
}

function lowestCommit(live: ReplicaEvidence[]): number | null {
  const commits = live.map((replica) => replica.commit);
  return commits.length > 0 && commits.every((commit) => commit !== null)
    ? commits.reduce((min, commit) => Math.min(min, commit), Number.POSITIVE_INFINITY)
    : null;
}
