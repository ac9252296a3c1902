/** The engine stops answering in the middle of a run: a socket between the two that is taken away and put back. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CuttingProxy } from './adapters/docker/cutting-proxy';
import { DockerEngine } from './adapters/docker/docker-engine';
import { NO_FILTER } from './domain/log-filter';
import type { Workload } from './domain/workload';
import { openTestLab, reach, smallWorkload, type TestLab, untilOver } from './open-test-lab';

let folder: string;
let proxy: CuttingProxy;
let open: TestLab;
const engine = new DockerEngine();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'electrode-lab-lost-'));
  proxy = new CuttingProxy(join(folder, 'docker.sock'));
  await proxy.listen();
  open = await openTestLab({ dockerHost: `unix://${proxy.path}` });
});
afterAll(async () => {
  await open.remove();
  await proxy.close();
  rmSync(folder, { recursive: true, force: true });
});

function launch(workload: Workload): Promise<string> {
  const request = { scenario: 'scenario3', variant: 'tc_broadcast', workload, insist: false };
  return open.lab.launch({ ...request, requestId: randomUUID() });
}

it('the run fails in the words of a lost engine and is kept; its containers go once the engine answers again', async () => {
  const id = await launch(smallWorkload({ amount: { kind: 'seconds', seconds: 60 } }));
  await reach(open, id, 'measuring');
  const { label } = open.lab.view(id).config;
  await expect.poll(() => open.lab.view(id).completed, { timeout: 20_000 }).toBeGreaterThan(100);
  await proxy.close();
  const lostAt = Date.now();

  const view = await untilOver(open, id);
  expect(Date.now() - lostAt).toBeLessThan(20_000);
  expect(view.state).toBe('failed');
  expect(view.error).toMatchObject({
    code: 'engine_lost',
    message: expect.stringContaining('stopped answering'),
    remedy: expect.stringContaining('docker'),
  });
  expect(view.removed).toBe('nothing yet: the engine does not answer');
  expect(view.completed).toBeGreaterThan(100);
  expect(view.latency).not.toBeNull();
  const remarks: string[] = [];
  for await (const lines of open.lab.logs.all(id, { ...NO_FILTER, sources: ['lab'] }))
    remarks.push(...lines.map(({ text }) => text));
  expect(remarks.join('\n')).toContain(`--filter label=electrode-lab.run=${label}`);
  expect(await engine.count(label)).toEqual({ containers: 4, networks: 1 });

  await proxy.listen();
  await expect.poll(() => engine.count(label), { timeout: 30_000 }).toEqual({ containers: 0, networks: 0 });
  expect(open.lab.view(id)).toEqual(view);

  const next = await untilOver(open, await launch(smallWorkload()));
  expect(next).toMatchObject({ state: 'done', proof: { fits: true } });
});
