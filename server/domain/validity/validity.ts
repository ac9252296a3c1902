/** Whether a run's numbers may be used: gates, each with its number and what to do about it. */

export type Verdict = 'valid' | 'suspect' | 'invalid';

export const GATE_IDS = [
  'finished',
  'offload',
  'delivery',
  'same_log',
  'safety',
  'leader',
  'faults',
  'outages',
  'littles_law',
  'timeouts',
  'resends',
  'host_busy',
  'steal',
  'frequency',
  'shared_cores',
  'client',
  'warmup',
  'memory',
  'inspected',
  'watched',
] as const;
export type GateId = (typeof GATE_IDS)[number];

/**
 * pass: holds. note: worth saying, and no reason to doubt the numbers. suspect: the run is left out unless somebody argues
 * for it. invalid: the run means nothing. unknown: could not be measured here, which the detail says why.
 */
export type GateState = 'pass' | 'note' | 'suspect' | 'invalid' | 'unknown';

export type RunGate = {
  id: GateId;
  title: string;
  state: GateState;
  /** The number, with its unit: `0.03 cores`, `1.02`. */
  value: string;
  /** One sentence. */
  detail: string;
  /** What to do; null where there is nothing to do. */
  remedy: string | null;
};

/** The worst gate decides; unknown gates do not count against a run. */
export type RunValidity = { verdict: Verdict; gates: RunGate[] };

export function verdictOf(gates: readonly RunGate[]): Verdict {
  if (gates.some(({ state }) => state === 'invalid')) return 'invalid';
  return gates.some(({ state }) => state === 'suspect') ? 'suspect' : 'valid';
}

/** The gate a reader should look at first, for a run that is not valid. */
export function decidingGate({ verdict, gates }: RunValidity): RunGate | null {
  return verdict === 'valid' ? null : (gates.find(({ state }) => state === verdict) ?? null);
}
