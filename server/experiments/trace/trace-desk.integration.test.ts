/** Sampled operations of real clusters: what was sent, what the kernel made of it, and in which order. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LabError } from '@/server/domain/errors';
import type { RunId, RunView } from '@/server/domain/run';
import { TRACE_POINTS, type TraceBatch, type TracePointName } from '@/server/domain/trace';
import type { Workload } from '@/server/domain/workload';
import { openTestLab, reach, smallWorkload, type TestLab, untilOver } from '../../open-test-lab';

let open: TestLab;

beforeAll(async () => {
  open = await openTestLab();
});
afterAll(() => open.remove());

const EVERY = 64;
/** Times of two containers' clocks, read by two CPUs, of which one is the kernel's fast one. */
const TOLERANCE_US = 1;

/** With `init` they are no first process, which would be spared what it has no handler for. */
const theirs = (script: string) => ({ image: 'electrode-lab/replica:dev', init: true, command: ['sh', '-c', script] });
const waiting = theirs('trap "exit 0" TERM; while :; do sleep 0.1; done');
const THEIRS = JSON.stringify({
  services: {
    replica1: waiting,
    replica2: waiting,
    replica3: waiting,
    client: theirs(
      [
        'sleep 1',
        'echo "20261023-055511-1187 1 * WarmupDone (benchmark.cc:79): Completed warmup period of 1 seconds with 9 requests" >&2',
        'sleep 1',
        'echo "20261023-055513-1527 1 * Finish (benchmark.cc:156): Completed 100 requests in 1.0 seconds" >&2',
        'echo "20261023-055514-1524 1 * CooldownDone (benchmark.cc:96): Median latency is 168790 ns (168 us)" >&2',
      ].join('\n'),
    ),
  },
});

type Step = { point: TracePointName; at: string; peer: string | null; tUs: number };
type Collected = { last: TraceBatch; steps: Map<number, Step[]>; points: number; resets: number };

function launch(where: { scenario: string; variant: string; trace: boolean }, workload: Workload): Promise<RunId> {
  const { scenario, variant, trace } = where;
  const observe = { bpfStatistics: false, trace };
  return open.lab.launch({ scenario, variant, workload, observe, insist: false, requestId: randomUUID() });
}

/** All that a reader is sent until the stream completes, by operation and in order of time. */
async function collect(id: RunId, after: string | null = null, { lab }: TestLab = open): Promise<Collected> {
  const listener = { signal: new AbortController().signal, isCongested: () => false };
  const steps = new Map<number, Step[]>();
  let last: TraceBatch | null = null;
  let points = 0;
  let resets = 0;
  for await (const { value } of lab.traces.watch(id, after, listener)) {
    last = value;
    resets += value.reset ? 1 : 0;
    points += value.points.op.length;
    value.points.op.forEach((op, index) => {
      steps.set(op, [...(steps.get(op) ?? []), stepOf(value, index)]);
    });
  }
  if (last === null) throw new Error('the stream ended without a batch');
  for (const of of steps.values()) of.sort((a, b) => a.tUs - b.tUs);
  return { last, steps, points, resets };
}

function stepOf({ services, points }: TraceBatch, index: number): Step {
  const point = TRACE_POINTS[points.point[index] ?? -1];
  const at = services[points.at[index] ?? -1];
  if (point === undefined || at === undefined) throw new Error(`point ${index} names a step or a service that there is not`);
  return { point, at, peer: services[points.peer[index] ?? -1] ?? null, tUs: points.tUs[index] ?? 0 };
}

const named = (steps: Step[], point: TracePointName) => steps.filter((step) => step.point === point);
const peersOf = (steps: Step[], point: TracePointName) =>
  named(steps, point)
    .map(({ peer }) => peer)
    .sort();

function one(steps: Step[], point: TracePointName, who: Partial<Step> = {}): Step {
  const found = named(steps, point).filter((step) =>
    Object.entries(who).every(([key, value]) => Reflect.get(step, key) === value),
  );
  if (found[0] === undefined || found.length > 1) throw new Error(`${found.length} steps ${point} ${JSON.stringify(who)}`);
  return found[0];
}

