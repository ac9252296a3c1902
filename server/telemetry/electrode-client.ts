import type { LatencySummary } from '@/server/domain/latency';

/**
 * What the original Electrode client and its replicas print for people, read for scenarios without our own events.
 * Only what a line says is taken; figures it does not print (least, mean, 99.9th, greatest) stay null.
 */
export type ElectrodeFact =
  | { fact: 'warmup_done'; seconds: number; requests: number }
  | { fact: 'finished'; requests: number; seconds: number }
  | { fact: 'latency'; percentile: number; ns: number }
  | { fact: 'client_timeout' }
  | { fact: 'prepare_resent' }
  | { fact: 'leader_silent'; replica: number }
  | { fact: 'view_entered'; replica: number; view: number };

export type ElectrodeState = {
  phase: 'warmup' | 'measuring' | 'done';
  completed: number;
  /** Length of the measured window as the client says it; null before its end. */
  seconds: number | null;
  throughputPerS: number | null;
  /** Set once median, 90th, 95th and 99th were printed. */
  latency: LatencySummary | null;
  timeouts: number;
  resends: number;
  viewChanges: number;
  percentiles: Record<number, number>;
};

type Reader = { pattern: RegExp; read: (numbers: number[]) => ElectrodeFact };

const READERS: Reader[] = [
  {
    pattern: /Completed warmup period of (\d+) seconds with (\d+) requests/,
    read: ([seconds = 0, requests = 0]) => ({ fact: 'warmup_done', seconds, requests }),
  },
  {
    pattern: /Completed (\d+) requests in (\d+(?:\.\d+)?) seconds/,
    read: ([requests = 0, seconds = 0]) => ({ fact: 'finished', requests, seconds }),
  },
  { pattern: /Median latency is (\d+) ns/, read: ([ns = 0]) => ({ fact: 'latency', percentile: 50, ns }) },
  {
    pattern: /(\d+)(?:st|nd|rd|th) percentile latency is (\d+) ns/,
    read: ([percentile = 0, ns = 0]) => ({ fact: 'latency', percentile, ns }),
  },
  { pattern: /Client timeout; resending request/, read: () => ({ fact: 'client_timeout' }) },
  { pattern: /\[\d+\] Resending prepare/, read: () => ({ fact: 'prepare_resent' }) },
  {
    pattern: /\[(\d+)\] Have not heard from leader; starting view change/,
    read: ([replica = 0]) => ({ fact: 'leader_silent', replica }),
  },
  {
    pattern: /\[(\d+)\] Entering new view (\d+)/,
    read: ([replica = 0, view = 0]) => ({ fact: 'view_entered', replica, view }),
  },
];

/** The fact that a line of the original states, or null. */
export function readElectrodeLine(text: string): ElectrodeFact | null {
  for (const { pattern, read } of READERS) {
    const match = pattern.exec(text);
    if (match !== null) return read(match.slice(1).map(Number));
  }
  return null;
}

export function startElectrode(): ElectrodeState {
  return {
    phase: 'warmup',
    completed: 0,
    seconds: null,
    throughputPerS: null,
    latency: null,
    timeouts: 0,
    resends: 0,
    viewChanges: 0,
    percentiles: {},
  };
}

export function applyElectrode(state: ElectrodeState, fact: ElectrodeFact): ElectrodeState {
  switch (fact.fact) {
    case 'warmup_done':
      return { ...state, phase: 'measuring' };
    case 'finished': {
      const throughputPerS = fact.seconds > 0 ? fact.requests / fact.seconds : null;
      return withLatency({ ...state, phase: 'done', completed: fact.requests, seconds: fact.seconds, throughputPerS });
    }
    case 'latency':
      return withLatency({ ...state, percentiles: { ...state.percentiles, [fact.percentile]: fact.ns } });
    case 'client_timeout':
      return { ...state, timeouts: state.timeouts + 1 };
    case 'prepare_resent':
      return { ...state, resends: state.resends + 1 };
    case 'leader_silent':
      return { ...state, viewChanges: state.viewChanges + 1 };
    case 'view_entered':
      return state;
  }
}

function withLatency(state: ElectrodeState): ElectrodeState {
  const { 50: p50Ns, 90: p90Ns, 95: p95Ns, 99: p99Ns } = state.percentiles;
  if (p50Ns === undefined || p90Ns === undefined || p95Ns === undefined || p99Ns === undefined) return state;
  const latency = { n: state.completed, minNs: null, meanNs: null, p50Ns, p90Ns, p95Ns, p99Ns, p999Ns: null, maxNs: null };
  return { ...state, latency };
}
