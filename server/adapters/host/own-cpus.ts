import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { release } from 'node:os';
import { promisify } from 'node:util';
import type { OwnCpus } from '@/server/domain/ports';

const run = promisify(execFile);

/** CPUs of this process's threads, set with `taskset`: Node has no call of its own for it. */
export class TasksetOwnCpus implements OwnCpus {
  async moveTo(cpus: string, kernel: string): Promise<() => Promise<void>> {
    if (kernel !== release()) return async () => {};
    const before = await allowedCpus();
    await pin(cpus);
    return () => pin(before);
  }
}

/** All threads that there are; those that begin later inherit it. */
async function pin(cpus: string): Promise<void> {
  await run('taskset', ['--all-tasks', '--cpu-list', '--pid', cpus, String(process.pid)]);
}

/** `0-1`, as the kernel writes it and taskset reads it. */
async function allowedCpus(): Promise<string> {
  const status = await readFile('/proc/self/status', 'utf8');
  const [, cpus] = /^Cpus_allowed_list:\s+(\S+)$/m.exec(status) ?? [];
  if (cpus === undefined) throw new Error('/proc/self/status names no CPUs');
  return cpus;
}
