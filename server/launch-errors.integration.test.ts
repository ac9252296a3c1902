/** What a user can get wrong, and what the machine can lack: a clear error each time, and nothing left behind. */
import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestLab, smallWorkload, type TestLab, untilOver } from './open-test-lab';

let open: TestLab;
let scenariosDir: string;

beforeAll(async () => {
  scenariosDir = mkdtempSync(join(tmpdir(), 'electrode-lab-scenarios-'));
  open = await openTestLab({ scenariosDir });
  cpSync(new URL('../scenarios/scenario3', import.meta.url), join(scenariosDir, 'scenario3'), { recursive: true });
  const compose = readFileSync(join(scenariosDir, 'scenario3', 'docker-compose.yaml'), 'utf8');
  add('broken', 'services:\n  replica1:\n    image: [unclosed\n');
  add('notcompose', 'title: a shopping list\n');
  add('noimage', compose.replaceAll(/image: .*/g, 'image: electrode-lab/never-built:dev'));
  add('badnode', compose.replace('NODE_ID: 2', 'NODE_ID: 99'));
  add('badoffload', compose.replace('OFFLOADS: tc_broadcast', 'OFFLOADS: warp_drive'));
});

afterAll(async () => {
  await open.remove();
  rmSync(scenariosDir, { recursive: true, force: true });
});

function add(name: string, compose: string): void {
  mkdirSync(join(scenariosDir, name));
  writeFileSync(join(scenariosDir, name, 'docker-compose.yaml'), compose);
}

function launch(scenario: string, variant: string, workload = smallWorkload(), lab = open.lab) {
  return lab.launch({ scenario, variant, workload, insist: false, requestId: randomUUID() });
}

describe('a launch', () => {
  it('of an unknown scenario names those that are known', async () => {
    const error = await launch('scenario4', 'baseline').catch((each: unknown) => each);
    expect(error).toMatchObject({ code: 'unknown_scenario', message: expect.stringContaining('"scenario4"') });
    expect(error).toMatchObject({ remedy: expect.stringContaining('scenario3') });
  });

  it('cannot leave the folder of scenarios', async () => {
    await expect(launch('../scenario3', 'baseline')).rejects.toMatchObject({ code: 'unknown_scenario' });
  });

  it('of an unknown variant names those of the scenario', async () => {
    await expect(launch('scenario3', 'fast_reply')).rejects.toMatchObject({
      code: 'unknown_variant',
      remedy: 'It has: baseline, tc_broadcast.',
    });
  });

  it('of malformed YAML names file and line', async () => {
    const error = launch('broken', 'baseline');
    await expect(error).rejects.toMatchObject({
      code: 'bad_compose_file',
      message: expect.stringMatching(/docker-compose\.yaml.*\d/s),
    });
  });

  it('of YAML that is no compose file says so', async () => {
    await expect(launch('notcompose', 'baseline')).rejects.toMatchObject({ code: 'bad_compose_file' });
  });

  it.each([
    ['no requests', { amount: { kind: 'requests', requests: 0 } }, 'Requests is 0'],
    ['negative requests', { amount: { kind: 'requests', requests: -5 } }, 'Requests is -5'],
    ['absurdly many requests', { amount: { kind: 'requests', requests: 100_000_001 } }, 'above the most, 100,000,000'],
    ['an absurd duration', { amount: { kind: 'seconds', seconds: 1e9 } }, 'Duration is 1,000,000,000'],
    ['a payload beyond the MTU', { payloadBytes: 9000 }, 'Payload is 9,000'],
    ['half a client', { clients: 0.5 }, 'Clients is 0.5'],
  ] as const)('with %s names value and bound', async (_, change, words) => {
    const error = launch('scenario3', 'baseline', smallWorkload(change));
    await expect(error).rejects.toMatchObject({ code: 'bad_workload', message: expect.stringContaining(words) });
  });

  it('without the image fails before anything is created, naming it', async () => {
    const view = await untilOver(open, await launch('noimage', 'baseline'));
    expect(view.state).toBe('failed');
    expect(view.error).toMatchObject({
      code: 'image_missing',
      message: expect.stringContaining('electrode-lab/never-built:dev'),
    });
    expect(view.phases.map(({ phase }) => phase)).toEqual(['queued', 'build']);
  });

  it('whose replicas die at start names the service and shows its last lines', async () => {
    const view = await untilOver(open, await launch('badoffload', 'tc_broadcast'));
    expect(view.state).toBe('failed');
    expect(view.error).toMatchObject({ code: 'container_died', service: expect.stringMatching(/^replica\d$/) });
    expect(view.error?.lastLines.join('\n')).toContain('warp_drive');
    expect(view.removed).toBe('4 containers, 1 network');
  });

  it('with one replica of a wrong number names that one and shows its last lines', async () => {
    const view = await untilOver(open, await launch('badnode', 'baseline'));
    expect(view.state).toBe('failed');
    expect(view.error).toMatchObject({ code: 'container_died', service: 'replica2' });
    expect(view.error?.message).toContain('replica2');
    expect(view.error?.lastLines.join('\n')).toMatch(/NODE_ID.*99/);
    expect(view.removed).toBe('4 containers, 1 network');
  });

  it('without an engine says so and how to start it', async () => {
    const alone = await openTestLab({ dockerHost: 'unix:///nonexistent/docker.sock' });
    const error = await launch('scenario3', 'baseline', smallWorkload(), alone.lab).catch((each: unknown) => each);
    expect(error).toMatchObject({ code: 'engine_absent', remedy: expect.stringContaining('docker') });
    expect((await alone.readiness()).canLaunch).toBe(false);
    await alone.remove();
  });

  it('after the shutdown began is refused', async () => {
    const closing = await openTestLab();
    await closing.lab.close();
    await expect(launch('scenario3', 'baseline', smallWorkload(), closing.lab)).rejects.toMatchObject({
      code: 'shutting_down',
    });
    await closing.remove();
  });
});
