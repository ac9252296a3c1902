/** Whole runs on the real engine. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogMarkAt } from './domain/log-chunk';
import { NO_FILTER } from './domain/log-filter';
import type { RunId, RunPhase, RunView } from './domain/run';
import { RUN_LABEL } from './domain/run-label';
import type { Workload } from './domain/workload';
import { openLab } from './open-lab';
import { openTestLab, reach, smallWorkload, type TestLab, untilOver } from './open-test-lab';

let open: TestLab;

beforeAll(async () => {
  open = await openTestLab();
});
afterAll(() => open.remove());

function launch(scenario: string, variant: string, workload: Workload = smallWorkload()): Promise<RunId> {
  return open.lab.launch({ scenario, variant, workload, insist: false, requestId: randomUUID() });
}

function docker(...args: string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

function containerOf(id: RunId, service: string): string {
  return `${open.lab.view(id).config.project}-${service}-1`;
}

/** Containers and networks of one run that the engine still has. */
function leftOf(id: RunId): string {
  const label = `label=${RUN_LABEL}=${open.lab.view(id).config.label}`;
  return docker('ps', '-aq', '--filter', label) + docker('network', 'ls', '-q', '--filter', label);
}

/** What a new reader of the log is told about what happened. */
async function marksOf(id: RunId): Promise<LogMarkAt[]> {
  const listener = { signal: new AbortController().signal, isCongested: () => false };
  for await (const { value } of open.lab.logs.watch(id, NO_FILTER, null, listener)) return value.marks;
  return [];
}

function addresses(view: RunView): Record<string, string | null> {
  return Object.fromEntries(view.replicas.map(({ name, address }) => [name, address]));
}

function hostPart(address: string | null | undefined): number {
  return Number(address?.split('.').at(-1));
}

const long = smallWorkload({ amount: { kind: 'seconds', seconds: 6 } });

describe('a run', () => {
  it.each([
    ['baseline', 'not_offloaded'],
    ['tc_broadcast', 'offloaded'],
  ])('of %s is proven %s, delivers everything and leaves nothing', async (variant, verdict) => {
    const id = await launch('scenario3', variant);
    const view = await untilOver(open, id);
    expect(view.error).toBeNull();
    expect(view).toMatchObject({ state: 'done', completed: 3000, timeouts: 0, removed: '4 containers, 1 network' });
    expect(view.proof).toMatchObject({ fits: true, objections: [], mechanism: { verdict }, sameLog: { verdict: 'same' } });
    expect(view.phases.map(({ phase }) => phase)).toEqual([
      'queued',
      'build',
      'network',
      'containers',
      'leader',
      'warmup',
      'measuring',
      'draining',
    ]);
    expect(view.launchToFirstRequestMs).toBeGreaterThan(0);
    expect(leftOf(id)).toBe('');
    const samples = open.lab.bpf.samples(id);
    expect(samples.filter(({ moment }) => moment === 'before_warmup')).toHaveLength(3);
    expect(samples.filter(({ moment }) => moment === 'after_measuring')).toHaveLength(3);
    const sources = new Set((await open.lab.logs.chunk(id, NO_FILTER, 0)).lines.map(({ source }) => source));
    expect([...sources].sort()).toEqual(expect.arrayContaining(['client', 'replica1', 'replica2', 'replica3']));
    const marks = await marksOf(id);
    expect(marks.filter(({ mark }) => mark === 'leader')).toMatchObject([{ source: 'replica1' }]);
    expect(marks.filter(({ mark, source }) => mark === 'phase' && source === 'client').length).toBeGreaterThan(3);
    expect(new Set(marks.filter(({ mark }) => mark === 'offload').map(({ source }) => source)).has('replica1')).toBe(true);
    expect(marks.filter(({ mark }) => mark === 'fault')).toEqual([]);
  });

  it('asked for twice with one requestId is launched once', async () => {
    const request = { scenario: 'scenario3', variant: 'baseline', workload: long, insist: false, requestId: randomUUID() };
    const [a, b] = await Promise.all([open.lab.launch(request), open.lab.launch(request)]);
    expect(a).toBe(b);
    await open.lab.stop(a);
  });
});

describe('Stop', () => {
  const phases: RunPhase[] = ['build', 'network', 'containers', 'leader', 'warmup', 'measuring', 'draining'];

  it.each(phases)('in phase %s removes everything', async (phase) => {
    const id = await launch('scenario3', 'tc_broadcast', smallWorkload({ warmupSeconds: 1 }));
    await reach(open, id, phase);
    await open.lab.stop(id);
    expect(open.lab.view(id).state).toBe('stopped');
    expect(leftOf(id)).toBe('');
  });

  it('takes a run out of the queue and leaves the one that measures alone', async () => {
    const first = await launch('scenario3', 'baseline', long);
    await reach(open, first, 'containers');
    const second = await launch('scenario3', 'baseline');
    await expect(open.lab.stop(second)).resolves.toBe('0 containers, 0 networks');
    expect(open.lab.view(second)).toMatchObject({ state: 'stopped', startedAt: null });
    expect(open.lab.view(first).state).not.toBe('stopped');
    await open.lab.stop(first);
  });
});

