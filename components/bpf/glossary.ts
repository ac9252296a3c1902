/** What every column head and field of the inspector means, in one sentence each. */
export type Term = { term: string; means: string; numeric?: boolean };

export const PROGRAM_TERMS = [
  {
    term: 'Id',
    means: 'The kernel’s number of the program, given at load and never used again until the machine restarts.',
    numeric: true,
  },
  {
    term: 'Type',
    means: 'What kind of hook the program fits: sched_cls runs at TC on packets, xdp in the driver before the stack.',
  },
  { term: 'Name', means: 'The name of its function in the C source, cut to 15 characters by the kernel.' },
  { term: 'Tag', means: 'A hash over the program’s instructions: equal tags are equal code, whatever maps they use.' },
  { term: 'Loaded at', means: 'When the kernel took the program in, as local time of day.' },
  { term: 'Xlated, B', means: 'Bytes of the program after the verifier’s rewriting, before it is compiled.', numeric: true },
  { term: 'Jited, B', means: 'Bytes of machine code that the kernel compiled it to; this is what runs.', numeric: true },
  { term: 'Memlock, B', means: 'Memory that the kernel charges for the program itself, without its maps.', numeric: true },
  { term: 'Maps', means: 'Numbers of the maps it reads or writes; each is a link to its contents below.' },
  {
    term: 'Runs',
    means: 'How often it ran while statistics were on, since load; it runs on every packet, matching or not.',
    numeric: true,
  },
  {
    term: 'Runs/s',
    means: 'Runs per second between the last two looks; the line before it is the last half minute on its own scale.',
    numeric: true,
  },
  { term: 'ns/run', means: 'Nanoseconds that one run took on average between the last two looks.', numeric: true },
  { term: 'CPU share', means: 'Runs per second times time per run, as a share of one core.', numeric: true },
] as const satisfies readonly Term[];

export const PROGRAM_DETAIL_TERMS = [
  {
    term: 'Why it is this replica’s',
    means:
      'The first rule that holds: attached in its network namespace, held by its processes, or loaded with such a program.',
  },
  { term: 'GPL', means: 'The program declares a licence that lets it call the kernel’s GPL-only helpers.' },
  { term: 'uid', means: 'The user who loaded it, as a number.' },
  { term: 'BTF', means: 'Number of the type information loaded with it; programs of one load share it.' },
  { term: 'Held by', means: 'Processes with an open file descriptor for it; a program that is attached stays without one.' },
] as const satisfies readonly Term[];

export const ACROSS_TERMS = [
  { term: 'Program', means: 'Programs of one name on all replicas stand together.' },
  { term: 'Replica', means: 'Whose program it is, by attach point, holder or shared maps.' },
  { term: 'Id', means: 'The kernel’s number of the program.', numeric: true },
  { term: 'Tag', means: 'A hash over its instructions: where it is equal everywhere, every replica runs the same code.' },
  { term: 'Runs', means: 'How often it ran while statistics were on, since load.', numeric: true },
  { term: 'Runs/s', means: 'Runs per second between the last two looks.', numeric: true },
  { term: 'ns/run', means: 'Nanoseconds that one run took on average.', numeric: true },
  { term: 'CPU share', means: 'Runs per second times time per run, as a share of one core.', numeric: true },
] as const satisfies readonly Term[];

export const HOST_TERMS = [
  { term: 'Id', means: 'The kernel’s number of the program.', numeric: true },
  { term: 'Type', means: 'What kind of hook it fits.' },
  { term: 'Name', means: 'Its name, if it has one.' },
  { term: 'Tag', means: 'A hash over its instructions; programs of the system’s own manager often share one.' },
] as const satisfies readonly Term[];

export const ATTACH_TERMS = [
  {
    term: 'Kind',
    means: 'tc: a classic filter; tcx: the newer TC hook with an order of its own; xdp: before the network stack.',
  },
  { term: 'Interface', means: 'The interface inside the replica’s network namespace, with its number.' },
  {
    term: 'Hook',
    means: 'The side of the interface: egress is what leaves, ingress what arrives; XDP has a mode, generic or driver.',
  },
  { term: 'Order', means: 'Which of several programs at one hook runs first.', numeric: true },
  { term: 'Program', means: 'Number of the program that hangs there.', numeric: true },
  { term: 'Name', means: 'The attached program’s name.' },
  { term: 'Priority', means: 'Preference of a classic filter: lower runs first.', numeric: true },
  { term: 'Handle', means: 'Number of the filter within its priority, by which it can be replaced or removed.' },
] as const satisfies readonly Term[];

