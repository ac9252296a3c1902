import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Dockerode from 'dockerode';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { EngineEvent, RawLine } from '@/server/domain/ports';
import { CuttingProxy } from './cutting-proxy';
import { DockerEngine } from './docker-engine';

vi.setConfig({ testTimeout: 30_000 });

const IMAGE = 'debian:bookworm-slim';
const SOCKET = '/var/run/docker.sock';
const RUN = `t-${process.pid}-engine`;
const docker = new Dockerode({ socketPath: SOCKET });
const engine = new DockerEngine();

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'electrode-lab-engine-'));
});
afterEach(() => engine.removeLeftovers(RUN));
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  expect(await engine.count(RUN)).toEqual({ containers: 0, networks: 0 });
});

/** A labelled container that runs a fixed shell script. */
async function startContainer(script: string, options: { service?: string; tty?: boolean } = {}): Promise<Dockerode.Container> {
  const container = await docker.createContainer({
    Image: IMAGE,
    Cmd: ['sh', '-c', script],
    Tty: options.tty ?? false,
    Labels: { 'electrode-lab.run': RUN, 'com.docker.compose.service': options.service ?? 'replica1' },
    HostConfig: { NetworkMode: 'none', Init: true },
  });
  await container.start();
  return container;
}

/** Reads lines until the predicate holds or the stream ends. */
async function readUntil(source: AsyncIterable<RawLine[]>, done: (lines: RawLine[]) => boolean): Promise<RawLine[]> {
  const lines: RawLine[] = [];
  for await (const batch of source) {
    lines.push(...batch);
    if (done(lines)) break;
  }
  return lines;
}

describe('following a log', () => {
  let proxy: CuttingProxy;
  beforeEach(async () => {
    proxy = new CuttingProxy(join(folder, 'engine.sock'));
    await proxy.listen();
  });
  afterEach(async () => {
    await proxy.close();
  });

  test('cut 20 times, it loses and doubles nothing', async () => {
    const LINES = 6_000;
    const script = `i=0; while [ $i -lt ${LINES} ]; do i=$((i+1)); echo "out $i"; [ $((i%3)) = 0 ] && echo "err $i" >&2; [ $((i%20)) = 0 ] && sleep 0.01; done`;
    const container = await startContainer(script);
    const stop = new AbortController();
    const followed: RawLine[] = [];
    const expected = LINES + LINES / 3;
    let cutAt = expected / 25;
    for await (const batch of new DockerEngine({ dockerHost: `unix://${proxy.path}` }).logs(container.id, stop.signal)) {
      followed.push(...batch);
      if (proxy.cuts < 20 && followed.length >= cutAt) {
        proxy.cut();
        cutAt += expected / 25;
      }
      if (followed.length >= expected) break;
    }
    await container.wait();
    const recorded = await readUntil(engine.logs(container.id, stop.signal), (lines) => lines.length >= expected);
    expect(proxy.cuts).toBe(20);
    const text = (stream: RawLine['stream'], lines: RawLine[]) =>
      lines.filter((line) => line.stream === stream).map((line) => line.text);
    const numbers = Array.from({ length: LINES }, (_, index) => index + 1);
    expect(text('stdout', followed)).toEqual(numbers.map((n) => `out ${n}`));
    expect(text('stderr', followed)).toEqual(numbers.filter((n) => n % 3 === 0).map((n) => `err ${n}`));
    expect(new Set(followed.map(({ time, stream }) => `${time} ${stream}`))).toEqual(
      new Set(recorded.map(({ time, stream }) => `${time} ${stream}`)),
    );
  });

  test('lines over 16 KiB come whole, cut or not', async () => {
    const script = `for n in 1 2 3 4 5 6; do head -c 40000 /dev/zero | tr '\\0' $n; echo; echo "ü $n" >&2; sleep 0.05; done`;
    const container = await startContainer(script);
    const lines: RawLine[] = [];
    for await (const batch of new DockerEngine({ dockerHost: `unix://${proxy.path}` }).logs(
      container.id,
      new AbortController().signal,
    )) {
      lines.push(...batch);
      if (lines.length >= 12) break;
      proxy.cut();
    }
    const out = lines
      .filter((line) => line.stream === 'stdout')
      .map(({ text }) => `${text[0]} x ${text.length} ${new Set(text).size}`);
    expect(out).toEqual([1, 2, 3, 4, 5, 6].map((n) => `${n} x 40000 1`));
    expect(lines.filter((line) => line.stream === 'stderr').map(({ text }) => text)).toEqual(
      [1, 2, 3, 4, 5, 6].map((n) => `ü ${n}`),
    );
  });

  test('an engine that stays away ends it with engine_lost and a command', async () => {
    const container = await startContainer('echo one; sleep 60');
    const lines = new DockerEngine({ dockerHost: `unix://${proxy.path}` }).logs(container.id, new AbortController().signal);
    const following = (async () => {
      for await (const _ of lines) await proxy.close();
    })();
    await expect(following).rejects.toMatchObject({ code: 'engine_lost', remedy: expect.stringContaining('start docker') });
    await proxy.listen();
  });

  test('a container that stops and starts is followed on; removal ends it', async () => {
    const container = await startContainer('echo begins; printf "no newline at the end"');
    const lines: string[] = [];
    for await (const batch of engine.logs(container.id, new AbortController().signal)) {
      lines.push(...batch.map(({ text }) => text));
      // An empty batch: it stands still, and all it wrote is here.
      if (batch.length > 0) continue;
      if (lines.length === 2) await container.start();
      else await container.remove();
    }
    expect(lines).toEqual(['begins', 'no newline at the end', 'begins', 'no newline at the end']);
  });

  test('aborting ends it at once and quietly, while lines flow and while the container is stopped', async () => {
    const talking = await startContainer('while :; do echo x; sleep 0.01; done');
    const silent = await startContainer('echo once');
    await silent.wait();
    for (const container of [talking, silent]) {
      const stop = new AbortController();
      const lines: RawLine[] = [];
      for await (const batch of engine.logs(container.id, stop.signal)) {
        lines.push(...batch);
        setTimeout(() => stop.abort(), 100);
      }
      expect(lines.length).toBeGreaterThan(0);
    }
  });

  test("a terminal's output comes as lines", async () => {
    const container = await startContainer('echo one; echo two >&2', { tty: true });
    const lines = await readUntil(engine.logs(container.id, new AbortController().signal), (all) => all.length === 2);
    expect(lines.map(({ stream, text }) => `${stream} ${text}`)).toEqual(['stdout one', 'stdout two']);
  });
});

