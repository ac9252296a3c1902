/** What `labfault` is told and what is made of its answers, with a program that is played. */
import { expect, it } from 'vitest';
import type { FaultHolder } from '@/server/domain/ports';
import type { BesideSpec } from '../docker/beside-container';
import type { FaultContainer, FaultHost } from '../docker/fault-container';
import { ContainerFaultInjector } from './container-fault-injector';

/** Answers each numbered line as it is told to; `done` unless said otherwise. */
class PlayedProgram implements FaultContainer {
  readonly id = 'labfault';
  readonly heard: string[] = [];
  readonly lines: AsyncIterable<string>;
  removed = false;
  answer: (line: string) => object[] = (line) => done(line);
  readonly #queue: string[] = [];
  #wake: () => void = () => {};
  #closed = false;

  constructor() {
    this.lines = this.#said();
  }

  say(...events: object[]): void {
    this.#queue.push(...events.map((event) => JSON.stringify(event)));
    this.#wake();
  }

  lastWords(): string {
    return 'labfault: killed';
  }

  async write(line: string): Promise<void> {
    if (this.#closed) throw new Error('its input is closed');
    if (line === 'alive') return;
    this.heard.push(line);
    this.say(...this.answer(line));
  }

  closeInput(): void {
    this.#closed = true;
    this.#wake();
  }

  async remove(): Promise<void> {
    this.removed = true;
  }

  async *#said(): AsyncGenerator<string, void, void> {
    while (!this.#closed || this.#queue.length > 0) {
      const line = this.#queue.shift();
      if (line !== undefined) yield line;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }
}

const done = (line: string) => {
  const [command, seq] = line.split(' ');
  return command === 'target' ? [] : [{ event: 'done', seq: Number(seq) }];
};

const NODES = [
  { name: 'replica1', id: 1, containerId: 'a' },
  { name: 'replica2', id: 2, containerId: 'b' },
  { name: 'client', id: 0, containerId: 'c' },
];

/** pids: host process ids by container; one that is missing does not run. */
function host(program: PlayedProgram, pids: Record<string, number>) {
  const started: BesideSpec[] = [];
  const engine: FaultHost = {
    hostPid: async (id) => pids[id] ?? null,
    startFaults: async (spec) => {
      started.push(spec);
      return program;
    },
  };
  const injector = new ContainerFaultInjector(engine, 'the/image');
  const request = { label: '3fa9c1-r-0001', nodes: NODES, cpuset: null };
  return { started, open: (signal = new AbortController().signal) => injector.open(request, signal) };
}

async function openReady(pids: Record<string, number> = { a: 11, b: 12, c: 13 }) {
  const program = new PlayedProgram();
  program.say({ event: 'ready' });
  const { started, open } = host(program, pids);
  return { program, started, holder: await open(), pids };
}

const rule = (target: string, from: string | null, lossPercent: number) => ({ target, from, lossPercent, duplicatePercent: 0 });

it('starts with those that run, says rules in millionths and changes alone', async () => {
  const { program, started, holder } = await openReady();
  expect(started).toMatchObject([{ image: 'the/image', argv: ['labfault', 'replica1=11=1', 'replica2=12=2', 'client=13=0'] }]);
  await holder.apply({ rules: [rule('replica1', null, 100), rule('replica2', 'client', 2.5)], paused: [] });
  await holder.apply({ rules: [rule('replica1', null, 100), rule('replica2', 'client', 2.5)], paused: ['replica2'] });
  await holder.apply({ rules: [], paused: [] });
  expect(program.heard).toEqual(['rules 1 replica1:*:1000000:0 replica2:0:25000:0', 'pause 2 replica2', 'rules 3', 'pause 4']);
  await holder.close();
  await expect(holder.ended).resolves.toBeNull();
  expect(program.removed).toBe(true);
});

it('leaves out who does not run, and says all of it once that one is back', async () => {
  const { program, started, holder, pids } = await openReady({ a: 11 });
  expect(started[0]?.argv).toEqual(['labfault', 'replica1=11=1']);
  await holder.apply({ rules: [rule('replica1', null, 5), rule('replica2', 'replica1', 5)], paused: ['replica2'] });
  pids.b = 22;
  await holder.moved({ name: 'replica2', id: 2, containerId: 'b' });
  expect(program.heard).toEqual([
    'rules 1 replica1:*:50000:0',
    'target replica2 22 2',
    'rules 2 replica1:*:50000:0 replica2:1:50000:0',
    'pause 3 replica2',
  ]);
  await holder.close();
});

it('fails with the words of the program, those about a target among them', async () => {
  const { program, holder, pids } = await openReady();
  program.answer = (line) => [{ event: 'failed', seq: Number(line.split(' ')[1]), message: 'no such namespace' }];
  const apply = (on: FaultHolder) => on.apply({ rules: [rule('replica1', null, 5)], paused: [] });
  await expect(apply(holder)).rejects.toMatchObject({
    code: 'fault_failed',
    message: expect.stringContaining('no such namespace'),
  });
  program.answer = (line) =>
    line.startsWith('target') ? [{ event: 'failed', seq: 0, message: 'process 99 is gone' }] : done(line);
  pids.b = 99;
  const moved = holder.moved({ name: 'replica2', id: 2, containerId: 'b' });
  await expect(moved).rejects.toThrow('process 99 is gone');
  program.answer = done;
  await apply(holder);
  await holder.close();
});

it('names senders in its counts', async () => {
  const { program, holder } = await openReady();
  const counted = { lost: 12, doubled: 3 };
  program.answer = (line) => [
    {
      event: 'counts',
      counts: [
        { target: 'replica2', from: 1, ...counted },
        { target: 'replica1', from: 0, ...counted },
      ],
    },
    ...done(line),
  ];
  await holder.apply({ rules: [rule('replica2', null, 5)], paused: [] });
  expect(holder.counts()).toEqual([
    { target: 'replica2', from: 'replica1', ...counted },
    { target: 'replica1', from: 'client', ...counted },
  ]);
  await holder.close();
});

it('says why it ended by itself, and fails whoever waits', async () => {
  const { program, holder } = await openReady();
  program.answer = () => [];
  const waiting = expect(holder.apply({ rules: [], paused: ['replica1'] })).rejects.toMatchObject({ code: 'fault_failed' });
  program.say({ event: 'problem', message: 'no command came for 3000 ms' });
  program.closeInput();
  await waiting;
  await expect(holder.ended).resolves.toBe('no command came for 3000 ms');
  await expect(holder.apply({ rules: [], paused: ['replica2'] })).rejects.toThrow('has ended');
  await holder.close();
});

it('refuses to open without the rights, without a container, and for a run that is to end', async () => {
  const program = new PlayedProgram();
  program.say({ event: 'problem', message: 'the kernel lets it use no BPF' });
  await expect(host(program, { a: 1 }).open()).rejects.toMatchObject({
    code: 'fault_failed',
    message: expect.stringContaining('no BPF'),
  });
  expect(program.removed).toBe(true);
  await expect(host(new PlayedProgram(), {}).open()).rejects.toThrow('no container runs');
  const ending = new AbortController();
  const opening = expect(host(new PlayedProgram(), { a: 1 }).open(ending.signal)).rejects.toMatchObject({
    code: 'fault_failed',
  });
  ending.abort();
  await opening;
});