/** The stored events begin with another line, which ties the clocks a little differently; within an operation nothing differs. */
function sinceFirst({ steps }: Collected): Map<number, Step[]> {
  const relative = [...steps].map(([op, of]): [number, Step[]] => {
    const begin = of[0]?.tUs ?? 0;
    return [op, of.map((step) => ({ ...step, tUs: Math.round((step.tUs - begin) * 1000) }))];
  });
  return new Map(relative.toSorted(([a], [b]) => a - b));
}

/** Each step no earlier than the one that caused it. */
function expectOrder(...chain: Step[]): void {
  chain.slice(1).forEach((effect, index) => {
    const cause = chain[index];
    expect(effect.tUs, `${cause?.point} before ${effect.point}`).toBeGreaterThanOrEqual((cause?.tUs ?? 0) - TOLERANCE_US);
  });
}

function expectCopies(steps: Step[], { variant, followers }: { variant: string; followers: string[] }): void {
  if (variant === 'baseline') {
    expect(peersOf(steps, 'leader_send')).toEqual(followers);
    expect(peersOf(steps, 'egress')).toEqual(followers);
    expect(peersOf(steps, 'egress_clone')).toEqual([]);
    return;
  }
  expect(peersOf(steps, 'leader_send')).toEqual([null]);
  // The original leaves last, for the last follower.
  expect(peersOf(steps, 'egress')).toEqual(followers.slice(-1));
  expect(peersOf(steps, 'egress_clone')).toEqual(followers.slice(0, -1));
  expectOrder(...named(steps, 'egress_clone'), one(steps, 'egress'));
}

function expectCauses(steps: Step[], { followers, quorum }: { followers: string[]; quorum: number }): void {
  const first = [one(steps, 'client_send'), one(steps, 'leader_receive')];
  for (const follower of followers) {
    const send = named(steps, 'leader_send').find(({ peer }) => peer === null || peer === follower);
    const egress = steps.find(({ point, peer }) => (point === 'egress' || point === 'egress_clone') && peer === follower);
    if (send === undefined || egress === undefined) throw new Error(`no copy for ${follower}`);
    const received = one(steps, 'follower_receive', { at: follower });
    const acknowledged = one(steps, 'follower_ack', { at: follower });
    expectOrder(...first, send, egress, received, acknowledged, one(steps, 'leader_ack', { peer: follower }));
  }
  const completing = named(steps, 'leader_ack')[quorum - 2];
  if (completing === undefined) throw new Error('no quorum of acknowledgements');
  expectOrder(completing, one(steps, 'leader_commit'), one(steps, 'leader_reply'), one(steps, 'client_receive'));
}

/** Every op of the run is committed everywhere when it is done. */
const committed = ({ proof }: RunView) => proof?.sameLog.commit ?? 0;

describe.each([
  ['scenario3', 'baseline'],
  ['scenario3', 'tc_broadcast'],
  ['scenario5', 'baseline'],
  ['scenario5', 'tc_broadcast'],
])('%s as %s, traced from the start', (scenario, variant) => {
  let view: RunView;
  let live: Collected;

  beforeAll(async () => {
    const id = await launch({ scenario, variant, trace: true }, smallWorkload());
    [live, view] = await Promise.all([collect(id), untilOver(open, id)]);
  });

  it('shows every sampled operation from the client to its reply, in the order of cause, with who made each copy', () => {
    expect(view.error).toBeNull();
    expect(view.proof?.fits).toBe(true);
    const services = view.config.replicas.map(({ service }) => service);
    const followers = services.slice(1);
    expect(live.last.services).toEqual(['client', ...services]);
    const sampled = Array.from({ length: Math.floor(committed(view) / EVERY) }, (_, index) => (index + 1) * EVERY);
    expect(sampled.length).toBeGreaterThan(40);
    expect([...live.steps.keys()].sort((a, b) => a - b)).toEqual(sampled);
    for (const steps of live.steps.values()) {
      expectCopies(steps, { variant, followers });
      expectCauses(steps, { followers, quorum: view.config.quorum });
    }
  });

  it('says its rate and its cost, that nothing was lost, and that it was on in the whole window', () => {
    expect(live.last).toMatchObject({ every: EVERY, dropped: 0, problem: null, total: live.points });
    expect(live.resets).toBe(1);
    expect(live.last.costNsPerOperation).toBeGreaterThan(0);
    const window = view.phases.find(({ phase }) => phase === 'measuring');
    const windowMs = (window?.endedAt ?? 0) - (window?.startedAt ?? 0);
    expect(view.observations.filter(({ kind }) => kind === 'trace')).toEqual([{ kind: 'trace', fromMs: 0, toMs: windowMs }]);
  });

  it('can be read again once it is over, whole or from a point on', async () => {
    const { id } = view.config;
    const stored = await collect(id, 'another:7');
    expect(sinceFirst(stored)).toEqual(sinceFirst(live));
    expect((await collect(id, `stored:${live.points - 5}`)).points).toBe(5);
  });
});

