/** Faults done to clusters on the real engine, by plan and by hand, and what is left of them when nobody is there to end them. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLab } from '../cli/lab-process';
import { parseFault, parseFaultPlan } from './domain/fault-plan';
import { NO_FILTER } from './domain/log-filter';
import type { RunId, RunView } from './domain/run';
import { RUN_LABEL } from './domain/run-label';
import { openLab } from './open-lab';
import { openTestLab, reach, smallWorkload, type TestLab, untilOver } from './open-test-lab';

let open: TestLab;

beforeAll(async () => {
  open = await openTestLab();
});
afterAll(() => open.remove());

function launch(variant: string, seconds: number, plan = ''): Promise<RunId> {
  const workload = smallWorkload({ amount: { kind: 'seconds', seconds } });
  const { plan: faults } = parseFaultPlan(plan);
  return open.lab.launch({ scenario: 'scenario3', variant, workload, faults, insist: false, requestId: randomUUID() });
}

function inject(id: RunId, text: string) {
  const wish = parseFault(text);
  if (typeof wish === 'string') throw new Error(wish);
  return open.lab.faults.inject(id, wish);
}

function docker(...args: string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

/** Containers of a run; those that stand beside its cluster have a role. */
const containersOf = (label: string, ...filters: string[]) =>
  docker('ps', '-aq', ...['--filter', `label=${RUN_LABEL}=${label}`], ...filters);
const ROLE = ['--filter', 'label=electrode-lab.role'];

/** Of the main process, as `ps` names states: T stands still. */
const stateOf = (container: string) => docker('top', container, '-o', 'pid,stat').split('\n')[1]?.split(/\s+/).at(-1) ?? '';
/** XDP programs come first, and a replica has none of its own. */
const programsAt = (container: string) => docker('exec', container, 'bpftool', 'net', 'show', 'dev', 'eth0');

const patience = { timeout: 10_000, interval: 50 };

describe('a leader that is killed by plan', () => {
  it('is followed by another, recovers by the protocol, and nothing that was acknowledged is lost', async () => {
    const id = await launch('tc_broadcast', 5, 'at 1 s kill leader; at 2.5 s restart it');
    const view = await untilOver(open, id);
    expect(view.error).toBeNull();
    expect(view.leaders.map(({ leader }) => leader)).toEqual(['replica1', 'replica2']);
    expect(view.faults).toMatchObject([
      { title: 'kill replica1', end: 'asked', problem: null, recoveryMs: expect.any(Number) },
      { title: 'restart replica1', end: 'over', problem: null },
    ]);
    expect(view.deaths).toEqual([]);
    const statuses = view.replicas.map(({ health, role }) => `${health} ${role}`);
    expect(statuses).toEqual(['normal follower', 'normal leader', 'normal follower']);
    expect(view.proof?.sameLog.verdict).toBe('same');
    expect(view.safety?.verdict).toBe('safe');
    const listener = { signal: new AbortController().signal, isCongested: () => false };
    for await (const { value } of open.lab.logs.watch(id, NO_FILTER, null, listener)) {
      const marks = value.marks.filter(({ mark, source }) => mark === 'fault' && source === 'lab');
      expect(marks.map(({ text }) => text)).toEqual(
        expect.arrayContaining(['fault 1: kill replica1', 'fault 2: restart replica1']),
      );
      break;
    }
  });
});

describe('more replicas killed than the cluster can bear', () => {
  it('stay without their memories: the run ends and says so, and nobody is answered any more', async () => {
    const plan = ['at 0.5 s kill replica2', 'at 0.5 s kill replica3', 'at 1 s restart replica2', 'at 1 s restart replica3'];
    const view = await untilOver(open, await launch('tc_broadcast', 5, plan.join(';')));
    expect(view).toMatchObject({ state: 'failed', error: { code: 'memory_lost' } });
    expect(view.error?.message).toContain('more than f replicas lost their memories');
    expect(view.outages.every(({ startMs, leaderAfter }) => startMs < 400 || leaderAfter === null)).toBe(true);
    expect(containersOf(view.config.label)).toBe('');
  });
});

