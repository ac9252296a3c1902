/** The peer table of one replica beside what the engine says. */
import type { ClusterFacts } from './bpf-cluster';
import type { BpfMapLook, BtfValue, PeerField, PeerRow, ReplicaLook } from './bpf-watch';
import { fieldOf, isZero, numberOf } from './btf-value';
import { addressOf, macOf, portOf } from './network-order';
import type { ScenarioReplica } from './scenario';

export type PeerContext = ClusterFacts & {
  /** Whose table it is. */
  owner: ScenarioReplica;
  look: Pick<ReplicaLook, 'neighbours'>;
  ports: ReadonlyMap<number, number | null>;
  at: number;
  /** Rows of the look before. */
  before: readonly PeerRow[];
};

/** One row for each replica of the cluster, and for any other slot that somebody wrote into. */
export function toPeerRows(map: BpfMapLook, context: PeerContext): PeerRow[] {
  return map.entries.flatMap(({ key, value }) => {
    const id = numberOf(key) ?? -1;
    const replica = context.config.replicas.find((each) => each.id === id) ?? null;
    return replica === null && isZero(value) ? [] : [toRow({ id, replica, value }, context)];
  });
}

type Slot = { id: number; replica: ScenarioReplica | null; value: BtfValue };

function toRow({ id, replica, value }: Slot, context: PeerContext): PeerRow {
  const mac = fieldOf(value, 'mac');
  const seen = {
    ip: addressOf(numberOf(fieldOf(value, 'ip')) ?? 0),
    port: portOf(numberOf(fieldOf(value, 'port')) ?? 0),
    mac: (Array.isArray(mac) ? macOf(mac) : null) ?? JSON.stringify(mac),
    valid: numberOf(fieldOf(value, 'valid')) === 1,
  };
  const own = id === context.owner.id;
  const expected = own || replica === null ? null : expectedOf(replica, seen.port, context);
  const drift = replica === null ? driftOfNobody(seen.valid) : driftOf(seen, expected);
  const before = context.before.find((row) => row.key === id)?.driftedSince ?? null;
  return {
    key: id,
    replica: replica?.service ?? null,
    ...seen,
    expected,
    neighbourMac: context.look.neighbours.find(({ ip }) => ip === expected?.ip)?.mac ?? null,
    drift,
    driftedSince: drift.length === 0 ? null : (before ?? context.at),
    own,
  };
}

/** Where the maps are split over a port, the row's own stands: which one is wrong cannot be told. */
function expectedOf(replica: ScenarioReplica, port: number, { containers, ports }: PeerContext): PeerRow['expected'] {
  const container = containers.find(({ service }) => service === replica.service);
  if (container === undefined || container.address === null || container.mac === null) return null;
  return { ip: container.address, port: ports.get(replica.id) ?? port, mac: container.mac.toLowerCase() };
}

/** A slot that is not valid holds no MAC yet, so that one is not compared; that a live peer is not valid is drift enough. */
function driftOf(seen: Pick<PeerRow, 'ip' | 'port' | 'mac' | 'valid'>, expected: PeerRow['expected']): PeerField[] {
  if (expected === null) return [];
  const compared = seen.valid ? (['ip', 'port', 'mac'] as const) : (['ip', 'port'] as const);
  const different: PeerField[] = compared.filter((field) => seen[field] !== expected[field]);
  return seen.valid ? different : [...different, 'valid'];
}

/** No replica has this slot: the program must not take it for one. */
const driftOfNobody = (valid: boolean): PeerField[] => (valid ? ['valid'] : []);
