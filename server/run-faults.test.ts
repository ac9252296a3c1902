/** Faults of a live run on a real store, with engine and holder behind their ports. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from './adapters/store/open-store';
import { LabError } from './domain/errors';
import { exampleConfig } from './domain/example-run';
import { parseFault, parseFaultPlan } from './domain/fault-plan';
import type { Engine, FaultHolder, FaultHolderRequest, FaultInjector } from './domain/ports';
import type { Scenario } from './domain/scenario';
import { ClusterWatch } from './experiments/cluster-watch';
import { FaultDesk } from './experiments/faults/fault-desk';
import { keepFaults } from './experiments/faults/live-faults';
import { RunFaults } from './experiments/faults/run-faults';
import { LiveRun } from './experiments/live-run';
import { RunRegistry } from './experiments/run-registry';

const SCENARIO: Scenario = {
  ...{ name: 'three', title: 'Three replicas', composeFile: '/none', replicas: [], quorum: 2, clientService: 'client' },
  ...{ clientFormat: 'lab', variants: [], declared: true, images: [], payloadMaxBytes: 1408, notes: [] },
};
const SERVICES = ['replica1', 'replica2', 'replica3', 'client'];

/** Containers that die and start at once; what was done to them in order. */
class FakeEngine implements Pick<Engine, 'signal' | 'start'> {
  readonly done: string[] = [];
  constructor(private readonly watch: ClusterWatch) {}

  async signal(id: string, name: string): Promise<void> {
    this.done.push(`${name} ${id}`);
    if (name === 'SIGKILL') this.say('die', id);
  }

  async start(id: string): Promise<void> {
    this.done.push(`start ${id}`);
    this.say('start', id);
  }

  say(action: string, service: string): void {
    this.watch.fromEngine({ kind: 'container', action, service, containerId: service, exitCode: 137, at: Date.now() });
  }
}

/** Remembers what holds; ends when told to. */
class FakeHolder implements FaultHolder {
  readonly applied: string[] = [];
  readonly ended: Promise<string | null>;
  total = 0;
  refuses: string | null = null;
  end: (why: string | null) => void = () => {};

  constructor() {
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  async apply({ rules, paused }: Parameters<FaultHolder['apply']>[0]): Promise<void> {
    if (this.refuses !== null) throw new LabError('fault_failed', this.refuses);
    const said = rules.map(({ target, from, lossPercent }) => `${from ?? '*'}>${target} ${Math.round(lossPercent)}`);
    this.applied.push([...said, ...paused.map((name) => `${name} stands`)].join(', '));
  }

  async moved({ name }: FaultHolderRequest['nodes'][number]): Promise<void> {
    this.applied.push(`moved ${name}`);
  }

  counts() {
    return [{ target: 'replica2', from: 'replica1', lost: this.total, doubled: 1 }];
  }

  async close(): Promise<void> {
    this.applied.push('closed');
    this.end(null);
  }
}

class FakeInjector implements FaultInjector {
  readonly opened: FakeHolder[] = [];
  problem: string | null = null;

  async open(): Promise<FaultHolder> {
    if (this.problem !== null) throw new LabError('fault_failed', this.problem);
    const holder = new FakeHolder();
    this.opened.push(holder);
    return holder;
  }
}

let dataDir: string;
let close: (() => Promise<void>)[];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'electrode-lab-faults-'));
  close = [];
});
afterEach(async () => {
  for (const each of close.reverse()) await each();
  rmSync(dataDir, { recursive: true, force: true });
});

/** A run that has measured from now on, led by replica1 in view 0. */
function measure(plan = '') {
  const store = openStore({ dataDir });
  const config = exampleConfig({ id: store.nextRunId(), size: 3, faults: parseFaultPlan(plan).plan });
  const run = new LiveRun(config, store, 0);
  const watch = new ClusterWatch(config);
  const engine = new FakeEngine(watch);
  const injector = new FakeInjector();
  const faults = new RunFaults(run, watch, { engine, faultInjector: injector });
  for (const service of SERVICES) engine.say('start', service);
  run.change((view) => ({
    ...view,
    replicas: view.replicas.map((replica, at) => ({ ...replica, view: 0, role: at === 0 ? 'leader' : 'follower' })),
  }));
  const at = Date.now();
  watch.foreignPhase('measuring', at);
  run.enter('measuring', at);
  faults.begin(at);
  close.push(async () => {
    await faults.close();
    await run.finish('stopped', { error: null, removed: null });
    store.close();
  });
  const inject = (text: string) => {
    const wish = parseFault(text);
    if (typeof wish === 'string') throw new Error(wish);
    return faults.inject({ ...wish, origin: 'panel' });
  };
  return { store, run, watch, engine, injector, faults, inject, records: () => run.view().faults };
}

