import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

/** One process as /proc tells it; times in clock ticks of 10 ms. */
export type ProcessRow = {
  pid: number;
  /** Clock ticks since boot; with the pid it names one process for good. */
  startedAt: number;
  parent: number;
  /** At most 15 characters, as the kernel keeps it. */
  name: string;
  /** CPU time of all its threads, user and system. */
  ownTicks: number;
  /** The same of its children that ended and were waited for, and of theirs. */
  childTicks: number;
  /** 64 hex digits of the container it runs in; null outside of any. */
  container: string | null;
};

export type ProcessTable = ReadonlyMap<number, ProcessRow>;

/**
 * So many processes are read in one go, about 5 ms; then the event loop has its turn. Shorter turns would spread one reading
 * over hundreds of milliseconds on a busy host, and what was read early and late would be of different windows.
 */
const PER_TURN = 256;

/** Everything that runs now, kernel threads among it. What ends while it is read is left out. */
export async function readProcesses(proc: string): Promise<ProcessTable> {
  const pids = readdirSync(proc).filter((name) => /^\d+$/.test(name));
  const table = new Map<number, ProcessRow>();
  for (let at = 0; at < pids.length; at += PER_TURN) {
    if (at > 0) await setImmediate();
    for (const pid of pids.slice(at, at + PER_TURN)) {
      const row = readProcess(`${proc}/${pid}`);
      if (row !== null) table.set(row.pid, row);
    }
  }
  return table;
}

function readProcess(folder: string): ProcessRow | null {
  const stat = readSmall(`${folder}/stat`);
  const row = stat === null ? null : parseProcessStat(stat);
  if (row === null || isKernelThread(row)) return row;
  const cgroup = readSmall(`${folder}/cgroup`);
  return cgroup === null ? null : { ...row, container: containerOf(cgroup) };
}

/** The second field, the name, may hold spaces and brackets: what follows its last bracket is regular. See proc(5). */
export function parseProcessStat(stat: string): ProcessRow | null {
  const open = stat.indexOf('(');
  const close = stat.lastIndexOf(')');
  if (open < 0 || close < open) return null;
  const fields = stat.slice(close + 2).split(' ');
  const number = (field: number) => Number(fields[field - 3] ?? 0);
  return {
    pid: Number(stat.slice(0, open)),
    startedAt: number(22),
    parent: number(4),
    name: stat.slice(open + 1, close),
    ownTicks: number(14) + number(15),
    childTicks: number(16) + number(17),
    container: null,
  };
}

/** kthreadd and what it started. */
export function isKernelThread({ pid, parent }: Pick<ProcessRow, 'pid' | 'parent'>): boolean {
  return pid === 2 || parent === 2;
}

/**
 * The container's id in any layout of control groups: `9:cpu:/docker/ID` of version 1, `0::/docker/ID` or
 * `0::/system.slice/docker-ID.scope` of version 2, with whatever a rootless engine or an orchestrator puts before it.
 */
export function containerOf(cgroup: string): string | null {
  return /(?:^|[/-])([0-9a-f]{64})(?:\.scope)?(?:$|\/)/m.exec(cgroup)?.[1] ?? null;
}

/** The program's own name, without its arguments: those may hold secrets. Falls back on the kernel's name for it. */
export function commandOf(proc: string, { pid, name }: ProcessRow): string {
  const program = readSmall(`${proc}/${pid}/cmdline`)?.split(/[\0 ]/, 1)[0]?.split('/').at(-1) ?? '';
  return /^[\w.+-]{1,40}$/.test(program) ? program : name.trim();
}

const buffer = Buffer.alloc(8192);

/** The first 8 KiB, in three system calls; null if it cannot be read, as of a process that has ended. */
function readSmall(path: string): string | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return null;
  }
  try {
    return buffer.toString('latin1', 0, readSync(file, buffer, 0, buffer.length, 0));
  } catch {
    return null;
  } finally {
    closeSync(file);
  }
}
