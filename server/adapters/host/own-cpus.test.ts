import { readFile } from 'node:fs/promises';
import { release } from 'node:os';
import { expect, it } from 'vitest';
import { TasksetOwnCpus } from './own-cpus';

async function allowed(): Promise<string | undefined> {
  return /^Cpus_allowed_list:\s+(\S+)$/m.exec(await readFile('/proc/self/status', 'utf8'))?.[1];
}

it('moves this process to the CPUs it is told, and back', async () => {
  const before = await allowed();
  const back = await new TasksetOwnCpus().moveTo('0', release());
  expect(await allowed()).toBe('0');
  await back();
  expect(await allowed()).toBe(before);
});

it('stays where it is when the engine is on another machine', async () => {
  const before = await allowed();
  await new TasksetOwnCpus().moveTo('0', 'another kernel');
  expect(await allowed()).toBe(before);
});

it('rejects what is no list of CPUs', async () => {
  await expect(new TasksetOwnCpus().moveTo('none', release())).rejects.toThrow(/none/);
});