describe('the objects of a run', () => {
  test('containers are described, counted and removed with their networks; strangers stay', async () => {
    const network = await docker.createNetwork({
      Name: `electrode-lab-${RUN}_lab`,
      Labels: { 'electrode-lab.run': RUN },
      Internal: true,
    });
    const running = await startContainer('sleep 60', { service: 'replica10' });
    const ended = await startContainer('exit 3', { service: 'replica2' });
    await ended.wait();
    expect(await engine.containers(RUN)).toMatchObject([
      { service: 'replica2', state: 'exited', exitCode: 3, image: IMAGE },
      { service: 'replica10', state: 'running', exitCode: null, id: running.id },
    ]);
    expect(await engine.activeRuns()).toContain(RUN);
    expect(await engine.count(RUN)).toEqual({ containers: 2, networks: 1 });
    expect(await engine.count(`${RUN}-other`)).toEqual({ containers: 0, networks: 0 });
    // Two at once, as a stop and a teardown do: each object is counted by one of them.
    const [first, second] = await Promise.all([engine.removeLeftovers(RUN), engine.removeLeftovers(RUN)]);
    expect(first.containers + second.containers).toBe(2);
    expect(first.networks + second.networks).toBe(1);
    expect(await engine.count(RUN)).toEqual({ containers: 0, networks: 0 });
    await expect(network.inspect()).rejects.toMatchObject({ statusCode: 404 });
  });

  test('events of this run come once each, from before the first is asked for, over cut streams', async () => {
    const proxy = new CuttingProxy(join(folder, 'events.sock'));
    await proxy.listen();
    const stop = new AbortController();
    const source = new DockerEngine({ dockerHost: `unix://${proxy.path}` }).events(RUN, stop.signal);
    const container = await startContainer('exit 7', { service: 'client' });
    await container.wait();
    const events: EngineEvent[] = [];
    for await (const event of source) {
      events.push(event);
      proxy.cut();
      if (event.action === 'die') await container.remove();
      if (event.action === 'destroy') stop.abort();
    }
    await proxy.close();
    const id = container.id;
    const brief = events.map(({ action, service, containerId, exitCode }) => ({
      action,
      service,
      ours: containerId === id,
      exitCode,
    }));
    expect(brief.filter(({ ours }) => ours)).toEqual([
      { action: 'create', service: 'client', ours: true, exitCode: null },
      { action: 'start', service: 'client', ours: true, exitCode: null },
      { action: 'die', service: 'client', ours: true, exitCode: 7 },
      { action: 'destroy', service: 'client', ours: true, exitCode: null },
    ]);
  });

  test('the last lines of both streams come in the order of time', async () => {
    const container = await startContainer('for n in 1 2 3; do echo "out $n"; sleep 0.02; echo "err $n" >&2; sleep 0.02; done');
    await container.wait();
    expect(await engine.lastLines(container.id, 3)).toEqual(['err 2', 'out 3', 'err 3']);
    await container.remove();
    expect(await engine.lastLines(container.id, 3)).toEqual([]);
  });

  test('a signal reaches the process; one for a stopped container is an error', async () => {
    const container = await startContainer('trap "echo got it; exit 0" USR1; echo ready; while :; do sleep 0.02; done');
    const lines: string[] = [];
    for await (const batch of engine.logs(container.id, new AbortController().signal)) {
      lines.push(...batch.map(({ text }) => text));
      if (lines.length >= 2) break;
      await engine.signal(container.id, 'SIGUSR1');
    }
    expect(lines).toEqual(['ready', 'got it']);
    await container.wait();
    await expect(engine.signal(container.id, 'SIGUSR1')).rejects.toMatchObject({ code: 'run_over' });
  });

  test('a command in a container tells its exit code and both streams; a missing binary is 126 or 127', async () => {
    const container = await startContainer('sleep 60');
    const run = (...argv: string[]) => engine.exec(container.id, argv, { privileged: false });
    expect(await run('sh', '-c', 'printf a; printf b >&2; exit 5')).toEqual({ exitCode: 5, stdout: 'a', stderr: 'b' });
    expect((await run('head', '-c', '300000', '/dev/zero')).stdout).toHaveLength(300_000);
    expect([126, 127]).toContain((await run('no-such-binary')).exitCode);
    expect(await engine.hasSysAdmin(container.id)).toBe(false);
  });
});

