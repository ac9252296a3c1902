/** What a run's session makes of the engine's events and answers, when they overtake each other. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from './adapters/store/open-store';
import { exampleConfig } from './domain/example-run';
import type { Engine, EngineContainer, EngineEvent, FaultInjector } from './domain/ports';
import { ClusterSession } from './experiments/cluster-session';
import { LiveRun } from './experiments/live-run';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'electrode-lab-session-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const never = () => Promise.reject(new Error('not asked here'));

/** Events as they are said, answers as they are given, logs without a line. */
class PlayedEngine implements Engine {
  readonly told: string[] = [];
  say: (event: Pick<EngineEvent, 'action' | 'service'>) => void = () => {};
  answer: () => Promise<EngineContainer[]> = async () => [];
  readonly facts = never;
  readonly imageDigest = never;
  readonly activeRuns = never;
  readonly labels = never;
  readonly lastLines = never;
  readonly start = never;
  readonly removeLeftovers = never;
  readonly count = never;

  containers(): Promise<EngineContainer[]> {
    return this.answer();
  }

  async signal(id: string, name: string): Promise<void> {
    this.told.push(`${name} ${id}`);
    this.say({ action: 'die', service: id });
  }

  async *events(_label: string, signal: AbortSignal): AsyncGenerator<EngineEvent> {
    const queue: EngineEvent[] = [];
    let wake = () => {};
    this.say = ({ action, service }) => {
      queue.push({ kind: 'container', action, service, containerId: service, exitCode: 137, at: Date.now() });
      wake();
    };
    signal.addEventListener('abort', () => wake());
    while (!signal.aborted) {
      const event = queue.shift();
      if (event !== undefined) yield event;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  }

  async *logs() {
    yield [];
  }
}

const injector: FaultInjector = { open: never };

const container = (service: string, state: string): EngineContainer => ({
  ...{ id: service, service, state, exitCode: state === 'exited' ? 137 : null },
  ...{ address: '10.0.0.2', mac: null, image: 'an/image' },
});

function open() {
  const store = openStore({ dataDir });
  const run = new LiveRun(exampleConfig({ id: store.nextRunId(), size: 3 }), store, 0);
  const engine = new PlayedEngine();
  const session = new ClusterSession(run, { engine, faultInjector: injector });
  const close = async () => {
    await session.close();
    await run.finish('stopped', { error: null, removed: null });
    store.close();
  };
  return { run, engine, session, close };
}

const patience = { timeout: 5000, interval: 5 };

it('an answer that is older than an event says nothing of that container', async () => {
  const { engine, session, close } = open();
  engine.say({ action: 'start', service: 'replica1' });
  engine.say({ action: 'die', service: 'replica1' });
  await expect.poll(() => session.watch.exits.has('replica1'), patience).toBe(true);
  let give: (containers: EngineContainer[]) => void = () => {};
  engine.answer = () =>
    new Promise((resolve) => {
      give = resolve;
    });
  const reconciled = session.reconcile();
  engine.say({ action: 'start', service: 'replica1' });
  await expect.poll(() => session.watch.isLive('replica1'), patience).toBe(true);
  give([container('replica1', 'exited'), container('replica2', 'exited')]);
  await reconciled;
  expect(session.watch.isLive('replica1')).toBe(true);
  expect(session.watch.exits.has('replica2')).toBe(true);
  engine.answer = async () => [];
  await close();
});

it('whoever runs is told to end, whatever the events said', async () => {
  const { engine, session, run, close } = open();
  engine.say({ action: 'start', service: 'replica1' });
  engine.say({ action: 'die', service: 'replica1' });
  await expect.poll(() => session.watch.exits.has('replica1'), patience).toBe(true);
  expect(run.view().deaths).toHaveLength(1);
  engine.answer = async () => [container('replica1', 'running')];
  await session.endContainers();
  expect(engine.told).toEqual(['SIGTERM replica1']);
  expect(run.view().deaths).toHaveLength(1);
  await close();
});
