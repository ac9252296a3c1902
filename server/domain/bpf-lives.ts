/** Programs from their load to their unloading, and their counters, over a whole run. */
import type { BpfLife, WatchedProgram, WatchedReplica } from './bpf-watch';
import type { BpfPoint } from './ports';

/** The lives so far after one more look. listed: ids of all programs that the kernel has; one that is not among them is gone. */
export function followLives(
  lives: readonly BpfLife[],
  replicas: readonly WatchedReplica[],
  { at, listed }: { at: number; listed: ReadonlySet<number> },
): BpfLife[] {
  const known = new Set(lives.map((life) => keyOf(life.replica, life.programId)));
  const followed = lives.map((life) =>
    listed.has(life.programId) ? { ...life, lastSeenAt: at, gone: false } : { ...life, gone: true },
  );
  const born = replicas.flatMap(({ name, programs }) =>
    programs.filter(({ id }) => !known.has(keyOf(name, id))).map((program) => toLife(name, program, at)),
  );
  return [...followed, ...born];
}

function toLife(replica: string, { id, name, tag, loadedAt }: WatchedProgram, at: number): BpfLife {
  return {
    replica,
    programId: id,
    name,
    tag,
    loadedAt: loadedAt === null ? null : loadedAt * 1000,
    firstSeenAt: at,
    lastSeenAt: at,
    gone: false,
  };
}

const keyOf = (replica: string, programId: number) => `${replica} ${programId}`;

/** Counters of every own program at one look. */
export function toPoints(replicas: readonly WatchedReplica[], at: number): BpfPoint[] {
  return replicas.flatMap(({ name: replica, programs }) =>
    programs.map(({ id, name, tag, runCnt, runTimeNs }) => ({ replica, programId: id, name, tag, at, runCnt, runTimeNs })),
  );
}