describe('a replica that goes away mid-run', () => {
  it('as the leader hands the run on to the next one', async () => {
    const id = await launch('scenario3', 'baseline', long);
    await reach(open, id, 'measuring');
    docker('kill', containerOf(id, 'replica1'));
    const view = await untilOver(open, id);
    expect(view.error).toBeNull();
    expect(view.leaders.map(({ view: number, leader }) => [number, leader])).toEqual([
      [0, 'replica1'],
      [1, 'replica2'],
    ]);
    expect(view.deaths).toMatchObject([{ service: 'replica1', led: true }]);
    expect(view.replicas[0]?.container).toBe('exited');
    expect(view.proof?.sameLog.verdict).toBe('same');
    expect(leftOf(id)).toBe('');
  });

  it('as one follower of two is noted, and the rest goes on', async () => {
    const id = await launch('scenario3', 'baseline', long);
    await reach(open, id, 'measuring');
    docker('kill', containerOf(id, 'replica3'));
    const view = await untilOver(open, id);
    expect(view.state).toBe('done');
    expect(view.completed).toBeGreaterThan(0);
    expect(view.replicas[2]?.container).toBe('exited');
    const faults = (await marksOf(id)).filter(({ mark }) => mark === 'fault');
    expect(faults).toMatchObject([{ source: 'lab', text: 'replica3 ended with exit code 137' }]);
  });

  it('as both followers fails the run for want of a quorum', async () => {
    const id = await launch('scenario3', 'baseline', long);
    await reach(open, id, 'measuring');
    docker('kill', containerOf(id, 'replica2'), containerOf(id, 'replica3'));
    const view = await untilOver(open, id);
    expect(view).toMatchObject({ state: 'failed', error: { code: 'no_progress' } });
    expect(view.error?.message).toBe('no progress: replica1 leads but has no quorum: replica2, replica3 silent');
  });

  it('and comes back in another order with swapped addresses: it recovers from the others, and the log is one', async () => {
    const id = await launch('scenario5', 'tc_broadcast', smallWorkload({ amount: { kind: 'seconds', seconds: 6 } }));
    const before = addresses(await reach(open, id, 'measuring'));
    // The engine gives out the lowest free address, so who had the higher one has to come first.
    const [first = '', second = ''] = ['replica2', 'replica3'].sort((a, b) => hostPart(before[b]) - hostPart(before[a]));
    docker('kill', containerOf(id, first), containerOf(id, second));
    docker('start', containerOf(id, first));
    docker('start', containerOf(id, second));
    const view = await untilOver(open, id);
    expect(view.error).toBeNull();
    expect(addresses(view)).toMatchObject({ [first]: before[second], [second]: before[first] });
    expect(view.proof?.sameLog.verdict).toBe('same');
    expect(view.replicas.map(({ health }) => health)).toEqual(Array(5).fill('normal'));
  });
});

describe('the proof', () => {
  it.each(['scenario3', 'scenario5'])('is broken when the program is detached under a running %s', async (scenario) => {
    const id = await launch(scenario, 'tc_broadcast', long);
    await reach(open, id, 'measuring');
    docker('exec', containerOf(id, 'replica1'), 'tc', 'filter', 'del', 'dev', 'eth0', 'egress');
    const view = await untilOver(open, id);
    expect(view.proof?.mechanism.verdict).toBe('broken');
    expect(view.proof?.fits).toBe(false);
    const healthy = await untilOver(open, await launch(scenario, 'baseline'));
    const comparison = await open.lab.compare(healthy.config.id, id);
    expect(comparison.verdict.kind).toBe('invalid');
    expect(comparison.metrics.every(({ ratio }) => ratio === null)).toBe(true);
  });
});

describe('a look at eBPF on demand', () => {
  it('inside the measured window is marked', async () => {
    const id = await launch('scenario3', 'tc_broadcast', long);
    await reach(open, id, 'measuring');
    const sample = await open.lab.bpf.sampleNow(id, 'replica1');
    expect(sample).toMatchObject({ moment: 'on_demand', insideWindow: true, problem: null });
    expect(sample.programs.some(({ owner, type }) => owner === 'replica' && type === 'sched_cls')).toBe(true);
    expect(open.lab.view(id).observedAtMs).toHaveLength(1);
    await open.lab.stop(id);
    await expect(open.lab.bpf.sampleNow(id, 'replica1')).rejects.toMatchObject({ code: 'run_over' });
  });
});

describe('a run of another process with the same store', () => {
  it('is watched from here, log and latency included, and stopped from here', async () => {
    const panel = await openLab(open.env, 'panel');
    const id = await launch('scenario3', 'baseline', long);
    await reach(panel, id, 'measuring');
    const stop = new AbortController();
    const listener = { signal: stop.signal, isCongested: () => false };
    const points: number[] = [];
    for await (const { value } of panel.lab.watchLatency(id, listener)) {
      points.push(...value.points.map(({ startMs }) => startMs));
      if (points.length > 1) break;
    }
    const sources = new Set<string>();
    for await (const { value } of panel.lab.logs.watch(id, NO_FILTER, null, listener)) {
      for (const { source } of value.lines) sources.add(source);
      if (sources.size >= 4) break;
    }
    await expect(panel.lab.stop(id)).resolves.toBe('4 containers, 1 network');
    expect(panel.lab.view(id).state).toBe('stopped');
    expect(leftOf(id)).toBe('');
    stop.abort();
    await panel.close();
  });
});
