import { times } from '../wording';
import type { GateId, GateState, RunGate } from './validity';

const TITLES: Record<GateId, string> = {
  finished: 'Finished',
  offload: 'Offload proven',
  delivery: 'Nothing lost',
  same_log: 'Same log',
  safety: 'Safe',
  leader: 'One leader',
  faults: 'Left alone',
  outages: 'Always answered',
  littles_law: "Little's law",
  timeouts: 'Timeouts',
  resends: 'Resends',
  host_busy: 'Host otherwise idle',
  steal: 'Stolen time',
  frequency: 'Clock',
  shared_cores: 'Cores shared',
  client: 'Client has room',
  warmup: 'Warm-up settled',
  memory: 'Memory',
  inspected: 'Not inspected',
  watched: 'Not watched',
};

export type Finding = { state: GateState; value: string; detail: string; remedy?: string | null };

export function gate(id: GateId, { state, value, detail, remedy = null }: Finding): RunGate {
  return { id, title: TITLES[id], state, value, detail, remedy };
}

/** Above each bound the next worse state holds; a figure on a bound still has the better one. */
export type Bounds = { note?: number; suspect?: number; invalid?: number };

export function grade(figure: number, { note, suspect, invalid }: Bounds): GateState {
  if (invalid !== undefined && figure > invalid) return 'invalid';
  if (suspect !== undefined && figure > suspect) return 'suspect';
  return note !== undefined && figure > note ? 'note' : 'pass';
}

/** What a declared fault explains is worth saying and no more; what else is wrong stays so. */
export const explained = (state: GateState, byFault: boolean): GateState =>
  byFault && (state === 'suspect' || state === 'invalid') ? 'note' : state;

const SEVERITY: GateState[] = ['unknown', 'pass', 'note', 'suspect', 'invalid'];

/** The worst of several; unknown only if all are. */
export function worst(states: readonly GateState[]): GateState {
  return states.reduce((a, b) => (SEVERITY.indexOf(b) > SEVERITY.indexOf(a) ? b : a), 'unknown');
}

/** `0.97 cores` */
export const inCores = (cores: number): string => `${cores.toFixed(2)} cores`;

/** `0.03 %` of a share 0..1; never `0 %` for what is not nothing. */
export function inPercent(share: number): string {
  const percent = share * 100;
  return percent > 0 && percent < 0.01 ? 'below 0.01 %' : `${Number(percent.toFixed(2))} %`;
}

/** `3 requests` or `none` */
export const orNone = (value: number, one: string): string => (value === 0 ? 'none' : times(value, one));
