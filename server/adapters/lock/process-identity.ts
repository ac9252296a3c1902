import { readFileSync } from 'node:fs';

/** A process that can be told from a later one with the same number. */
export type ProcessIdentity = {
  pid: number /** Clock ticks since boot, as /proc says; empty where there is no /proc. */;
  startedAt: string;
};

export function identify(pid: number): ProcessIdentity | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field, the name, may hold spaces and brackets: what follows its last bracket is regular.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended; only its parent hasn't asked yet.
    return fields[0] === 'Z' ? null : { pid, startedAt: fields[19] ?? '' };
  } catch {
    return canSignal(pid) ? { pid, startedAt: '' } : null;
  }
}

export function isAlive(identity: ProcessIdentity): boolean {
  const now = identify(identity.pid);
  return now !== null && now.startedAt === identity.startedAt;
}

/** For systems without /proc. */
function canSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
