/** eBPF of a whole run, looked at twice a second by one watcher container beside it; nothing is executed in a replica. */
import type { UnownedProgram } from './bpf-ownership';
import type { BpfAttachment, BpfProgram } from './bpf-program';

/** A value decoded by BTF: integers beyond 2^53 are decimal text; char arrays are text; other arrays and structs as they are. */
export type BtfValue = number | string | boolean | null | BtfValue[] | { [field: string]: BtfValue };

export type BpfMapLook = {
  id: number;
  name: string;
  type: string;
  keyBytes: number;
  valueBytes: number;
  maxEntries: number;
  /** Per-CPU integers are summed. At most 256. */
  entries: { key: BtfValue; value: BtfValue }[];
  /** Named enums of the map's BTF object: names by value. */
  enums: Record<string, Record<string, string>>;
  /** Why there are no entries: no BTF, a type that holds none, the kernel's refusal. */
  problem: string | null;
};

/** What one replica's network namespace and processes show. */
export type ReplicaLook = {
  name: string;
  attachments: BpfAttachment[];
  holders: { programId: number; pid: number; comm: string }[];
  /** Interfaces but lo. */
  interfaces: { ifname: string; ifindex: number; mac: string; ip: string | null }[];
  /** The kernel's neighbour table. */
  neighbours: { ip: string; mac: string; state: string }[];
  problem: string | null;
};

/** One look, as the watcher prints it. */
export type BpfLook = {
  /** Milliseconds since the Unix epoch. */
  at: number;
  /** Whether the kernel counts runs and their time now. */
  statistics: boolean;
  /** CPU time that this look took on the host. */
  costNs: number;
  /** Every program of the kernel. */
  programs: UnownedProgram[];
  replicas: ReplicaLook[];
  /** Maps of the programs that replicas hold or have attached. */
  maps: BpfMapLook[];
};

/** Rates are over the last look; null without statistics or a look before. */
export type WatchedProgram = BpfProgram & { runsPerS: number | null; nsPerRun: number | null; cpuShare: number | null };

export type PeerField = 'ip' | 'port' | 'mac' | 'valid';
/** One entry of `peers`, beside what the engine says of that replica's container. */
export type PeerRow = {
  key: number;
  /** The service; null for a slot that no replica has. */
  replica: string | null;
  ip: string;
  port: number;
  mac: string;
  valid: boolean;
  /** null where the engine knows nothing (gone, never started) and for the replica itself. */
  expected: { ip: string; port: number; mac: string } | null;
  /** The MAC in this replica's own neighbour table. */
  neighbourMac: string | null;
  /** Fields that differ from what they should be. */
  drift: PeerField[];
  /** Milliseconds since the Unix epoch of the first look that showed the drift. */
  driftedSince: number | null;
  own: boolean;
};
export type CounterRow = { name: string; value: number; perS: number | null };
export type FrameRow = { window: number; replica: string; value: number; perS: number | null };
/** drift: the field differs from `expected`, which is null where nothing is expected. */
export type FieldRow = { key: string; field: string; value: string; expected: string | null; drift: boolean };

type MapHead = Omit<BpfMapLook, 'entries' | 'enums'>;
export type WatchedMap = MapHead &
  (
    | { kind: 'peers'; rows: PeerRow[] }
    | { kind: 'counters'; rows: CounterRow[] }
    | { kind: 'frames'; rows: FrameRow[] }
    | { kind: 'fields'; rows: FieldRow[] }
  );

export type WatchedReplica = {
  name: string;
  /** Its own programs alone. */
  programs: WatchedProgram[];
  attachments: BpfAttachment[];
  maps: WatchedMap[];
  problem: string | null;
};

/** What the inspector shows, anew with each look. */
export type BpfWatchView = {
  /** null before the first look. */
  at: number | null;
  everyMs: number;
  /** on: counted now; held_off: off because the run measures and nobody insisted. */
  statistics: 'on' | 'off' | 'held_off';
  /** Cores that looking takes: the watcher's CPU time by the time between looks. */
  watcherCores: number | null;
  replicas: WatchedReplica[];
  /** Programs that belong to no replica of this run. */
  host: { id: number; type: string; name: string; tag: string }[];
  /** Why nothing is seen, and what to do. */
  problem: string | null;
};

/** Counters of one program over the run, by columns; looks without statistics have the last known counts. */
export type BpfSeries = {
  replica: string;
  programId: number;
  name: string;
  tag: string;
  /** Milliseconds since the Unix epoch. */
  at: number[];
  runCnt: (number | null)[];
  runTimeNs: (number | null)[];
};

/** A program from its load to its unloading. */
export type BpfLife = {
  replica: string;
  programId: number;
  name: string;
  tag: string;
  /** As the kernel tells it; milliseconds since the Unix epoch. */
  loadedAt: number | null;
  firstSeenAt: number;
  lastSeenAt: number;
  /** It was gone at a later look. */
  gone: boolean;
};

/** Translated code of one program, as `bpftool prog dump xlated` prints it with source lines. */
export type BpfCode = {
  replica: string;
  programId: number;
  name: string;
  tag: string;
  /** source: a line of C that the instructions behind it came from; label: a function's head. */
  lines: { kind: 'label' | 'source' | 'instruction'; text: string; sourceLine: number | null }[];
  /** Why there is none. */
  problem: string | null;
};