describe('an engine that cannot be reached', () => {
  test('no socket, and nobody listening on one, are engine_absent with a command', async () => {
    const absent = { code: 'engine_absent', remedy: expect.stringContaining('start docker') };
    await expect(new DockerEngine({ dockerHost: `unix://${folder}/none.sock` }).facts()).rejects.toMatchObject(absent);
    await expect(new DockerEngine({ dockerHost: 'tcp://127.0.0.1:1' }).activeRuns()).rejects.toMatchObject(absent);
  });

  // Root may open any socket, so a process of its own gives the right up.
  test.skipIf(process.getuid?.() !== 0)('a user who may not open the socket gets engine_denied', async () => {
    const module = new URL('./docker-engine.ts', import.meta.url).href;
    const code = `
      const { DockerEngine } = await import(${JSON.stringify(module)});
      process.setgroups([65534]); process.setgid(65534); process.setuid(65534);
      await new DockerEngine().facts().catch((error) => console.log(JSON.stringify({ code: error.code, remedy: error.remedy })));`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const printed: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
    await once(child, 'close');
    expect(JSON.parse(Buffer.concat(printed).toString())).toEqual({
      code: 'engine_denied',
      remedy: 'sudo usermod -aG docker "$USER"   # then log in again',
    });
  });

  test('facts come from a real engine', async () => {
    const facts = await engine.facts();
    expect(facts.engine).toMatch(/^\d+\.\d+/);
    expect(facts.cores).toBeGreaterThan(0);
    expect(facts.memoryBytes).toBeGreaterThan(2 ** 28);
    expect(await engine.imageDigest(IMAGE)).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(await engine.imageDigest('electrode-lab/none:none')).toBeNull();
  });
});
