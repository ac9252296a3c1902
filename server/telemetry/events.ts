import { z } from 'zod';

/**
 * The lines that replica and client print on stdout: one schema per event of ebpf/include/events.def, with exactly its
 * fields. Strict both ways: a field added on one side alone fails the test beside this file.
 */
const u64 = z.int().nonnegative();
const hex = z.string().regex(/^[0-9a-f]{16}$/, 'sixteen hex digits');
const role = z.enum(['leader', 'follower']);
/** VR Revisited's status. */
const health = z.enum(['recovering', 'normal', 'view_change', 'lost_memory']);

/** Version of the list, the event's name, who said it, microseconds since the Unix epoch. */
const common = { v: z.literal(1), src: z.string().min(1), tUs: u64 };

function event<Name extends string, Fields extends z.ZodRawShape>(name: Name, fields: Fields) {
  return z.strictObject({ ...common, event: z.literal(name), ...fields });
}

const boot = event('boot', {
  role: z.enum(['replica', 'client']),
  id: u64,
  replicas: u64,
  incarnation: u64,
  runId: hex,
  offloads: z.string(),
  payloadMaxBytes: u64,
  logCapacityOps: u64,
  version: z.string(),
});

const peer = event('peer', { peer: u64, name: z.string(), ip: z.string(), port: u64, mac: z.string() });

const attach = event('attach', {
  progId: u64,
  name: z.string(),
  hook: z.string(),
  ifname: z.string(),
  ifindex: u64,
  priority: u64,
  handle: u64,
  mode: z.enum(['count', 'clone']),
});

const detach = event('detach', { progId: u64, ifname: z.string(), reason: z.string() });

const ready = event('ready', { view: u64, leader: u64, peersReady: u64 });

const status = event('status', {
  role,
  health,
  view: u64,
  leader: u64,
  op: u64,
  first: u64,
  highest: u64,
  commit: u64,
  hash: hex,
  window: u64,
  broadcasts: u64,
  sent: u64,
  frames: z.array(u64),
  acked: z.array(u64),
  receipts: u64,
  resends: u64,
  drops: u64,
  cpuNs: u64,
  rssBytes: u64,
});

const viewEvent = event('view', { health, view: u64, leader: u64, op: u64, commit: u64 });

const recovered = event('recovered', { view: u64, op: u64, commit: u64, hash: hex, tookMs: u64 });

const restored = event('restored', { view: u64, op: u64, hash: hex });

const windowEvent = event('window', {
  window: u64,
  view: u64,
  leader: u64,
  leaderIncarnation: u64,
  bcastSeq: u64,
  cpuNs: u64,
});

const counters = event('counters', {
  final: z.boolean(),
  window: u64,
  view: u64,
  leader: u64,
  leaderIncarnation: u64,
  broadcasts: u64,
  sent: u64,
  sendErrors: u64,
  clones: u64,
  cloneErrors: u64,
  peerUnknown: u64,
  framesKnown: z.boolean(),
  frames: z.array(u64),
  receipts: u64,
  duplicates: u64,
  resends: u64,
});

const checkpoint = event('checkpoint', { view: u64, op: u64, commit: u64, hash: hex });

const final = event('final', {
  reason: z.string(),
  view: u64,
  op: u64,
  commit: u64,
  hash: hex,
  cpuNs: u64,
  resends: u64,
  dropBadMagic: u64,
  dropBadVersion: u64,
  dropForeignRun: u64,
  dropTruncated: u64,
  dropUnknownType: u64,
  dropStaleView: u64,
  dropStaleIncarnation: u64,
  dropUnknownSender: u64,
  dropOther: u64,
});

const trace = event('trace', {
  every: u64,
  monotonicUs: u64,
  dropped: u64,
  costNs: u64,
  operations: u64,
  op: z.array(u64),
  point: z.array(u64),
  peer: z.array(u64),
  agoNs: z.array(u64),
}).refine(
  ({ op, point, peer, agoNs }) => [point, peer, agoNs].every(({ length }) => length === op.length),
  'columns of one length',
);

const error = event('error', { code: z.string(), message: z.string() });

const phase = event('phase', {
  phase: z.enum(['waiting', 'held', 'warmup', 'measuring', 'draining', 'done']),
  clients: u64,
  requests: u64,
  durationMs: u64,
  warmupMs: u64,
  payloadBytes: u64,
});

const interval = event('interval', {
  phase: z.enum(['warmup', 'measuring']),
  index: u64,
  startUs: u64,
  durationUs: u64,
  completed: u64,
  timeouts: u64,
  retries: u64,
  sumNs: u64,
  minNs: u64,
  maxNs: u64,
  hist: z.array(u64).refine((cells) => cells.length % 2 === 0, 'pairs of index and count'),
});

const summary = event('summary', {
  ended: z.enum(['complete', 'memory_lost', 'interrupted', 'no_progress']),
  requests: u64,
  completed: u64,
  timeouts: u64,
  retries: u64,
  durationNs: u64,
  sumNs: u64,
  minNs: u64,
  maxNs: u64,
  p50Ns: u64,
  p90Ns: u64,
  p95Ns: u64,
  p99Ns: u64,
  p999Ns: u64,
});

const history = event('history', { op: u64, operations: u64, complete: z.boolean(), hash: hex });

const noProgress = event('no_progress', { leader: u64, silentMs: u64, outstanding: u64 });

const outage = event('outage', { startUs: u64, durationUs: u64, leaderBefore: u64, leaderAfter: u64 });

const linearizability = event('linearizability', {
  verdict: z.enum(['linearizable', 'violated', 'not_decided']),
  keys: u64,
  operations: u64,
  pending: u64,
  undecidedKeys: u64,
  steps: u64,
  costNs: u64,
  reason: z.string(),
});

const schemas = [
  boot,
  peer,
  attach,
  detach,
  ready,
  status,
  viewEvent,
  recovered,
  restored,
  windowEvent,
  counters,
  checkpoint,
  final,
  trace,
  error,
  phase,
  interval,
  summary,
  history,
  noProgress,
  outage,
  linearizability,
] as const;

export const labEventSchema = z.discriminatedUnion('event', schemas);

/** One parsed line. */
export type LabEvent = z.infer<typeof labEventSchema>;
export type LabEventName = LabEvent['event'];
/** The event of one name: `LabEventOf<'status'>`. */
export type LabEventOf<Name extends LabEventName> = Extract<LabEvent, { event: Name }>;
