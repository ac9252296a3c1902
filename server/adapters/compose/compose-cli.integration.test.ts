import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { LabError } from '@/server/domain/errors';
import { OBSERVE_NOTHING } from '@/server/domain/observation';
import type { ComposeLaunch } from '@/server/domain/ports';
import type { RunConfig } from '@/server/domain/run';
import { projectOf } from '@/server/domain/run-label';
import type { Scenario } from '@/server/domain/scenario';
import { WORKLOAD_DEFAULT } from '@/server/domain/workload';
import { DockerEngine } from '../docker/docker-engine';
import { ComposeCli } from './compose-cli';

vi.setConfig({ testTimeout: 60_000 });

const RUN = `t-${process.pid}-compose`;
const SERVICE = 'image: debian:bookworm-slim\n    command: [sleep, "60"]\n    stop_grace_period: 0s';
const engine = new DockerEngine();
const environment = Object.fromEntries(
  ['PATH', 'HOME', 'DOCKER_CONFIG', 'DOCKER_HOST'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  }),
);

let folder: string;
let composer: ComposeCli;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'electrode-lab-compose-'));
  composer = new ComposeCli({ scenariosDir: folder, environment });
  await composer.version();
});
afterEach(() => engine.removeLeftovers(RUN));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A scenario of our own in the temporary folder, its override written, ready for `up`. */
async function prepare(compose: string): Promise<ComposeLaunch> {
  await mkdir(join(folder, 'mine'), { recursive: true });
  await writeFile(join(folder, 'mine', 'docker-compose.yaml'), compose);
  const { scenarios, broken } = await composer.catalogue();
  const [scenario] = scenarios;
  if (scenario === undefined) throw new Error(broken[0]?.problem ?? 'no scenario');
  const overrideFile = join(folder, 'override.yaml');
  await writeFile(overrideFile, await composer.override(configOf(scenario), scenario));
  return { scenario, project: projectOf(RUN), overrideFile };
}

function configOf(scenario: Scenario): RunConfig {
  const [variant] = scenario.variants;
  if (variant === undefined) throw new Error('no variant');
  return {
    id: RUN,
    scenario: scenario.name,
    scenarioTitle: scenario.title,
    replicas: scenario.replicas,
    quorum: scenario.quorum,
    clientService: scenario.clientService,
    clientFormat: scenario.clientFormat,
    variant,
    workload: WORKLOAD_DEFAULT,
    cpusets: { replica1: '0' },
    label: RUN,
    project: projectOf(RUN),
    origin: 'lab',
    createdAt: Date.now(),
    observe: OBSERVE_NOTHING,
    faults: [],
    place: null,
    importedFrom: null,
  };
}

const cluster = (...more: string[]) =>
  `services:\n${['replica1', 'replica2', 'replica3', 'client'].map((name) => `  ${name}:\n    ${SERVICE}\n`).join('')}${more.join('')}`;

async function failureOf(launch: ComposeLaunch): Promise<LabError> {
  const cause = await composer.up(launch, new AbortController().signal).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(cause instanceof LabError)) throw new Error(`expected a LabError, got ${cause}`);
  return cause;
}

async function downLeavesNothing(launch: ComposeLaunch): Promise<void> {
  await composer.down(launch);
  expect(await engine.count(RUN)).toEqual({ containers: 0, networks: 0 });
}

test('up starts every service with its label, network and cpuset; down leaves nothing', async () => {
  const launch = await prepare(cluster('networks:\n  default:\n    internal: true\n'));
  await composer.up(launch, new AbortController().signal);
  const containers = await engine.containers(RUN);
  expect(containers.map(({ service, state }) => `${service} ${state}`)).toEqual([
    'client running',
    'replica1 running',
    'replica2 running',
    'replica3 running',
  ]);
  expect(await engine.activeRuns()).toContain(RUN);
  expect(await engine.count(RUN)).toEqual({ containers: 4, networks: 1 });
  const [client, replica1] = containers;
  const cpus = async (id: string) => (await engine.exec(id, ['nproc'], { privileged: false })).stdout.trim();
  expect(await cpus(replica1?.id ?? '')).toBe('1');
  expect(client?.address).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
  await downLeavesNothing(launch);
});

test('an up that is aborted half-way, then down, leaves nothing', async () => {
  const services = Array.from({ length: 9 }, (_, index) => `  replica${index + 1}:\n    ${SERVICE}\n`).join('');
  const launch = await prepare(`services:\n${services}  client:\n    ${SERVICE}\n`);
  const stop = new AbortController();
  const watch = new AbortController();
  const events = engine.events(RUN, watch.signal);
  const launching = composer.up(launch, stop.signal);
  for await (const event of events) {
    if (event.kind !== 'container') continue;
    stop.abort(new Error('stopped by the user'));
    watch.abort();
  }
  await expect(launching).rejects.toThrow('stopped by the user');
  await composer.down(launch);
  await engine.removeLeftovers(RUN);
  expect(await engine.count(RUN)).toEqual({ containers: 0, networks: 0 });
});