describe('a cluster that is hurt by hand', () => {
  it('stands still without a quorum, goes on by itself, and loses nothing under loss and doubling', async () => {
    const id = await launch('baseline', 9);
    const view = () => open.lab.view(id);
    await expect(inject(id, 'kill leader')).rejects.toMatchObject({ code: 'not_measuring' });
    await reach(open, id, 'measuring');
    await expect(inject(id, 'pause replica9')).rejects.toMatchObject({ code: 'bad_fault' });

    const { id: isolation } = await inject(id, 'isolate replica2');
    const { problem } = await inject(id, 'pause replica3 for 1.5 s');
    expect(problem).toBeNull();
    expect(stateOf(`${view().config.project}-replica3-1`)).toMatch(/^T/);
    expect(view().standing).toMatchObject({ state: 'no_quorum', replicas: ['replica2', 'replica3'] });
    await expect.poll(() => view().faults[1]?.end, patience).toBe('over');
    const { completed } = view();
    await expect.poll(() => view().completed, patience).toBeGreaterThan(completed + 100);
    await expect.poll(() => view().standing?.state, patience).toBe('serving');
    await open.lab.faults.end(id, isolation);

    await inject(id, 'lose 5 % and double 5 % everywhere for 2 s');
    await expect.poll(() => view().faults[2]?.end, patience).toBe('over');
    const last = await untilOver(open, id);
    expect(last.error).toBeNull();
    expect(last.faults[0]).toMatchObject({ end: 'asked', origin: 'lab', lost: expect.any(Number), problem: null });
    expect(last.faults[0]?.lost).toBeGreaterThan(0);
    expect(last.faults[1]?.recoveryMs).toBeGreaterThan(1000);
    expect(last.faults[2]?.lost).toBeGreaterThan(0);
    expect(last.faults[2]?.doubled).toBeGreaterThan(0);
    expect(last.proof?.sameLog.verdict).toBe('same');
    expect(last.safety?.verdict).toBe('safe');
    expect(containersOf(last.config.label)).toBe('');
  });
});

describe('a lab that is killed while faults hold', () => {
  it('leaves no program, no rule and nobody who stands still', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'electrode-lab-test-'));
    const args = ['run', 'scenario3', '--variant', 'tc_broadcast', '--seconds', '30', '--warmup', '0.3'];
    const plan = 'at 0.2 s isolate replica2; at 0.2 s pause replica3';
    let view: RunView | undefined;
    let before = { state: '', programs: '' };
    const { lab, close } = await openLab({ ...open.env, dataDir }, 'lab');
    await runLab([...args, '--faults', plan], {
      environment: { LAB_DATA_DIR: dataDir },
      onText: (said, child) => {
        if (view !== undefined || !said.includes('fault 2: pause replica3')) return;
        view = lab.view('r-0001');
        const { project } = view.config;
        before = { state: stateOf(`${project}-replica3-1`), programs: programsAt(`${project}-replica2-1`) };
        child.kill('SIGKILL');
      },
    });
    if (view === undefined) throw new Error('the faults never held');
    const { label, project } = view.config;
    expect(before.state).toMatch(/^T/);
    expect(before.programs).toMatch(/xdp:\s*eth0/);
    await expect.poll(() => stateOf(`${project}-replica3-1`), { timeout: 5000, interval: 50 }).not.toMatch(/^T/);
    await expect.poll(() => containersOf(label, ...ROLE), { timeout: 5000, interval: 50 }).toBe('');
    expect(programsAt(`${project}-replica2-1`)).not.toMatch(/xdp:\s*eth0/);
    await lab.recover();
    expect(containersOf(label)).toBe('');
    expect(lab.view('r-0001').state).toBe('interrupted');
    await close();
    rmSync(dataDir, { recursive: true, force: true });
  });
});
