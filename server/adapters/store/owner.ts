import { readFileSync, readlinkSync } from 'node:fs';

/**
 * Who writes a run. A panel and a `lab` command share one store; a run is left over only if its own process is gone.
 * The token names the process so that it is not mistaken for a later one with the same pid, and the pid namespace,
 * since a panel in a container sees other pids.
 */
export function ownToken(): string {
  return [pidNamespace(), process.pid, startTime(process.pid) ?? '-'].join('/');
}

/** Processes of another namespace cannot be looked at; they count as dead after this long without a sign of life. */
const SILENCE_MS = 15_000;

/** seenAt: when the process last wrote its sign of life, ms since the epoch; null if it never did. */
export function isDead(token: string, seenAt: number | null, now: number): boolean {
  const [namespace, pid, started] = token.split('/');
  if (namespace === pidNamespace() && namespace !== '-') return startTime(Number(pid)) !== started;
  return seenAt === null || now - seenAt > SILENCE_MS;
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid').replace('/', '');
  } catch {
    // Without procfs only the sign of life tells.
    return '-';
  }
}

/** Clock ticks since boot at which the process started; null if there is none. */
function startTime(pid: number): string | null {
  try {
    // The second field is the command in parentheses and may itself hold spaces and parentheses.
    const behindCommand = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '';
    const fields = behindCommand.split(' ');
    // A zombie has ended; only its parent has not asked yet, and in a container without an init never will.
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}