describe('a run that did not ask', () => {
  it('is traced while somebody reads and some seconds longer, and the window remembers it', async () => {
    const workload = smallWorkload({ amount: { kind: 'seconds', seconds: 9 } });
    const id = await launch({ scenario: 'scenario3', variant: 'tc_broadcast', trace: false }, workload);
    await reach(open, id, 'measuring');
    const leave = new AbortController();
    for await (const { value } of open.lab.traces.watch(id, null, { signal: leave.signal, isCongested: () => false })) {
      if (value.points.op.length > 0) leave.abort();
    }
    const view = await untilOver(open, id);
    expect(view.proof?.fits).toBe(true);
    const [observation, ...others] = view.observations.filter(({ kind }) => kind === 'trace');
    expect(others).toEqual([]);
    const window = view.phases.find(({ phase }) => phase === 'measuring');
    expect(observation?.toMs).toBeLessThan((window?.endedAt ?? 0) - (window?.startedAt ?? 0));
    const { last, steps } = await collect(id);
    expect(last.problem).toBeNull();
    const [complete = []] = [...steps.values()].filter((of) => of.length === 14);
    expectCauses(complete, { followers: ['replica2', 'replica3'], quorum: 2 });
    for (const service of last.services) expect(await switchesOf(id, service), service).toEqual(['on', 'off']);
  });

  it('and was watched by nobody says so', async () => {
    const id = await launch({ scenario: 'scenario3', variant: 'baseline', trace: false }, smallWorkload());
    const view = await untilOver(open, id);
    expect(view.observations.filter(({ kind }) => kind === 'trace')).toEqual([]);
    const { last, points } = await collect(id);
    expect(points).toBe(0);
    expect(last).toMatchObject({ every: null, costNsPerOperation: null });
    expect(last.problem).toContain('did not ask');
  });
});

describe("a third party's run", () => {
  it('is told to be untraceable, and its processes, which the signal would end, get none', async () => {
    const scenariosDir = mkdtempSync(join(tmpdir(), 'electrode-lab-untraced-'));
    mkdirSync(join(scenariosDir, 'theirs'));
    writeFileSync(join(scenariosDir, 'theirs', 'docker-compose.yaml'), THEIRS);
    const other = await openTestLab({ scenariosDir });
    try {
      const request = { scenario: 'theirs', variant: 'as_is', workload: smallWorkload(), insist: false };
      const id = await other.lab.launch({ ...request, requestId: randomUUID() });
      const [{ last, points }, view] = await Promise.all([collect(id, null, other), untilOver(other, id)]);
      expect(view).toMatchObject({ state: 'done', error: null, deaths: [], observations: [] });
      expect(last.problem).toContain("not the lab's own");
      expect(points).toBe(0);
    } finally {
      await other.remove();
      rmSync(scenariosDir, { recursive: true, force: true });
    }
  });
});

it('a run that there is not is refused', () => {
  expect(() =>
    open.lab.traces.watch('r-9999', null, { signal: new AbortController().signal, isCongested: () => false }),
  ).toThrow(LabError);
});

/** What a container itself said of being switched. */
async function switchesOf(id: RunId, service: string): Promise<string[]> {
  const filter = { text: 'trace: ', regex: false, inverse: false, level: 'notice' as const, sources: [service] };
  const said: string[] = [];
  for await (const lines of open.lab.logs.all(id, filter)) {
    for (const { text } of lines) said.push(text.includes('no longer') ? 'off' : 'on');
  }
  return said;
}
