/** The panel over real HTTP and WebSockets, with a real run behind it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { z } from 'zod';
import { chunkOf } from '../domain/log-chunk';
import { NO_FILTER } from '../domain/log-filter';
import { openTestLab, reach, smallWorkload, type TestLab, untilOver } from '../open-test-lab';
import type { Pages } from './pages';
import { createPanelServer, type PanelServer } from './panel-server';
import { RequestGuard } from './request-guard';

const noPages: Pages = {
  handle: async (_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>page</p>');
  },
  upgrade: null,
  close: async () => {},
};

let open: TestLab;
let server: PanelServer;
let port: number;
const unexpected: unknown[] = [];

function panel(lab: TestLab): PanelServer {
  return createPanelServer({
    services: Object.assign(lab.lab, { readiness: lab.readiness }),
    guard: new RequestGuard(['127.0.0.1', 'localhost']),
    pages: noPages,
    dev: false,
    onError: (error) => unexpected.push(error),
  });
}

beforeAll(async () => {
  open = await openTestLab();
  server = panel(open);
  port = await server.listen(0, '127.0.0.1');
});
afterAll(async () => {
  await server.close();
  await open.remove();
  expect(unexpected).toEqual([]);
});

const line = z.object({ seq: z.number(), source: z.string(), text: z.string() });

const message = z.object({
  id: z.number().nullable().optional(),
  error: z.object({ message: z.string() }).optional(),
  result: z
    .object({
      type: z.string(),
      data: z
        .object({
          id: z.string(),
          data: z.object({
            reset: z.boolean(),
            lines: z.array(line),
            chunks: z.array(z.object({ chunk: z.number(), shown: z.number() })),
          }),
        })
        .optional(),
    })
    .optional(),
});

type Line = z.infer<typeof line>;
type Followed = { lines: Line[]; counts: Map<number, number>; cuts: number; resets: number };

/** Follows a run's log, cutting the socket without a word after every `cutAfter` batches, and resuming as the client does. */
async function followLog(id: string, cutAfter: number): Promise<Followed> {
  const followed: Followed = { lines: [], counts: new Map(), cuts: 0, resets: 0 };
  let lastEventId: string | undefined;
  for (;;) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/trpc`);
    await once(socket, 'open');
    const input = { id, filter: NO_FILTER };
    const params = { path: 'logs.watch', input, ...(lastEventId === undefined ? {} : { lastEventId }) };
    socket.send(JSON.stringify({ id: 1, method: 'subscription', params }));
    let batches = 0;
    const complete = await new Promise<boolean>((resolve, reject) => {
      socket.on('close', () => resolve(false));
      socket.on('message', (raw) => {
        const text = raw.toString();
        if (text === 'PING') return socket.send('PONG');
        const { result, error } = message.parse(JSON.parse(text));
        if (error !== undefined) return reject(new Error(error.message));
        if (result?.type === 'stopped') return resolve(true);
        const batch = result?.data;
        if (batch === undefined || batches >= cutAfter) return;
        if (batch.data.reset) followed.resets++;
        followed.lines.push(...batch.data.lines);
        for (const { chunk, shown } of batch.data.chunks) followed.counts.set(chunk, shown);
        lastEventId = batch.id;
        if (++batches >= cutAfter) socket.terminate();
      });
    });
    socket.terminate();
    if (complete) return followed;
    followed.cuts++;
  }
}

/** What was sent, with the chunks that were not sent whole. */
async function fillGaps(id: string, { lines, counts }: Followed): Promise<Line[]> {
  const bySeq = new Map(lines.map((each) => [each.seq, each]));
  for (const [chunk, shown] of counts) {
    if (lines.filter(({ seq }) => chunkOf(seq) === chunk).length === shown) continue;
    const input = encodeURIComponent(JSON.stringify({ id, filter: NO_FILTER, chunk }));
    const response = await fetch(`http://127.0.0.1:${port}/api/trpc/logs.chunk?input=${input}`);
    const page = z.object({ result: z.object({ data: z.object({ lines: z.array(line) }) }) }).parse(await response.json());
    for (const each of page.result.data.lines) bySeq.set(each.seq, each);
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** The engine's own account of a container's output, both streams, from its first line to its removal. */
function followDocker(container: string): { done: Promise<string[]> } {
  const child: ChildProcess = spawn('docker', ['logs', '--follow', container], { stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: { out: string; err: string } = { out: '', err: '' };
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    chunks.out += chunk;
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    chunks.err += chunk;
  });
  const done = once(child, 'close').then(() => [...linesOf(chunks.out), ...linesOf(chunks.err)]);
  return { done };
}

/** Every line of a text that ends in a newline, empty ones included. */
function linesOf(text: string): string[] {
  return text.split('\n').slice(0, -1);
}

describe('the panel', () => {
  it('loses and doubles no log line when its WebSocket is killed again and again', async () => {
    const workload = smallWorkload({ amount: { kind: 'seconds', seconds: 3 } });
    const id = await open.lab.launch({
      scenario: 'scenario3',
      variant: 'baseline',
      workload,
      insist: false,
      requestId: randomUUID(),
    });
    const followed = followLog(id, 7);
    await reach(open, id, 'leader');
    const services = ['replica1', 'replica2', 'replica3', 'client'];
    const docker = services.map((service) => followDocker(`${open.lab.view(id).config.project}-${service}-1`));
    const view = await untilOver(open, id);
    expect(view.state).toBe('done');
    const log = await followed;
    expect(log.cuts).toBeGreaterThan(3);
    expect(log.resets).toBe(1);
    const sent = log.lines.map(({ seq }) => seq);
    expect(sent).toEqual([...new Set(sent)].sort((a, b) => a - b));
    const lines = await fillGaps(id, log);
    expect(lines.map(({ seq }) => seq)).toEqual(Array.from({ length: view.logLines }, (_, index) => index + 1));
    for (const [index, service] of services.entries()) {
      const ours = lines.filter(({ source }) => source === service).map(({ text }) => text);
      const theirs = (await docker[index]?.done) ?? [];
      expect(ours.length).toBeGreaterThan(10);
      expect([...ours].sort()).toEqual([...theirs].sort());
    }
  });

  it('refuses a WebSocket from a foreign origin or to a foreign host', async () => {
    for (const headers of [
      { Origin: 'http://evil.example' },
      { Origin: `http://127.0.0.1:${port + 1}` },
      { Host: 'evil.example' },
    ]) {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/api/trpc`, { headers });
      const [error] = await once(socket, 'error');
      expect(String(error)).toContain('403');
    }
  });

  it('lets its own origin in', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/trpc`, { headers: { Origin: `http://127.0.0.1:${port}` } });
    await once(socket, 'open');
    socket.terminate();
  });

  it('refuses mutations from a foreign origin, and anything for a foreign host', async () => {
    const mutate = (headers: Record<string, string>) =>
      fetch(`http://127.0.0.1:${port}/api/trpc/runs.stop`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify({ id: 'r-9999' }),
      });
    expect((await mutate({ Origin: 'http://evil.example' })).status).toBe(403);
    expect((await mutate({ Origin: `http://127.0.0.1:${port}` })).status).toBe(404);
    for (const path of ['/', '/api/health', '/api/trpc/runs.list']) {
      // fetch sets Host itself; this one says what it is told.
      const asked = request({ host: '127.0.0.1', port, path, headers: { Host: 'evil.example' } }).end();
      const [answer] = await once(asked, 'response');
      expect(answer).toMatchObject({ statusCode: 403 });
      answer.resume();
    }
  });

  it('answers a malformed id with words and touches no file', async () => {
    const input = encodeURIComponent(JSON.stringify({ id: '../../etc/passwd' }));
    const response = await fetch(`http://127.0.0.1:${port}/api/trpc/runs.get?input=${input}`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('a run id looks like r-0007');
    expect((await fetch(`http://127.0.0.1:${port}/api/runs/..%2f..%2flab.db/log.txt`)).status).toBe(404);
  });

  it('sets its security headers on every answer', async () => {
    for (const path of ['/', '/api/health', '/api/nothing']) {
      const { headers } = await fetch(`http://127.0.0.1:${port}${path}`);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('hands out a finished log as text and as JSON lines', async () => {
    const id = 'r-0001';
    const total = open.lab.view(id).logLines;
    for (const format of ['txt', 'jsonl']) {
      const response = await fetch(`http://127.0.0.1:${port}/api/runs/${id}/log.${format}`);
      expect(response.headers.get('content-disposition')).toContain(`${id}.log.${format}`);
      expect((await response.text()).trimEnd().split('\n')).toHaveLength(total);
    }
    expect((await fetch(`http://127.0.0.1:${port}/api/runs/r-9999/log.txt`)).status).toBe(404);
  });

  it('hands out what a filter shows, and says what is wrong with one that is none', async () => {
    const address = `http://127.0.0.1:${port}/api/runs/r-0001`;
    const query = 'text=%22event%22%3A%22(ready%7Cphase)%22&regex=1&sources=client,replica1';
    const found = (await (await fetch(`${address}/log.jsonl?${query}`)).text()).trimEnd().split('\n');
    const events = found.map((text) => line.parse(JSON.parse(text)));
    expect(new Set(events.map(({ source }) => source))).toEqual(new Set(['client', 'replica1']));
    expect(events.every(({ text }) => /"event":"(ready|phase)"/.test(text))).toBe(true);
    const total = open.lab.view('r-0001').logLines;
    const rest = (await (await fetch(`${address}/log.txt?text=%22event%22&inverse=1`)).text()).trimEnd().split('\n');
    const eventLines = (await (await fetch(`${address}/log.txt?text=%22event%22`)).text()).trimEnd().split('\n');
    expect(rest.length + eventLines.length).toBe(total);
    const bad = await fetch(`${address}/log.txt?text=(&regex=1`);
    expect(bad.status).toBe(400);
    expect(await bad.json()).toMatchObject({ code: 'bad_filter', message: expect.stringContaining('missing closing )') });
    expect((await fetch(`${address}/log.txt?level=loud`)).status).toBe(400);
  });

  it('hands out runs as an archive that it takes back as new runs, and keeps nothing of a torn one', async () => {
    const address = `http://127.0.0.1:${port}`;
    const exported = await fetch(`${address}/api/runs/archive.tar.gz?ids=r-0001`);
    expect(exported.headers.get('content-disposition')).toContain('.tar.gz');
    const bytes = new Uint8Array(await exported.arrayBuffer());
    const post = (body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
      fetch(`${address}/api/import?name=some.tar.gz`, { method: 'POST', body, headers });
    const imported = await post(bytes);
    expect(imported.status).toBe(200);
    expect(await imported.json()).toMatchObject({ experiment: null, runs: [expect.stringMatching(/^r-\d{4}$/)] });
    const { total } = open.lab.list({ limit: 1 });
    const torn = await post(bytes.slice(0, Math.floor(bytes.length / 2)));
    expect(torn.status).toBe(422);
    expect(await torn.json()).toMatchObject({ code: 'bad_archive', message: expect.stringContaining('some.tar.gz') });
    expect((await post(bytes, { Origin: 'http://evil.example' })).status).toBe(403);
    expect(open.lab.list({ limit: 1 }).total).toBe(total);
  });

  it('answers for files that are not there, and for malformed ids, with words', async () => {
    const ask = async (path: string) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`);
      return { status: response.status, text: await response.text() };
    };
    for (const file of ['report.html', 'report.md', 'results.csv', 'runs.csv', 'archive.tar.gz']) {
      const answer = await ask(`/api/experiments/x-9999/${file}`);
      expect(answer).toMatchObject({ status: 404, text: expect.stringContaining('there is no experiment x-9999') });
    }
    expect((await ask('/api/experiments/x-9999/lab.db')).status).toBe(404);
    expect(await ask('/api/runs/archive.tar.gz?ids=../lab.db')).toMatchObject({ status: 400 });
  });

  it('says which port is taken and how to take another', async () => {
    const second = panel(open);
    await expect(second.listen(port, '127.0.0.1')).rejects.toMatchObject({
      code: 'port_taken',
      message: `port ${port} on 127.0.0.1 is taken`,
      remedy: expect.stringContaining(`PORT=${port + 1}`),
    });
  });
});