const patience = { timeout: 5000, interval: 5 };

describe('a plan', () => {
  it('kills whoever leads and starts it again, and both deaths are its own', async () => {
    const { engine, faults, records } = measure('at 0.05 s kill leader; at 0.1 s restart it');
    await expect.poll(() => records().at(1)?.endedAt, patience).toEqual(expect.any(Number));
    expect(engine.done).toEqual(['SIGKILL replica1', 'start replica1']);
    expect(records()).toMatchObject([
      { id: 1, title: 'kill replica1', targets: ['replica1'], origin: 'plan', end: 'asked', lost: null, problem: null },
      { id: 2, title: 'restart replica1', targets: ['replica1'], origin: 'plan', end: 'over' },
    ]);
    expect(faults.takeDeath('replica1')).toBe(true);
    expect(faults.takeDeath('replica1')).toBe(false);
  });

  it('ends with the window: what is not due is not done, what holds is undone', async () => {
    const { injector, faults, records } = measure('at 0 s isolate replica2; at 60 s kill leader');
    await expect.poll(() => injector.opened[0]?.applied, patience).toHaveLength(1);
    await faults.close();
    expect(records()).toMatchObject([{ title: 'isolate replica2', end: 'run_over' }]);
    expect(injector.opened[0]?.applied.at(-1)).toBe('closed');
  });

  it('says which of its faults could not be done', async () => {
    const { injector, records } = measure('at 0 s kill replica3; at 0.02 s kill replica3; at 0.04 s pause replica2');
    injector.problem = 'the image has no labfault';
    await expect.poll(() => records().at(2)?.endedAt, patience).toEqual(expect.any(Number));
    expect(records().map(({ problem }) => problem)).toEqual([
      null,
      'replica3 does not run',
      expect.stringContaining('no labfault'),
    ]);
    expect(records()[2]).toMatchObject({ end: 'over' });
  });
});

describe('faults that are held', () => {
  it('hold together and are undone one by one, each at its time', async () => {
    const { injector, inject, records } = measure();
    await inject('pause replica3');
    await inject('lose 10 % into replica2 for 0.1 s');
    await expect.poll(() => records()[1]?.end, patience).toBe('over');
    expect(injector.opened).toHaveLength(1);
    expect(injector.opened[0]?.applied).toEqual(['replica3 stands', '*>replica2 10, replica3 stands', 'replica3 stands']);
    expect(records()[0]).toMatchObject({ endedAt: null, endsAt: null, origin: 'panel' });
  });

  it('end when asked', async () => {
    const { injector, inject, faults, records } = measure();
    const { id } = await inject('cut replica1 -> client for 60 s');
    await faults.end(id);
    await faults.end(id);
    expect(injector.opened[0]?.applied).toEqual(['replica1>client 100', '']);
    expect(records()).toMatchObject([{ end: 'asked' }]);
    await expect(faults.end(7)).rejects.toMatchObject({ code: 'unknown_fault' });
  });

  it('are told to a replica that comes back', async () => {
    const { injector, inject, engine, faults } = measure();
    await inject('isolate replica2');
    await inject('kill replica2');
    await inject('restart replica2');
    engine.done.length = 0;
    faults.started('replica2');
    await expect
      .poll(() => injector.opened[0]?.applied.slice(-2), patience)
      .toEqual(['moved replica2', expect.stringMatching('>replica2 100')]);
  });

  it('are lost with what holds them, processes go on, and the next fault finds another holder', async () => {
    const { injector, inject, engine, records } = measure();
    await inject('pause replica2');
    injector.opened[0]?.end('its container ended');
    await expect.poll(() => engine.done, patience).toEqual(['SIGCONT replica2']);
    expect(records()).toMatchObject([{ end: 'lost', problem: 'its container ended' }]);
    await inject('pause replica3');
    expect(injector.opened.map(({ applied }) => applied)).toEqual([['replica2 stands'], ['replica3 stands']]);
  });

  it('that cannot be undone alone are undone with all others', async () => {
    const { injector, inject, faults, records } = measure();
    const { id } = await inject('pause replica2');
    await inject('isolate replica3');
    const [holder] = injector.opened;
    if (holder !== undefined) holder.refuses = 'the namespace is gone';
    await faults.end(id);
    expect(holder?.applied.at(-1)).toBe('closed');
    expect(records().map(({ end }) => end)).toEqual(['lost', 'lost']);
  });

  it('count what their links lost while they held', async () => {
    const { injector, inject, faults, records } = measure();
    const { id } = await inject('cut replica1 -> replica2');
    await inject('cut replica1 -> replica3');
    const [holder] = injector.opened;
    if (holder !== undefined) holder.total = 40;
    await faults.end(id);
    if (holder !== undefined) holder.total = 60;
    await faults.close();
    expect(records()).toMatchObject([
      { lost: 40, doubled: 0 },
      { lost: 0, doubled: 0 },
    ]);
  });
});

