import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';

const run = promisify(execFile);
const root = path.resolve(fileURLToPath(new URL('..', import.meta.url)));
const PROJECT = `electrode-lab-panel-test-${process.pid}`;
/** Of its own, so that the image of `npm start` stays what its label says. */
const REPLICA_IMAGE = 'electrode-lab/replica:panel-test';
const BUILD_LIMIT_MS = 8 * 60_000;
const RUN_LIMIT_MS = 90_000;

const launched = z.object({ id: z.string() });
const runView = z.object({
  state: z.string(),
  completed: z.number(),
  error: z.object({ message: z.string() }).nullable(),
  proof: z
    .object({
      mechanism: z.object({ verdict: z.string() }),
      sameLog: z.object({ verdict: z.string() }),
      objections: z.array(z.string()),
    })
    .nullable(),
});

describe('the top-level docker-compose.yaml', () => {
  let port = 0;

  beforeAll(async () => {
    await run('bash', ['scripts/stand-in-images.sh'], { cwd: root });
    port = await freePort();
    await compose('up', '--detach', '--build');
  }, BUILD_LIMIT_MS);

  afterAll(async () => {
    await compose('down', '--volumes', '--timeout', '30');
    await run('docker', ['rmi', '--force', REPLICA_IMAGE]);
  }, 60_000);

  it('becomes healthy and is published on loopback alone', async () => {
    await vi.waitUntil(async () => (await inspectPanel('{{.State.Health.Status}}')) === 'healthy', {
      timeout: 60_000,
      interval: 500,
    });
    expect(await inspectPanel('{{json (index .HostConfig.PortBindings "3000/tcp")}}')).toBe(
      JSON.stringify([{ HostIp: '127.0.0.1', HostPort: String(port) }]),
    );
  });

  it('finds an engine, Compose and the replica image', async () => {
    const readiness = await query('host.readiness', z.object({ canLaunch: z.boolean(), checks: z.array(z.unknown()) }));
    expect(readiness.canLaunch, JSON.stringify(readiness.checks)).toBe(true);
  });

  it('runs scenario3 with TC_BROADCAST to a proven result', { timeout: RUN_LIMIT_MS }, async () => {
    const { id } = await mutate('runs.launch', launched, {
      scenario: 'scenario3',
      variant: 'tc_broadcast',
      workload: {
        amount: { kind: 'requests', requests: 2000 },
        warmupSeconds: 0.5,
        clients: 1,
        payloadBytes: 64,
        getPercent: 50,
        placement: 'auto',
      },
      insist: true,
      requestId: randomUUID(),
    });
    const view = await vi.waitUntil(() => finishedView(id), { timeout: RUN_LIMIT_MS - 10_000, interval: 500 });
    expect(view.error).toBeNull();
    expect(view.state).toBe('done');
    expect(view.completed).toBe(2000);
    expect(view.proof?.mechanism.verdict).toBe('offloaded');
    expect(view.proof?.sameLog.verdict).toBe('same');
    expect(view.proof?.objections).toEqual([]);
  });

  async function finishedView(id: string): Promise<z.infer<typeof runView> | false> {
    const view = await query('runs.get', runView, { id });
    return ['done', 'failed', 'stopped', 'interrupted'].includes(view.state) ? view : false;
  }

  function compose(...args: string[]): Promise<unknown> {
    const env = { ...process.env, PORT: String(port), LAB_IMAGE: REPLICA_IMAGE };
    return run('docker', ['compose', '-p', PROJECT, '-f', 'docker-compose.yaml', ...args], {
      cwd: root,
      env,
      maxBuffer: 64 * 1024 * 1024,
    });
  }

  async function inspectPanel(format: string): Promise<string> {
    const { stdout } = await run('docker', ['inspect', '--format', format, `${PROJECT}-panel-1`]);
    return stdout.trim();
  }

  async function query<T>(procedure: string, schema: z.ZodType<T>, input?: unknown): Promise<T> {
    const parameter = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
    return unwrap(await fetch(`http://127.0.0.1:${port}/api/trpc/${procedure}${parameter}`), schema);
  }

  async function mutate<T>(procedure: string, schema: z.ZodType<T>, input: unknown): Promise<T> {
    const response = await fetch(`http://127.0.0.1:${port}/api/trpc/${procedure}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    return unwrap(response, schema);
  }
});

async function unwrap<T>(response: Response, schema: z.ZodType<T>): Promise<T> {
  const body: unknown = await response.json();
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${JSON.stringify(body)}`);
  return z.object({ result: z.object({ data: schema }) }).parse(body).result.data;
}

/** A port that was free a moment ago; Compose cannot choose one and tell. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
