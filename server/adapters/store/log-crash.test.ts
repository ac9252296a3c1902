import { type ChildProcess, spawn } from 'node:child_process';
import fs, { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LogLine } from '@/server/domain/log-line';
import { LogOfRun } from './log-of-run';
import { toText } from './log-text';
import { exampleLines, withDataDir } from './temporary-store';

const ALL = { fromSeq: 1, toSeq: Number.POSITIVE_INFINITY, limit: Number.POSITIVE_INFINITY };
const { open, openInChild } = withDataDir();

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'electrode-lab-crash-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Two chunks of these are enough for the plain file to be cut. */
const longLines = (from: number, to: number): LogLine[] =>
  exampleLines(from, to).map((line) => ({ ...line, text: line.text.padEnd(1_200, '.') }));

/**
 * Copies the folder after each step that changes a file of it, and in the middle of each write: what a process leaves that is
 * killed there. Returns the copies, and puts the file system back.
 */
function recordSteps(runDir: string): () => { copy: string; step: string }[] {
  const { writeSync: write, openSync, renameSync, ftruncateSync, rmSync: remove } = fs;
  const steps: { copy: string; step: string }[] = [];
  const record = (step: string) => {
    const copy = join(folder, `step-${steps.length}`);
    cpSync(runDir, copy, { recursive: true });
    steps.push({ copy, step });
  };
  const recorded =
    <Args extends unknown[], Result>(name: string, step: (...args: Args) => Result) =>
    (...args: Args): Result => {
      const result = step(...args);
      record(name);
      return result;
    };
  const writeSync = (descriptor: number, bytes: Uint8Array, from = 0, length = bytes.length - from) => {
    const half = write(descriptor, bytes, from, length >> 1);
    record('half a write');
    const rest = write(descriptor, bytes, from + half, length - half);
    record('write');
    return half + rest;
  };
  Object.assign(fs, {
    writeSync,
    openSync: (path: string, flags: string) => (flags === 'r' ? openSync : recorded('open', openSync))(path, flags),
    renameSync: recorded('rename', renameSync),
    ftruncateSync: recorded('truncate', ftruncateSync),
    rmSync: recorded('remove', remove),
  });
  syncBuiltinESMExports();
  return () => {
    Object.assign(fs, { writeSync: write, openSync, renameSync, ftruncateSync, rmSync: remove });
    syncBuiltinESMExports();
    return steps;
  };
}

/** How many lines there are; all of them have to be the right ones, in order, and counted. */
async function countLines(log: LogOfRun): Promise<number> {
  const lines = await log.read(ALL);
  expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, at) => at + 1));
  expect(lines.every(({ seq, text }) => text.startsWith(`line ${seq} `))).toBe(true);
  const chunks = await log.chunks(0);
  expect(chunks.map(({ chunk }) => chunk)).toEqual(chunks.map((_, at) => at));
  expect(chunks.reduce((sum, { counts }) => sum + (counts.replica1?.[1] ?? 0), 0)).toBe(lines.length);
  return lines.length;
}

/** What is left reads the same to others, to a writer that goes on, and after a seal. */
async function checkLeftover(copy: string): Promise<number> {
  const found = await countLines(new LogOfRun(copy));
  const next = new LogOfRun(copy);
  if (found % 2 === 0) next.append(longLines(found + 1, found + 30));
  const expected = found % 2 === 0 ? found + 30 : found;
  const size = await next.seal();
  expect(size.lines).toBe(expected);
  expect(await countLines(next)).toBe(expected);
  if (expected === 0) return 0;
  const text = gunzipSync(readFileSync(join(copy, 'log.jsonl.gz')));
  expect(text.equals(Buffer.from(longLines(1, expected).map(toText).join('')))).toBe(true);
  expect(size.bytes).toBe(text.length);
  return found;
}

it('killed between any two steps, nothing that was flushed is lost and nothing is there twice', async () => {
  const runDir = join(folder, 'run');
  mkdirSync(runDir);
  const stop = recordSteps(runDir);
  const log = new LogOfRun(runDir);
  try {
    for (let last = 0; last < 4_200; last += 600) {
      log.append(longLines(last + 1, last + 600));
      await log.read({ ...ALL, limit: 1 });
    }
    // The pieces are packed one after the other while nothing else happens.
    await expect.poll(() => readFileSync(join(runDir, 'log.jsonl')).length).toBeLessThan(1_000_000);
    await log.seal();
  } finally {
    log.abandon();
  }
  const steps = stop();
  const names = new Set(steps.map(({ step }) => step));
  expect(names).toEqual(new Set(['open', 'half a write', 'write', 'rename', 'remove']));
  let before = 0;
  for (const { copy } of steps) {
    const found = await checkLeftover(copy);
    expect(found).toBeGreaterThanOrEqual(before);
    before = found;
    rmSync(copy, { recursive: true });
  }
  expect(before).toBe(4_200);
}, 120_000);

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

it('a process killed in full flight leaves all that it said was flushed', async () => {
  // Its source text, since what the tests share imports the test runner, which cannot be loaded outside of it.
  const code = `${openInChild()} const exampleLines = ${exampleLines.toString()};
    for (let last = 0; ; last += 500) {
      store.appendLog('r-0001', exampleLines(last + 1, last + 500));
      await store.readLog('r-0001', last + 500, 1);
      console.log(last + 500);
    }`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let said = '';
  for await (const output of child.stdout) {
    said += output;
    if (said.split('\n').length > 60) child.kill('SIGKILL');
  }
  const flushed = Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1));
  expect(flushed).toBeGreaterThanOrEqual(30_000);
  const store = open();
  const found = (await store.readLog('r-0001', 1, Number.POSITIVE_INFINITY)).length;
  expect(found).toBeGreaterThanOrEqual(flushed);
  expect(await store.readLog('r-0001', 1, Number.POSITIVE_INFINITY)).toEqual(exampleLines(1, found));
}, 60_000);
