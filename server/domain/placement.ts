import { LabError } from './errors';
import type { HostFacts } from './host';
import type { Scenario } from './scenario';
import type { Placement } from './workload';

type Cluster = Pick<Scenario, 'replicas' | 'clientService'>;

/** What one replica needs beside its log: process, container and its share of the engine. */
const REPLICA_MEMORY_BYTES = 150 * 1024 * 1024;

/**
 * The cpuset of every service, as Compose takes it (`0`, `1-3`); empty when nothing is pinned. The leader of view 0 is
 * replica 1. Throws LabError bad_workload if the placement asks for more cores than there are.
 */
export function resolvePlacement(placement: Placement, cluster: Cluster, cores: number): Record<string, string> {
  switch (placement) {
    case 'auto':
      return resolvePlacement(choosePlacement(cluster.replicas.length, cores), cluster, cores);
    case 'shared':
      return {};
    case 'leader_apart':
      needCores(placement, 2, cores);
      return pin(cluster, '0', (id) => (id === 1 ? '0' : range(1, cores - 1)));
    case 'one_core':
      needCores(placement, 2, cores);
      return pin(cluster, '1', () => '0');
    case 'own_core':
      needCores(placement, cluster.replicas.length + 1, cores);
      return pin(cluster, String(cluster.replicas.length), (id) => String(id - 1));
  }
}

/** What `auto` means on a host: one core is left to the engine and the lab before every replica gets its own. */
function choosePlacement(replicas: number, cores: number): Exclude<Placement, 'auto'> {
  if (cores > replicas + 1) return 'own_core';
  return cores >= 2 ? 'leader_apart' : 'shared';
}

/** Why this host is too small for the scenario, with what to do; a user may insist. Empty if it is large enough. */
export function hostProblems(
  scenario: Pick<Scenario, 'name' | 'replicas'>,
  host: Pick<HostFacts, 'cores' | 'memoryBytes'>,
): { message: string; remedy: string }[] {
  const replicas = scenario.replicas.length;
  const problems: { message: string; remedy: string }[] = [];
  if (host.cores < 2) {
    const message = `This host has ${host.cores} core; ${scenario.name} needs 2, so that the client and the leader do not take turns.`;
    problems.push({
      message,
      remedy: 'Run it on a host with two cores or more, or insist: latencies will then show the waiting.',
    });
  }
  const needed = replicas * REPLICA_MEMORY_BYTES;
  if (host.memoryBytes < needed) {
    const message = `This host has ${mebibytes(host.memoryBytes)} MiB of memory; ${replicas} replicas need about ${mebibytes(needed)} MiB.`;
    problems.push({ message, remedy: 'Choose a scenario with fewer replicas, or insist: the kernel may end a container.' });
  }
  return problems;
}

function needCores(placement: Placement, needed: number, cores: number): void {
  if (cores >= needed) return;
  throw new LabError('bad_workload', `Placement ${placement} needs ${needed} cores; this host has ${cores}.`, {
    remedy: 'Choose placement auto or shared.',
  });
}

function pin(cluster: Cluster, client: string, core: (replicaId: number) => string): Record<string, string> {
  const cpusets = Object.fromEntries(cluster.replicas.map(({ id, service }) => [service, core(id)]));
  return { ...cpusets, [cluster.clientService]: client };
}

const range = (first: number, last: number) => (first === last ? String(first) : `${first}-${last}`);
const mebibytes = (bytes: number) => Math.round(bytes / 1024 / 1024).toLocaleString('en-US');