export const PEER_TERMS = [
  { term: 'Key', means: 'Index in the map: the replica’s id. Slot 0 is never used.', numeric: true },
  { term: 'Peer', means: 'The replica that the slot stands for.' },
  { term: 'Address in map', means: 'IP address and UDP port that a copy for this peer is sent to.' },
  { term: 'MAC in map', means: 'Hardware address written into a copy for this peer: a wrong one is dropped by everybody.' },
  { term: 'MAC of container', means: 'Hardware address of the peer’s interface as the engine tells it: the truth.' },
  { term: 'MAC of neighbour', means: 'Hardware address in this replica’s own neighbour table, where its kernel looks it up.' },
  { term: 'State', means: 'Whether the map holds what it should, and if not which field differs and since when.' },
] as const satisfies readonly Term[];

export const FRAME_TERMS = [
  { term: 'Follower', means: 'The replica that the copies were for.' },
  { term: 'Warm-up', means: 'Copies past the egress hook in the warm-up window.', numeric: true },
  { term: 'Measured', means: 'Copies in the measured window: these the proof of offload is judged from.', numeric: true },
  { term: 'After', means: 'Copies after the measured window was closed.', numeric: true },
] as const satisfies readonly Term[];

export const FIELD_TERMS = [
  { term: 'Key', means: 'Which entry of the map the field belongs to.' },
  { term: 'Field', means: 'Name of the field in the C structure, as the map’s type information tells it.' },
  { term: 'Value', means: 'What the map holds now.' },
  { term: 'Should be', means: 'What the lab expects there, from the run’s configuration; nothing where it expects nothing.' },
] as const satisfies readonly Term[];

const COUNTERS: Record<string, string> = {
  not_ours: 'No datagram of the lab: ARP, TCP, UDP of somebody else.',
  foreign_run: 'Our format, but of another run, version or window.',
  unicast: 'Ours, but no broadcast: replies, PREPARE-OK, anything sent again.',
  originals: 'Flagged datagrams that were cloned: one for each broadcast.',
  clones: 'Copies made in the kernel: N-2 for each original, which itself goes to the first follower.',
  clone_errors: 'Copies that the kernel refused to make.',
  rewrite_errors: 'Packets whose addresses could not be rewritten.',
  peer_unknown: 'No hardware address known for a follower, so no copy for it.',
  clone_off: 'Flagged for cloning, but cloning is switched off in config.',
  from_outside: 'A broadcast that was forwarded or carries a foreign source address: never cloned.',
  fragment: 'Fragments of UDP datagrams: whose they are, the program cannot tell.',
  gso: 'Packets that the card would split: they are not cloned.',
  truncated: 'Shorter than their headers claim.',
  trace_full:
    'Copies of a traced operation that the ring to user space had no room for: missing in the trace, not on the wire.',
};

/** One sentence on a counter of the map `counters`; the C name and the plain one are both known. */
export function meaningOfCounter(name: string): string {
  return COUNTERS[plainCounter(name)] ?? 'Not in the glossary: this program counts something of its own.';
}

/** `originals` of `BCAST_ORIGINALS`. */
export function plainCounter(name: string): string {
  return name.toLowerCase().replace(/^bcast_/, '');
}

/** Counters that are never bumped while everything is as it should be. */
const TROUBLE = new Set(['clone_errors', 'rewrite_errors', 'peer_unknown', 'truncated']);

export function isTrouble(name: string): boolean {
  return TROUBLE.has(plainCounter(name));
}

const FIELDS: Record<string, string> = {
  run_id: 'Only packets that carry this run’s number are counted or cloned.',
  own_ip: 'Only packets from this source address are ever cloned.',
  own_port: 'UDP port of this replica.',
  own_id: 'This replica’s id.',
  clone: '1: flagged broadcasts are cloned here; 0: they are only counted.',
  replicas: 'Size of the cluster.',
  trace_every: 'Operations whose number divides by it are traced; 0: none.',
};

/** Words on a field of the map `config`; null for fields that the lab does not know. */
export function meaningOfField(field: string): string | null {
  return FIELDS[field] ?? null;
}
