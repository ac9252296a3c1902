import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OBSERVE_NOTHING } from '@/server/domain/observation';
import type { RunConfig, RunId, RunLabel } from '@/server/domain/run';
import { WORKLOAD_DEFAULT } from '@/server/domain/workload';
import { SqliteHostLock } from './sqlite-host-lock';

vi.setConfig({ testTimeout: 30_000 });

let folder: string;
const children: ChildProcess[] = [];
const locks: SqliteHostLock[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'electrode-lab-lock-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'close');
  }
  for (const lock of locks.splice(0)) lock.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (id: RunId): RunConfig => ({
  id,
  faults: [],
  scenario: 's',
  scenarioTitle: 's',
  replicas: [],
  quorum: 2,
  clientService: 'client',
  clientFormat: 'lab',
  variant: { name: 'v', title: 'v', environment: {}, image: null, expects: 'anything' },
  workload: WORKLOAD_DEFAULT,
  cpusets: {},
  label: id,
  project: `electrode-lab-${id}`,
  origin: 'lab',
  createdAt: 0,
  observe: OBSERVE_NOTHING,
  place: null,
  importedFrom: null,
});

function openLock(active: () => RunLabel[] = () => []): { lock: SqliteHostLock; removed: RunId[] } {
  const removed: RunId[] = [];
  const lock = new SqliteHostLock({
    dataDir: folder,
    activeRuns: async () => active().filter((id) => !removed.includes(id)),
    removeLeftovers: async (id) => removed.push(id),
  });
  locks.push(lock);
  return { lock, removed };
}

const forever = new AbortController().signal;

/** Another process that asks for the lock, says `waits` and `holds`, and frees it when told. */
class OtherProcess {
  private readonly child: ChildProcess;
  private readonly lines: AsyncIterator<string>;

  constructor(id: RunId) {
    const module = new URL('./sqlite-host-lock.ts', import.meta.url).href;
    const code = `
      const { SqliteHostLock } = await import(${JSON.stringify(module)});
      const lock = new SqliteHostLock({ dataDir: ${JSON.stringify(folder)}, activeRuns: async () => [], removeLeftovers: async () => {} });
      const release = await lock.acquire(${JSON.stringify(run(id))}, new AbortController().signal, () => console.log('waits'));
      console.log('holds');
      process.stdin.once('data', () => { release(); console.log('freed'); process.exit(0); });`;
    this.child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    children.push(this.child);
    if (this.child.stdout === null) throw new Error('no stdout');
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  /** Skips `waits` that are said again when the wait's reason changes. */
  async says(expected: string): Promise<void> {
    for (;;) {
      const { value, done } = await this.lines.next();
      if (done === true) throw new Error(`ended before it said ${expected}`);
      if (value === expected) return;
      expect(value).toBe('waits');
    }
  }

  free(): void {
    this.child.stdin?.write('free\n');
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await once(this.child, 'close');
  }
}

test('one run measures at a time, in the order of asking, over processes', async () => {
  const first = new OtherProcess('r-0001');
  await first.says('holds');
  const second = new OtherProcess('r-0002');
  await second.says('waits');
  const { lock } = openLock();
  const details: string[] = [];
  let held = false;
  const third = lock
    .acquire(run('r-0003'), forever, (detail) => details.push(detail))
    .then((release) => {
      held = true;
      return release;
    });
  await vi.waitFor(() => expect(details[0]).toMatch(/^waits for r-0001 \(lab, pid \d+\), then r-0002 \(lab\)$/));
  first.free();
  await second.says('holds');
  expect(held).toBe(false);
  await vi.waitFor(() => expect(details.at(-1)).toMatch(/^waits for r-0002 \(lab, pid \d+\)$/));
  second.free();
  (await third)();
  const again = await lock.acquire(run('r-0004'), forever);
  again();
});

test('a holder that is killed frees the lock, and the containers of its run are removed', async () => {
  const holder = new OtherProcess('r-0001');
  await holder.says('holds');
  const { lock, removed } = openLock(() => ['r-0001']);
  const waiting = lock.acquire(run('r-0002'), forever);
  await holder.kill();
  const release = await waiting;
  expect(removed).toEqual(['r-0001']);
  release();
});

test('a waiter that is killed loses its place', async () => {
  const { lock } = openLock();
  const release = await lock.acquire(run('r-0001'), forever);
  const dead = new OtherProcess('r-0002');
  await dead.says('waits');
  const waiting = lock.acquire(run('r-0003'), forever);
  await dead.kill();
  release();
  (await waiting)();
});

test('within one process they take turns too', async () => {
  const { lock } = openLock();
  const order: string[] = [];
  const first = await lock.acquire(run('r-0001'), forever);
  const others = ['r-0002', 'r-0003'].map((id) =>
    lock.acquire(run(id), forever).then((release) => {
      order.push(id);
      release();
    }),
  );
  first();
  first();
  await Promise.all(others);
  expect(order).toEqual(['r-0002', 'r-0003']);
});

test('an aborted waiter is rejected and the next one gets its turn', async () => {
  const { lock } = openLock();
  const release = await lock.acquire(run('r-0001'), forever);
  const stop = new AbortController();
  const said = vi.fn(() => stop.abort());
  await expect(lock.acquire(run('r-0002'), stop.signal, said)).rejects.toThrow();
  expect(said).toHaveBeenCalled();
  release();
  (await lock.acquire(run('r-0003'), forever))();
});

test("a live run of a panel that doesn't share the file is waited for, and named", async () => {
  let active: RunLabel[] = ['0b77de-r-0042'];
  const { lock, removed } = openLock(() => active);
  const details: string[] = [];
  const waiting = lock.acquire(run('r-0001'), forever, (detail) => {
    details.push(detail);
    active = [];
  });
  (await waiting)();
  expect(details).toEqual([
    'waits for 0b77de-r-0042 of another panel or CLI on this engine (docker ps --filter label=electrode-lab.run=0b77de-r-0042)',
  ]);
  expect(removed).toEqual([]);
});

test('an engine that fails while it is asked frees the lock', async () => {
  let fails = true;
  const lock = new SqliteHostLock({
    dataDir: folder,
    activeRuns: async () => {
      if (fails) throw new Error('engine gone');
      return [];
    },
    removeLeftovers: async () => {},
  });
  locks.push(lock);
  await expect(lock.acquire(run('r-0001'), forever)).rejects.toThrow('engine gone');
  fails = false;
  (await lock.acquire(run('r-0002'), forever))();
});
