import type { LabEvent, LabEventOf } from './events';

/** Whole events for tests, to be changed in one field each. */
const at = { v: 1, tUs: 1_763_900_000_000_000 } as const;

export const statusOf = (src: string, changes: Partial<LabEventOf<'status'>> = {}): LabEventOf<'status'> => ({
  ...at,
  event: 'status',
  src,
  role: 'follower',
  health: 'normal',
  view: 0,
  leader: 1,
  op: 0,
  first: 1,
  highest: 0,
  commit: 0,
  hash: '0000000000000000',
  window: 1,
  broadcasts: 0,
  sent: 0,
  frames: [],
  acked: [],
  receipts: 0,
  resends: 0,
  drops: 0,
  cpuNs: 0,
  rssBytes: 0,
  ...changes,
});

export const countersOf = (src: string, changes: Partial<LabEventOf<'counters'>> = {}): LabEventOf<'counters'> => ({
  ...at,
  event: 'counters',
  src,
  final: false,
  window: 1,
  view: 0,
  leader: 1,
  leaderIncarnation: 7,
  broadcasts: 0,
  sent: 0,
  sendErrors: 0,
  clones: 0,
  cloneErrors: 0,
  peerUnknown: 0,
  framesKnown: true,
  frames: [],
  receipts: 0,
  duplicates: 0,
  resends: 0,
  ...changes,
});

export const intervalOf = (index: number, changes: Partial<LabEventOf<'interval'>> = {}): LabEventOf<'interval'> => ({
  ...at,
  event: 'interval',
  src: 'client',
  phase: 'measuring',
  index,
  startUs: index * 100_000,
  durationUs: 100_000,
  completed: 10,
  timeouts: 0,
  retries: 0,
  sumNs: 10_000,
  minNs: 1000,
  maxNs: 1000,
  hist: [1000, 10],
  ...changes,
});

export const summaryOf = (changes: Partial<LabEventOf<'summary'>> = {}): LabEventOf<'summary'> => ({
  ...at,
  event: 'summary',
  src: 'client',
  ended: 'complete',
  requests: 20,
  completed: 20,
  timeouts: 0,
  retries: 0,
  durationNs: 200_000_000,
  sumNs: 20_000,
  minNs: 1000,
  maxNs: 1000,
  p50Ns: 1000,
  p90Ns: 1000,
  p95Ns: 1000,
  p99Ns: 1000,
  p999Ns: 1000,
  ...changes,
});

export const windowOf = (src: string, window: number, cpuNs: number): LabEventOf<'window'> => ({
  ...at,
  event: 'window',
  src,
  window,
  view: 0,
  leader: 1,
  leaderIncarnation: 7,
  bcastSeq: 1,
  cpuNs,
});

export const phaseOf = (phase: LabEventOf<'phase'>['phase'], tUs: number): LabEventOf<'phase'> => ({
  ...at,
  tUs,
  event: 'phase',
  src: 'client',
  phase,
  clients: 1,
  requests: 20,
  durationMs: 0,
  warmupMs: 1000,
  payloadBytes: 64,
});

export const bootOf = (src: string, incarnation: number): LabEventOf<'boot'> => ({
  ...at,
  event: 'boot',
  src,
  role: 'replica',
  id: Number(src.slice(-1)),
  replicas: 3,
  incarnation,
  runId: '0000000000000001',
  offloads: '',
  payloadMaxBytes: 1408,
  logCapacityOps: 65_536,
  version: '1',
});

export const viewOf = (src: string, changes: Partial<LabEventOf<'view'>> = {}): LabEventOf<'view'> => ({
  ...at,
  event: 'view',
  src,
  health: 'normal',
  view: 1,
  leader: 2,
  op: 0,
  commit: 0,
  ...changes,
});

export const linearizabilityOf = (changes: Partial<LabEventOf<'linearizability'>> = {}): LabEventOf<'linearizability'> => ({
  ...at,
  event: 'linearizability',
  src: 'client',
  verdict: 'linearizable',
  keys: 10,
  operations: 30,
  pending: 0,
  undecidedKeys: 0,
  steps: 60,
  costNs: 1000,
  reason: '',
  ...changes,
});

export const toLine = (event: LabEvent): string => {
  const { v, event: name, src, tUs, ...fields } = event;
  return JSON.stringify({ v, event: name, src, tUs, ...fields });
};
