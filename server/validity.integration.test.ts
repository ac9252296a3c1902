/** What spoils a run is seen by the gate that is there for it, and the lab itself spoils none. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { type CpuInfo, cpus } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunId, RunView } from './domain/run';
import type { GateId, RunGate } from './domain/validity/validity';
import { openTestLab, reach, smallWorkload, type TestLab, untilOver } from './open-test-lab';

let open: TestLab;

beforeAll(async () => {
  open = await openTestLab();
});
afterAll(() => open.remove());

function launch(variant: string, seconds: number): Promise<RunId> {
  const workload = smallWorkload({ amount: { kind: 'seconds', seconds }, warmupSeconds: 1 });
  return open.lab.launch({ scenario: 'scenario3', variant, workload, insist: false, requestId: randomUUID() });
}

function docker(...args: string[]): void {
  execFileSync('docker', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

const leaderOf = (id: RunId) => `${open.lab.view(id).config.project}-replica1-1`;

function gateOf({ validity }: RunView, id: GateId): RunGate {
  const found = validity?.gates.find((gate) => gate.id === id);
  if (found === undefined) throw new Error(`no gate ${id}`);
  return found;
}

/** Whether the machine comes to rest, nine tenths of every core idle for half a second, before the time is over. */
async function isIdleWithin(timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  do {
    const before = cpus();
    await setTimeout(500);
    const shares = cpus().map(({ times }, core) => idleShare(times, before[core]?.times ?? times));
    if (shares.every((share) => share > 0.9)) return true;
  } while (Date.now() < deadline);
  return false;
}

function idleShare(now: CpuInfo['times'], before: CpuInfo['times']): number {
  const total = (times: CpuInfo['times']) => Object.values(times).reduce((sum, ms) => sum + ms, 0);
  return (now.idle - before.idle) / Math.max(1, total(now) - total(before));
}

/** Keeps one core busy for some seconds and ends by itself; as no child of this process, whose children are the lab's. */
function startHog(seconds: number): number {
  const busy = `const end = Date.now() + ${seconds * 1000}; while (Date.now() < end);`;
  return Number(
    execFileSync('sh', ['-c', '"$0" -e "$1" >/dev/null 2>&1 & echo $!', process.execPath, busy], { encoding: 'utf8' }),
  );
}

describe('a run', () => {
  // Whoever else works on the machine is seen as well, and no fault of the lab.
  it('that nobody disturbs is valid, and no gate holds the lab itself against it', { retry: 2 }, async ({ skip }) => {
    skip(!(await isIdleWithin(15_000)), 'something else keeps this machine busy');
    const view = await untilOver(open, await launch('baseline', 2));
    expect(view.validity?.gates.filter(({ state }) => state === 'suspect' || state === 'invalid')).toEqual([]);
    expect(view.validity?.verdict).toBe('valid');
    const { runCores, clientCores, labCores, engineCores, viewers, problem } = view.conditions ?? {};
    expect({ viewers, problem }).toEqual({ viewers: 0, problem: null });
    for (const cores of [runCores, clientCores, labCores, engineCores]) expect(cores).not.toBeNull();
    expect(runCores).toBeGreaterThan(clientCores ?? Number.POSITIVE_INFINITY);
    expect(open.lab.list({ limit: 1 }).rows[0]?.verdict).toBe('valid');
  });

  it('whose leader was killed is invalid, and says who died and that it led', async () => {
    const id = await launch('baseline', 6);
    await reach(open, id, 'measuring');
    docker('kill', leaderOf(id));
    const view = await untilOver(open, id);
    expect(view.deaths).toMatchObject([{ service: 'replica1', exitCode: 137, led: true }]);
    // The service went on with another leader, but nobody had declared a fault.
    expect(view.validity?.verdict).toBe('invalid');
    const leader = gateOf(view, 'leader');
    expect(leader).toMatchObject({ state: 'invalid', value: 'replica1 ended' });
    expect(leader.detail).toContain('replica1 ended with exit code 137 while it led');
  });

  it('beside which something else kept a core busy is not valid, and names it', async () => {
    const id = await launch('baseline', 3);
    await reach(open, id, 'measuring');
    const pid = startHog(10);
    try {
      const view = await untilOver(open, id);
      const gate = gateOf(view, 'host_busy');
      expect(['suspect', 'invalid']).toContain(gate.state);
      expect(gate.detail).toContain(`node pid ${pid} took`);
      expect(view.validity?.verdict).not.toBe('valid');
    } finally {
      process.kill(pid);
    }
  });

  it('whose program was detached is invalid by its offload', async () => {
    const id = await launch('tc_broadcast', 3);
    await reach(open, id, 'measuring');
    docker('exec', leaderOf(id), 'tc', 'filter', 'del', 'dev', 'eth0', 'egress');
    const view = await untilOver(open, id);
    expect(gateOf(view, 'offload')).toMatchObject({ state: 'invalid', value: 'broken' });
    expect(view.validity?.verdict).toBe('invalid');
  });

  it('that a browser watches and looks into counts it once, and is suspect for the look', async () => {
    const id = await launch('baseline', 3);
    const stop = new AbortController();
    const listener = { signal: stop.signal, isCongested: () => false, viewer: {} };
    const watching = [open.lab.watchView(id, listener), open.lab.watchLatency(id, listener)].map(drain);
    await reach(open, id, 'measuring');
    await open.lab.bpf.sampleNow(id, 'replica2');
    const view = await untilOver(open, id);
    stop.abort();
    await Promise.all(watching);
    expect(gateOf(view, 'watched')).toMatchObject({ state: 'note', value: '1 browser' });
    expect(gateOf(view, 'inspected')).toMatchObject({ state: 'suspect', value: '1 sample' });
  });
});

async function drain(values: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of values);
}
