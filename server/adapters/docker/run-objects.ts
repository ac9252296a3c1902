import type Dockerode from 'dockerode';
import type { EngineContainer } from '@/server/domain/ports';
import type { RunLabel } from '@/server/domain/run';
import { projectOf, RUN_LABEL } from '@/server/domain/run-label';
import { statusOf } from './engine-errors';
import { waitAtMost } from './wait';

const PROJECT_LABEL = 'com.docker.compose.project';
const SERVICE_LABEL = 'com.docker.compose.service';
/** Containers beside the cluster carry the run's label, so that they are removed with it, and say here what they are. */
export const ROLE_LABEL = 'electrode-lab.role';
export const WATCHER_ROLE = 'watcher';
export const FAULT_ROLE = 'faults';
const REMOVAL_PATIENCE_MS = 10_000;
const REMOVAL_PASSES = 5;

/** Containers of a run's cluster, stopped ones too; what stands beside it with a role of its own is none of them. */
export async function listRunContainers(client: Dockerode, label: RunLabel): Promise<Dockerode.ContainerInfo[]> {
  return (await listAllContainers(client, label)).filter(isOfCluster);
}

const isOfCluster = ({ Labels }: Pick<Dockerode.ContainerInfo, 'Labels'>) => Labels[ROLE_LABEL] === undefined;

/** Everything of a run: by the lab's label, or by Compose's for what it made before a label could be read. */
async function listAllContainers(client: Dockerode, label: RunLabel): Promise<Dockerode.ContainerInfo[]> {
  const lists = await Promise.all(
    runFilters(label).map((filter) => client.listContainers({ all: true, filters: { label: [filter] } })),
  );
  return [...new Map(lists.flat().map((container) => [container.Id, container])).values()];
}

export async function listRunNetworks(client: Dockerode, label: RunLabel): Promise<string[]> {
  const lists = await Promise.all(runFilters(label).map((filter) => client.listNetworks({ filters: { label: [filter] } })));
  return [...new Set(lists.flat().map((network) => network.Id))];
}

/** What the use cases know of each container. Removed between two questions: left out. */
export async function describeContainers(client: Dockerode, listed: Dockerode.ContainerInfo[]): Promise<EngineContainer[]> {
  const described = await Promise.all(
    listed.map(async (container) => {
      const endpoints = Object.values(container.NetworkSettings?.Networks ?? {});
      const address = endpoints.map((endpoint) => endpoint.IPAddress).find((ip) => ip !== '') ?? null;
      const exitCode =
        container.State === 'exited' || container.State === 'dead' ? await exitCodeOf(client, container.Id) : null;
      const service = container.Labels[SERVICE_LABEL] ?? container.Names[0]?.slice(1) ?? container.Id.slice(0, 12);
      const mac = endpoints.map((endpoint) => endpoint.MacAddress).find((each) => each !== '' && each !== undefined) ?? null;
      return { id: container.Id, service, state: container.State, exitCode, address, mac, image: container.Image };
    }),
  );
  return described.sort((a, b) => a.service.localeCompare(b.service, 'en', { numeric: true }));
}

async function exitCodeOf(client: Dockerode, id: string): Promise<number | null> {
  try {
    return (await client.getContainer(id).inspect()).State.ExitCode;
  } catch (cause) {
    if (statusOf(cause) === 404) return null;
    throw cause;
  }
}

/** Runs whose containers are more than a leftover: anything that isn't exited. */
export async function listActiveRuns(client: Dockerode): Promise<RunLabel[]> {
  const containers = await client.listContainers({ all: true, filters: { label: [RUN_LABEL] } });
  const live = containers.filter(
    (container) => isOfCluster(container) && container.State !== 'exited' && container.State !== 'dead',
  );
  return [...new Set(live.flatMap((container) => container.Labels[RUN_LABEL] ?? []))].sort();
}

/** Runs that have any container or network left, of whichever store. */
export async function listRunLabels(client: Dockerode): Promise<RunLabel[]> {
  const filters = { label: [RUN_LABEL] };
  const [containers, networks] = await Promise.all([
    client.listContainers({ all: true, filters }),
    client.listNetworks({ filters }),
  ]);
  const labels = [...containers, ...networks].flatMap((object) => object.Labels?.[RUN_LABEL] ?? []);
  return [...new Set(labels)].sort();
}

/**
 * Removes containers, then networks, until a look finds none: a Compose that was killed may leave a creation under way.
 * What somebody else is removing already is waited for and not counted.
 */
export async function removeRunObjects(client: Dockerode, label: RunLabel): Promise<{ containers: number; networks: number }> {
  const total = { containers: 0, networks: 0 };
  for (let pass = 0; pass < REMOVAL_PASSES; pass++) {
    const removed = await removeOnce(client, label);
    total.containers += removed.containers;
    total.networks += removed.networks;
    if (removed.found === 0) return total;
  }
  throw new Error(`containers or networks of ${label} keep appearing after ${REMOVAL_PASSES} removals`);
}

async function removeOnce(
  client: Dockerode,
  label: RunLabel,
): Promise<{ found: number; containers: number; networks: number }> {
  const listed = await listAllContainers(client, label);
  const removed = await Promise.all(listed.map((container) => removeContainer(client, container.Id)));
  const networks = await listRunNetworks(client, label);
  const removedNetworks = await Promise.all(networks.map((id) => removeNetwork(client, id)));
  return {
    found: listed.length + networks.length,
    containers: removed.filter(Boolean).length,
    networks: removedNetworks.filter(Boolean).length,
  };
}

/** False if it was gone, or on its way, before. Resolves once it is gone. */
export async function removeContainer(client: Dockerode, id: string): Promise<boolean> {
  try {
    await client.getContainer(id).remove({ force: true, v: true });
    return true;
  } catch (cause) {
    const status = statusOf(cause);
    if (status === 404) return false;
    if (status !== 409) throw cause;
    await waitUntilRemoved(client, id);
    return false;
  }
}

/** 409: a removal is under way; the network can only go once it is through. */
async function waitUntilRemoved(client: Dockerode, id: string): Promise<void> {
  const deadline = AbortSignal.timeout(REMOVAL_PATIENCE_MS);
  while (!deadline.aborted) {
    try {
      await client.getContainer(id).inspect();
    } catch (cause) {
      if (statusOf(cause) === 404) return;
      throw cause;
    }
    await waitAtMost(50, deadline);
  }
  throw new Error(`container ${id.slice(0, 12)} is still being removed after ${REMOVAL_PATIENCE_MS / 1000} s`);
}

async function removeNetwork(client: Dockerode, id: string): Promise<boolean> {
  try {
    await client.getNetwork(id).remove();
    return true;
  } catch (cause) {
    if (statusOf(cause) === 404) return false;
    throw cause;
  }
}

function runFilters(label: RunLabel): string[] {
  return [`${RUN_LABEL}=${label}`, `${PROJECT_LABEL}=${projectOf(label)}`];
}