describe('a kill', () => {
  it('with a duration is undone by a start', async () => {
    const { engine, inject, records } = measure();
    await inject('kill leader for 0.1 s');
    await expect.poll(() => records()[0]?.end, patience).toBe('over');
    expect(engine.done).toEqual(['SIGKILL replica1', 'start replica1']);
  });

  it('ends the pause of the process that it kills', async () => {
    const { inject, records } = measure();
    await inject('pause replica2');
    await inject('kill replica2');
    expect(records()).toMatchObject([{ end: 'over' }, { endedAt: null }]);
  });
});

describe('a fault by hand', () => {
  it('is refused when nothing is measured', async () => {
    const { faults, inject } = measure();
    await faults.close();
    await expect(inject('kill replica2')).rejects.toMatchObject({ code: 'not_measuring' });
  });

  it('recovers in the time that the client measured', async () => {
    const { run, watch, faults, inject, records } = measure();
    const { startedAt } = await inject('kill leader');
    const startMs = startedAt - (watch.phaseAt('measuring') ?? 0);
    const outage = { startMs, durationMs: 230, leaderBefore: 'replica1', leaderAfter: 'replica2' };
    run.change((view) => ({ ...view, outages: [outage] }));
    faults.note();
    expect(records()).toMatchObject([{ recoveryMs: 230 }]);
  });
});

describe('the desk', () => {
  const replicas = exampleConfig({ size: 3 }).replicas;
  const scenario = { ...SCENARIO, replicas };
  const composer = {
    version: async () => '2',
    catalogue: async () => ({ scenarios: [scenario], broken: [] }),
    override: async () => '',
    up: async () => {},
    down: async () => {},
  };

  it('reads a plan for a scenario and says everything that is wrong with it', async () => {
    const { store } = measure();
    const desk = new FaultDesk({ store, composer }, new RunRegistry(), 'panel');
    const read = await desk.readPlan({ text: 'at 9s restart it;at 5 s kill leader; at 6 s go', scenario: 'three', seconds: 8 });
    expect(read.text).toBe('at 5 s kill leader; at 9 s restart it');
    expect(read.problems).toEqual([expect.stringContaining('“at 6 s go”'), expect.stringContaining('8 s is over')]);
    await expect(desk.readPlan({ text: '', scenario: 'four', seconds: null })).rejects.toMatchObject({
      code: 'unknown_scenario',
    });
  });

  it('does a fault to a run that measures here, and says why not', async () => {
    const { store, run, faults, records } = measure();
    const registry = new RunRegistry();
    const desk = new FaultDesk({ store, composer }, registry, 'panel');
    const { id } = run.config;
    const wish = parseFault('kill leader');
    if (typeof wish === 'string') throw new Error(wish);
    await expect(desk.inject('r-9999', wish)).rejects.toMatchObject({ code: 'unknown_run' });
    await expect(desk.inject(id, wish)).rejects.toThrow('in another process');
    registry.add(run);
    await expect(desk.inject(id, wish)).rejects.toMatchObject({ code: 'not_measuring' });
    keepFaults(run, faults);
    await expect(desk.inject(id, { ...wish, forSeconds: 1e9 })).rejects.toMatchObject({ code: 'bad_fault' });
    await desk.inject(id, wish);
    await desk.end(id, 1);
    expect(records()).toMatchObject([{ title: 'kill replica1', origin: 'panel', end: 'asked' }]);
  });
});
