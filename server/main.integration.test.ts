/** The panel as a process of its own: what a user starts, and what a signal in the middle of a run leaves behind. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openStore } from './adapters/store/open-store';
import { labelOf, RUN_LABEL } from './domain/run-label';
import { smallWorkload } from './open-test-lab';
import { PanelProcess } from './panel-process';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const built = existsSync(join(ROOT, '.next', 'BUILD_ID'));

let panels: PanelProcess;
let dataDir: string;

beforeEach(() => {
  panels = new PanelProcess();
  dataDir = panels.dataDir;
});
afterEach(() => panels.remove());

const start = (environment: Record<string, string>) => panels.start(environment);

const launched = z.object({ result: z.object({ data: z.object({ id: z.string() }) }) });
const viewed = z.object({ result: z.object({ data: z.object({ state: z.string(), completed: z.number() }) }) });

async function launch(address: string, seconds: number): Promise<string> {
  const workload = smallWorkload({ amount: { kind: 'seconds', seconds } });
  const response = await fetch(`${address}/api/trpc/runs.launch`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: address },
    body: JSON.stringify({ scenario: 'scenario3', variant: 'tc_broadcast', workload, insist: false, requestId: randomUUID() }),
  });
  return launched.parse(await response.json()).result.data.id;
}

async function view(address: string, id: string) {
  const input = encodeURIComponent(JSON.stringify({ id }));
  return viewed.parse(await (await fetch(`${address}/api/trpc/runs.get?input=${input}`)).json()).result.data;
}

function leftOf(id: string): string {
  const store = openStore({ dataDir });
  const label = `label=${RUN_LABEL}=${labelOf(store.storeId, id)}`;
  store.close();
  const ask = (...args: string[]) => execFileSync('docker', [...args, '-q', '--filter', label], { encoding: 'utf8' });
  return ask('ps', '-a') + ask('network', 'ls');
}

describe.skipIf(!built)('the panel (skipped without a build of the web app)', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'on %s mid-run tears the cluster down and keeps what was measured',
    async (signal) => {
      const { panel, address, exit } = start({});
      const at = await address;
      const id = await launch(at, 30);
      await expect.poll(() => view(at, id), { timeout: 60_000, interval: 100 }).toMatchObject({ state: 'measuring' });
      await expect.poll(async () => (await view(at, id)).completed, { timeout: 20_000 }).toBeGreaterThan(100);
      const signalledAt = Date.now();
      panel.kill(signal);
      expect(await exit).toBe(0);
      expect(Date.now() - signalledAt).toBeLessThan(15_000);
      expect(leftOf(id)).toBe('');
      const store = openStore({ dataDir });
      expect(store.view(id)).toMatchObject({ state: 'interrupted', removed: '4 containers, 1 network' });
      expect(store.view(id)?.completed).toBeGreaterThan(100);
      expect(store.intervals(id).length).toBeGreaterThan(2);
      expect((await store.readLog(id, 1, 10)).length).toBe(10);
      store.close();
    },
  );

  it('killed outright is cleaned up after by the next start', async () => {
    const first = start({});
    const id = await launch(await first.address, 30);
    const at = await first.address;
    await expect.poll(() => view(at, id), { timeout: 60_000, interval: 100 }).toMatchObject({ state: 'measuring' });
    first.panel.kill('SIGKILL');
    await first.exit;
    expect(leftOf(id)).not.toBe('');
    const second = start({});
    const again = await second.address;
    await expect.poll(() => view(again, id), { timeout: 20_000, interval: 100 }).toMatchObject({ state: 'interrupted' });
    expect(leftOf(id)).toBe('');
    second.panel.kill('SIGTERM');
    expect(await second.exit).toBe(0);
  });

  it('names the port that is taken and ends with 1', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { exit, said } = start({ PORT: String(port) });
    expect(await exit).toBe(1);
    expect(said()).toContain(`port ${port} on 127.0.0.1 is taken`);
    expect(said()).toContain(`PORT=${port + 1}`);
    taken.close();
  });
});

describe('the environment', () => {
  it('is refused with every problem at once', async () => {
    const { exit, said } = start({ PORT: 'many', DOCKER_HOST: 'somewhere' });
    expect(await exit).toBe(1);
    expect(said()).toContain('PORT=many');
    expect(said()).toContain('DOCKER_HOST=somewhere');
  });
});
