/** A user who may not talk to the engine: the same refusal of the kernel, from a socket that nobody may write to. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CuttingProxy } from '@/server/adapters/docker/cutting-proxy';
import { runLab } from './lab-process';

/** Root is denied nothing unless it gives this up. */
const WITHOUT_OVERRIDE = ['setpriv', '--bounding-set', '-dac_override,-dac_read_search', '--'];

let folder: string;
let proxy: CuttingProxy;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'electrode-lab-denied-'));
  proxy = new CuttingProxy(join(folder, 'docker.sock'));
  await proxy.listen();
});
afterAll(async () => {
  await proxy.close();
  rmSync(folder, { recursive: true, force: true });
});

function lab(args: string[]) {
  const environment = { LAB_DATA_DIR: join(folder, 'var'), DOCKER_HOST: `unix://${proxy.path}` };
  return runLab(args, { environment, wrapper: process.getuid?.() === 0 ? WITHOUT_OVERRIDE : [] });
}

const run = ['run', 'scenario3', '--variant', 'baseline', '--requests', '100'];

describe('without the right to use the Docker socket', () => {
  beforeAll(() => chmodSync(proxy.path, 0o000));

  it.each([
    ['run', run],
    ['doctor', ['doctor']],
  ])('lab %s says whose socket it is and how to get the right', async (_, args) => {
    const { code, out, err } = await lab(args);
    expect(code).toBe(1);
    expect(out + err).toContain(`permission denied at the Docker socket unix://${proxy.path}`);
    expect(out + err).toContain('sudo usermod -aG docker');
  });
});

it('with the right the same socket serves', async () => {
  chmodSync(proxy.path, 0o600);
  expect((await lab(['doctor'])).code).toBe(0);
});
