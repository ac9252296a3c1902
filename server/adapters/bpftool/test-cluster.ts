/** For tests: the replicas of scenario3 as they run in a lab, without the lab. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { OBSERVE_NOTHING } from '@/server/domain/observation';
import type { EngineContainer } from '@/server/domain/ports';
import type { RunConfig, RunLabel } from '@/server/domain/run';
import { projectOf } from '@/server/domain/run-label';
import { WORKLOAD_DEFAULT } from '@/server/domain/workload';
import { ComposeCli } from '../compose/compose-cli';
import type { DockerEngine } from '../docker/docker-engine';

const SCENARIOS = fileURLToPath(new URL('../../../scenarios', import.meta.url));

/** What the panel's environment would give; adapters and their tests know no server/env.ts. */
export const TEST_IMAGE = process.env.LAB_IMAGE || 'electrode-lab/replica:dev';
const environment = Object.fromEntries(
  ['PATH', 'HOME', 'DOCKER_CONFIG', 'DOCKER_HOST'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  }),
);

export type TestCluster = {
  config: RunConfig;
  containers: EngineContainer[];
  /** Id of the program that each replica says it attached, by service. */
  programs: Map<string, number>;
  remove(): Promise<void>;
};

const attachEvent = z.object({ event: z.literal('attach'), progId: z.number() });

/** Resolves when every replica has attached its program. */
export async function startTestCluster(engine: DockerEngine, label: RunLabel): Promise<TestCluster> {
  const composer = new ComposeCli({ scenariosDir: SCENARIOS, environment: { ...environment, LAB_IMAGE: TEST_IMAGE } });
  const scenario = (await composer.catalogue()).scenarios.find(({ name }) => name === 'scenario3');
  const variant = scenario?.variants.find(({ name }) => name === 'tc_broadcast');
  if (scenario === undefined || variant === undefined) throw new Error('scenario3 has no tc_broadcast');
  const { name, title, replicas, quorum, clientService, clientFormat } = scenario;
  const config: RunConfig = {
    ...{ id: label, scenario: name, scenarioTitle: title, replicas, quorum, clientService, clientFormat, variant },
    ...{ workload: WORKLOAD_DEFAULT, cpusets: {}, label, project: projectOf(label), origin: 'lab', createdAt: Date.now() },
    ...{ observe: OBSERVE_NOTHING, faults: [], place: null, importedFrom: null },
  };
  const folder = await mkdtemp(join(tmpdir(), 'electrode-lab-cluster-'));
  const launch = { scenario, project: config.project, overrideFile: join(folder, 'override.yaml') };
  const remove = async () => {
    await composer.down(launch);
    await engine.removeLeftovers(label);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await writeFile(launch.overrideFile, await composer.override(config, scenario));
    await composer.up(launch, new AbortController().signal);
    const containers = (await engine.containers(label)).filter(({ service }) => service.startsWith('replica'));
    const programs = await Promise.all(
      containers.map(async ({ id, service }) => [service, await attachedProgram(engine, id)] as const),
    );
    return { config, containers, programs: new Map(programs), remove };
  } catch (cause) {
    await remove();
    throw cause;
  }
}

async function attachedProgram(engine: DockerEngine, containerId: string): Promise<number> {
  for await (const lines of engine.logs(containerId, AbortSignal.timeout(20_000))) {
    for (const { text } of lines) {
      const event = text.startsWith('{') ? attachEvent.safeParse(JSON.parse(text)) : null;
      if (event?.success === true) return event.data.progId;
    }
  }
  throw new Error(`no attach event: ${(await engine.lastLines(containerId, 5)).join('\n')}`);
}
