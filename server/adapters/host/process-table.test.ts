import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandOf, containerOf, isKernelThread, parseProcessStat, readProcesses } from './process-table';

const ID = '6f1f1c2d9f0b4f5e8a7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a';
/** Recorded: the leader of a run. */
const REPLICA =
  '5034 (replica) S 5012 5034 5034 0 -1 4194560 1204 0 0 0 61 54 3 2 20 0 1 0 84210 214310912 9012 18446744073709551615 0 0 0 0 0 0 0';

let proc = '';
beforeEach(() => {
  proc = mkdtempSync(join(tmpdir(), 'electrode-lab-proc-'));
});
afterEach(() => rmSync(proc, { recursive: true }));

function record(pid: number, files: Record<string, string>): void {
  mkdirSync(join(proc, String(pid)));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(proc, String(pid), name), text);
}

describe('the stat line of a process', () => {
  it('tells parent, begin and CPU time of its own and of its children', () => {
    expect(parseProcessStat(REPLICA)).toEqual({
      pid: 5034,
      startedAt: 84210,
      parent: 5012,
      name: 'replica',
      ownTicks: 115,
      childTicks: 5,
      container: null,
    });
  });

  it('is read whatever stands in the name', () => {
    expect(parseProcessStat(REPLICA.replace('(replica)', '(a b) S 1 (c))'))).toMatchObject({
      name: 'a b) S 1 (c)',
      parent: 5012,
    });
  });

  it('that is none gives nothing', () => {
    expect(parseProcessStat('')).toBeNull();
  });
});

describe('the control group', () => {
  it.each([
    ['version 1', `9:name=systemd:/docker/${ID}\n8:pids:/docker/${ID}\n0::/system.slice/containerd.service\n`],
    ['version 2', `0::/docker/${ID}\n`],
    ['version 2 under systemd', `0::/system.slice/docker-${ID}.scope\n`],
    ['a rootless engine', `0::/user.slice/user-1000.slice/user@1000.service/user.slice/docker-${ID}.scope\n`],
    ['a namespace of its own beside', `0::/../${ID}\n`],
    ['a group inside the container', `0::/docker/${ID}/init\n`],
  ])('of %s names the container', (_case, text) => {
    expect(containerOf(text)).toBe(ID);
  });

  it.each([
    ['no container', '0::/user.slice/session-1.scope\n'],
    ['a longer number', `0::/x/${ID}00\n`],
    ['an image layer beside', `0::/x-${ID.slice(1)}\n`],
  ])('of %s names none', (_case, text) => {
    expect(containerOf(text)).toBeNull();
  });
});

describe('the process table', () => {
  it('holds containers, others and kernel threads, and leaves out who has ended', async () => {
    record(5034, { stat: REPLICA, cgroup: `0::/docker/${ID}\n` });
    record(77, { stat: '77 (kdamond.0) I 2 0 0 0 -1 2129984 0 0 0 0 0 12 0 0 20 0 1 0 60 0 0 0' });
    record(400, { stat: '400 (bash) S 1 400 400 0 -1 4194560 1 0 0 0 7 8 90 5 20 0 1 0 100 1 1', cgroup: '0::/\n' });
    record(401, { stat: '401 (gone) R 400 400 400 0 -1 0 0 0 0 0 1 1 0 0 20 0 1 0 100 1 1' });
    record(402, {});
    writeFileSync(join(proc, 'stat'), 'cpu 1');
    const table = await readProcesses(proc);
    expect([...table.keys()].sort((a, b) => a - b)).toEqual([77, 400, 5034]);
    expect(table.get(5034)?.container).toBe(ID);
    expect(table.get(400)).toMatchObject({ container: null, ownTicks: 15, childTicks: 95 });
    expect([...table.values()].filter(isKernelThread).map(({ name }) => name)).toEqual(['kdamond.0']);
  });

  it('is read in turns, whole', async () => {
    for (let pid = 100; pid < 700; pid += 1) record(pid, { stat: REPLICA.replace('5034', String(pid)), cgroup: '0::/\n' });
    expect((await readProcesses(proc)).size).toBe(600);
  });
});

describe('a command', () => {
  const row = { pid: 9, startedAt: 1, parent: 1, name: 'MainThread', ownTicks: 0, childTicks: 0, container: null };

  it.each([
    ['is the program without its path and arguments', '/usr/bin/node\0--secret=xyz\0', 'node'],
    ['falls back on the kernel word where the line is no program', 'nginx: worker process', 'MainThread'],
    ['is the first word where it rewrote its line', 'postgres walwriter', 'postgres'],
    ['falls back on the kernel word where there is no line', '', 'MainThread'],
  ])('%s', (_case, cmdline, command) => {
    record(9, { cmdline });
    expect(commandOf(proc, row)).toBe(command);
  });
});
