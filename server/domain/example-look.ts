import type { UnownedProgram } from './bpf-ownership';
import type { BpfLook, BpfMapLook, BtfValue, ReplicaLook } from './bpf-watch';

/** A look at a host with one cluster of three and others beside it, for tests, to be changed in one place each. */

export const exampleProgram = (id: number, changes: Partial<UnownedProgram> = {}): UnownedProgram => ({
  id,
  type: 'sched_cls',
  name: 'lab_broadcast',
  tag: '6d93a55983869661',
  gplCompatible: true,
  loadedAt: 1_795_624_877,
  uid: 0,
  bytesXlated: 5592,
  jited: true,
  bytesJited: 3235,
  bytesMemlock: 8192,
  mapIds: [],
  btfId: null,
  pids: [],
  runCnt: null,
  runTimeNs: null,
  ...changes,
});

const macOf = (id: number) => [2, 66, 172, 28, 0, id + 1];
/** 172.28.0.2 of replica 1, in network byte order as a little-endian machine reads it. */
export const ipOf = (id: number) => 172 | (28 << 8) | ((id + 1) << 24);
const PORT = 0x3930;

const head = (id: number, name: string): Omit<BpfMapLook, 'entries'> => ({
  id,
  name,
  type: 'array',
  keyBytes: 4,
  valueBytes: 8,
  maxEntries: 16,
  enums: { bcast_counter: { '0': 'BCAST_NOT_OURS', '1': 'BCAST_FOREIGN_RUN' } },
  problem: null,
});

const peer = (id: number): BtfValue => ({ ip: ipOf(id), port: PORT, mac: macOf(id), valid: 1, reserved: [0, 0, 0] });
const EMPTY: BtfValue = { ip: 0, port: 0, mac: [0, 0, 0, 0, 0, 0], valid: 0, reserved: [0, 0, 0] };

/** Maps of one replica: 100 * id and what follows. */
function mapsOf(id: number): BpfMapLook[] {
  // Replica 1 leads view 0.
  const config = {
    own_ip: ipOf(id),
    own_port: PORT,
    own_id: id,
    clone: 1,
    replicas: 3,
    leads: id === 1 ? 1 : 0,
    reserved: [0, 0],
    run_id: '256',
    view: 0,
    reserved_end: 0,
  };
  const slots = [0, 1, 2, 3, 4].map((slot) => ({ key: slot, value: slot === id || slot % 4 === 0 ? EMPTY : peer(slot) }));
  return [
    { ...head(100 * id, 'config'), entries: [{ key: 0, value: config }] },
    { ...head(100 * id + 1, 'peers'), entries: slots },
    { ...head(100 * id + 2, 'counters'), entries: [0, 1].map((key) => ({ key, value: 10 * key })) },
    { ...head(100 * id + 3, 'frames'), entries: [0, 2, 18, 31].map((key) => ({ key, value: key === 18 ? '7' : 0 })) },
  ];
}

function replicaLook(id: number): ReplicaLook {
  return {
    name: `replica${id}`,
    attachments: [
      {
        kind: 'tc',
        ifname: 'eth0',
        ifindex: 2,
        hook: 'clsact/egress',
        programId: 10 + id,
        programName: 'lab_broadcast',
        priority: 1,
        handle: '0x1',
      },
    ],
    holders: [{ programId: 10 + id, pid: 1, comm: 'replica' }],
    interfaces: [],
    neighbours: [1, 2, 3].map((at) => ({ ip: `172.28.0.${at + 1}`, mac: `02:42:ac:1c:00:0${at + 1}`, state: 'REACHABLE' })),
    problem: null,
  };
}

export function exampleLook(changes: Partial<BpfLook> = {}): BpfLook {
  return {
    at: 1_795_624_880_000,
    statistics: true,
    costNs: 2_000_000,
    programs: [
      exampleProgram(5, { type: 'cgroup_device', name: 'sd_devices' }),
      ...[1, 2, 3].map((id) => exampleProgram(10 + id, { btfId: 40 + id, mapIds: mapsOf(id).map((map) => map.id) })),
      // The same program of another cluster.
      exampleProgram(21, { btfId: 51, mapIds: [900] }),
    ],
    replicas: [1, 2, 3].map(replicaLook),
    maps: [1, 2, 3].flatMap(mapsOf),
    ...changes,
  };
}

/** What the engine says of that cluster. */
export const exampleContainers = [1, 2, 3].map((id) => ({
  service: `replica${id}`,
  address: `172.28.0.${id + 1}`,
  mac: `02:42:AC:1C:00:0${id + 1}`,
}));

/** The same look with another value at one key of one map. */
export function withEntry(look: BpfLook, mapId: number, key: number, change: { [field: string]: BtfValue }): BpfLook {
  const maps = look.maps.map((map) => {
    if (map.id !== mapId) return map;
    return {
      ...map,
      entries: map.entries.map((entry) => (entry.key === key ? { key, value: merge(entry.value, change) } : entry)),
    };
  });
  return { ...look, maps };
}

function merge(value: BtfValue, change: { [field: string]: BtfValue }): BtfValue {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, ...change } : value;
}
