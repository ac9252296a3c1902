import type { BpfSample, BpfWatchView, PeerRow, WatchedProgram, WatchedReplica } from '@/server/api/types';

/** A whole, consistent look at three replicas for tests, to be changed in one place each. */
export const LOOKED_AT = 1_763_900_010_000;

export function exampleProgram(changes: Partial<WatchedProgram> = {}): WatchedProgram {
  return {
    id: 1207,
    type: 'sched_cls',
    name: 'lab_broadcast',
    tag: '3b185187f1855c4c',
    gplCompatible: true,
    loadedAt: 1_763_900_001,
    uid: 0,
    bytesXlated: 1_912,
    jited: true,
    bytesJited: 1_104,
    bytesMemlock: 4_096,
    mapIds: [488, 489],
    btfId: 611,
    pids: [{ pid: 1, comm: 'replica' }],
    runCnt: 1_302_237,
    runTimeNs: 414_111_366,
    owner: 'replica',
    ownerReason: 'attached at eth0 clsact/egress',
    runsPerS: 45_270,
    nsPerRun: 318,
    cpuShare: 0.0144,
    ...changes,
  };
}

export function examplePeer(id: number, changes: Partial<PeerRow> = {}): PeerRow {
  const mac = `02:42:0a:2a:05:0${id}`;
  const ip = `10.42.5.1${id}`;
  return {
    key: id,
    replica: `replica${id}`,
    ip,
    port: 12_345,
    mac,
    valid: true,
    expected: { ip, port: 12_345, mac },
    neighbourMac: mac,
    drift: [],
    driftedSince: null,
    own: false,
    ...changes,
  };
}

export function exampleReplica(name: string, changes: Partial<WatchedReplica> = {}): WatchedReplica {
  const head = { type: 'array', keyBytes: 4, valueBytes: 16, maxEntries: 16, problem: null };
  return {
    name,
    programs: [exampleProgram()],
    attachments: [
      {
        kind: 'tc',
        ifname: 'eth0',
        ifindex: 214,
        hook: 'clsact/egress',
        programId: 1207,
        programName: 'lab_broadcast',
        priority: 1,
        handle: '0x1',
      },
    ],
    maps: [
      { ...head, id: 489, name: 'counters', kind: 'counters', rows: [{ name: 'originals', value: 100, perS: 10 }] },
      {
        ...head,
        id: 488,
        name: 'peers',
        kind: 'peers',
        rows: [examplePeer(1, { own: true, expected: null, neighbourMac: null }), examplePeer(2), examplePeer(3)],
      },
    ],
    problem: null,
    ...changes,
  };
}

export function exampleView(changes: Partial<BpfWatchView> = {}): BpfWatchView {
  return {
    at: LOOKED_AT,
    everyMs: 500,
    statistics: 'on',
    watcherCores: 0.003,
    replicas: ['replica1', 'replica2', 'replica3'].map((name) => exampleReplica(name)),
    host: [
      { id: 3, type: 'cgroup_device', name: 'sd_devices', tag: 'be31ae23198a0378' },
      { id: 4, type: 'cgroup_skb', name: 'sd_fw_egress', tag: '6deef7357e7b4530' },
    ],
    problem: null,
    ...changes,
  };
}

export function exampleSample(replica: string, changes: Partial<BpfSample> = {}): BpfSample {
  return {
    replica,
    takenAt: LOOKED_AT,
    moment: 'before_warmup',
    insideWindow: false,
    verbatim: '1207: sched_cls  name lab_broadcast\n\tloaded_at',
    programs: [exampleProgram()],
    attachments: [],
    problem: null,
    ...changes,
  };
}
