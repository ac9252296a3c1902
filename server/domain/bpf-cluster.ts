/** What a run's maps should hold, from what launched it and from what the engine says. */
import type { BpfMapLook } from './bpf-watch';
import { fieldOf, numberOf } from './btf-value';
import { portOf } from './network-order';
import type { RunConfig } from './run';
import type { ScenarioReplica } from './scenario';

/** containers: those that run; a replica that is not among them is expected nowhere. */
export type ClusterFacts = {
  config: RunConfig;
  containers: { service: string; address: string | null; mac: string | null }[];
};

export type OwnMap = { replica: ScenarioReplica; map: BpfMapLook };

/** `peers` and `config` as ebpf/include/counters.h lays them out, however a third party may name its own maps. */
export const isPeersMap = ({ name, entries }: BpfMapLook): boolean =>
  name === 'peers' && has(entries, ['ip', 'port', 'mac', 'valid']);

export const isConfigMap = ({ name, entries }: BpfMapLook): boolean =>
  name === 'config' && has(entries, ['own_ip', 'own_port', 'own_id', 'clone', 'replicas', 'run_id']);

function has(entries: BpfMapLook['entries'], fields: string[]): boolean {
  return entries.length > 0 && entries.every(({ value }) => fields.every((field) => fieldOf(value, field) !== null));
}

/**
 * The UDP port of each replica by its id, in host order. No part of the lab knows it but the maps themselves, so the port is
 * what most of them say: the replica's own config, and each other replica's peers. null where they are split.
 */
export function agreedPorts(maps: readonly OwnMap[]): Map<number, number | null> {
  const votes = new Map<number, number[]>();
  const vote = (id: number, port: number | null) => {
    if (port !== null && port !== 0) votes.set(id, [...(votes.get(id) ?? []), portOf(port)]);
  };
  for (const { replica, map } of maps) {
    for (const { key, value } of map.entries) {
      if (isConfigMap(map)) vote(replica.id, numberOf(fieldOf(value, 'own_port')));
      if (isPeersMap(map)) vote(numberOf(key) ?? -1, numberOf(fieldOf(value, 'port')));
    }
  }
  return new Map([...votes].map(([id, ports]) => [id, majorityOf(ports)]));
}

function majorityOf(ports: number[]): number | null {
  return ports.find((port) => ports.filter((other) => other === port).length * 2 > ports.length) ?? null;
}