test('down works with the files gone, by the labels', async () => {
  const launch = await prepare(cluster());
  await composer.up(launch, new AbortController().signal);
  await rm(launch.overrideFile);
  await writeFile(launch.scenario.composeFile, 'no longer: [a compose file');
  await downLeavesNothing(launch);
});

test('an image that is not there is named with the command that gets it, and never pulled', async () => {
  const launch = await prepare(cluster().replace('debian:bookworm-slim', 'electrode-lab/replica:none'));
  expect(await failureOf(launch)).toMatchObject({
    code: 'image_missing',
    message: 'the image electrode-lab/replica:none is not on this engine',
    remedy: 'docker build -t electrode-lab/replica:none ebpf',
  });
  await downLeavesNothing(launch);
});

test('a taken port is named', async () => {
  const ports = '    ports: ["127.0.0.1:0:80"]\n';
  const launch = await prepare(cluster());
  const taken = await engineFreePort();
  await writeFile(launch.scenario.composeFile, cluster(ports.replace(':0:', `:${taken.port}:`)));
  const error = await failureOf(launch);
  taken.close();
  expect(error).toMatchObject({ code: 'port_taken', service: 'client' });
  expect(error.message).toContain(`127.0.0.1:${taken.port}`);
  await downLeavesNothing(launch);
});

/** A port that this test holds itself, so that the engine can't have it. */
async function engineFreePort(): Promise<{ port: number; close(): void }> {
  const { createServer } = await import('node:net');
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, close: () => server.close() };
}

test('a subnet that another network has is told as a clash', async () => {
  const subnet = (name: string) => `networks:\n  ${name}:\n    ipam: {config: [{subnet: 10.213.77.0/24}]}\n`;
  const launch = await prepare(cluster(subnet('default')));
  await composer.up(launch, new AbortController().signal);
  const error = await failureOf({ ...launch, project: `${launch.project}-second` });
  await composer.down({ ...launch, project: `${launch.project}-second` });
  expect(error).toMatchObject({ code: 'compose_failed', remedy: expect.stringContaining('docker network ls') });
  await downLeavesNothing(launch);
});

test('a command that cannot begin names its service', async () => {
  const launch = await prepare(cluster().replace(/(client:\n.*\n {4}command:) .*/, '$1 [no-such-binary]'));
  expect(await failureOf(launch)).toMatchObject({ code: 'container_died', service: 'client' });
  await downLeavesNothing(launch);
});

test('a file that Compose refuses, although it fits the schema, is told with its words', async () => {
  const launch = await prepare(cluster());
  await writeFile(launch.scenario.composeFile, cluster('    depends_on: [nobody]\n'));
  const error = await failureOf(launch);
  expect(error.code).toBe('bad_compose_file');
  expect(error.message).toContain('depends on undefined service');
});

test('without docker, and without its compose plugin, it is compose_missing', async () => {
  const missing = { code: 'compose_missing', remedy: expect.stringContaining('npm start') };
  await expect(new ComposeCli({ scenariosDir: folder, environment: { PATH: '/nowhere' } }).version()).rejects.toMatchObject(
    missing,
  );
  const bare = { PATH: environment.PATH ?? '', HOME: folder, DOCKER_CONFIG: folder };
  const version = new ComposeCli({ scenariosDir: folder, environment: bare }).version();
  // A plugin of the whole system is found in spite of an empty configuration folder.
  await version.then(
    (found) => expect(found).toMatch(/^v?\d/),
    (error: unknown) => expect(error).toMatchObject(missing),
  );
});

test('an engine that is gone at the launch is engine_lost', async () => {
  const launch = await prepare(cluster());
  const lost = new ComposeCli({
    scenariosDir: folder,
    environment: { ...environment, DOCKER_HOST: `unix://${folder}/none.sock` },
  });
  await expect(lost.up(launch, new AbortController().signal)).rejects.toMatchObject({ code: 'engine_lost' });
});

test("the override's text never reaches a shell: a hostile variant is data", async () => {
  const launch = await prepare(cluster());
  const scenario = launch.scenario;
  const variant = {
    name: 'v',
    title: 'v',
    environment: { EVIL: '$(touch /tmp/x) `id` ; "' },
    image: null,
    expects: 'anything',
  } as const;
  const yaml = await composer.override({ ...configOf(scenario), variant }, scenario);
  await writeFile(launch.overrideFile, yaml);
  await composer.up(launch, new AbortController().signal);
  const replica = (await engine.containers(RUN)).find(({ service }) => service === 'replica1');
  const { stdout } = await engine.exec(replica?.id ?? '', ['printenv', 'EVIL'], { privileged: false });
  expect(stdout).toBe('$(touch /tmp/x) `id` ; "\n');
  expect(await readFile(launch.overrideFile, 'utf8')).toContain(`electrode-lab.run: ${RUN}`);
  await downLeavesNothing(launch);
});
