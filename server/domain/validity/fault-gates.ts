/** What was done to the cluster on purpose, and how long its clients heard nothing. */
import { sayFaults, wasDone } from '../declared-faults';
import type { FaultRecord, Outage } from '../fault';
import type { RunView } from '../run';
import { count, times } from '../wording';
import { gate } from './gate';
import type { RunGate } from './validity';

/**
 * A run with faults measured what was asked for, if they were planned: whoever compares it, compares it with one that had the
 * same plan. What somebody did by hand nobody can repeat.
 */
export function faultsGate({ faults }: RunView): RunGate {
  const done = faults.filter(wasDone);
  if (done.length === 0) {
    return gate('faults', { state: 'pass', value: 'none', detail: 'Nothing was done to the cluster while it ran.' });
  }
  const byHand = done.filter(({ origin }) => origin !== 'plan');
  const planned = done.filter(({ origin }) => origin === 'plan');
  const words = [
    planned.length > 0 ? `As planned: ${sayFaults(planned)}.` : '',
    byHand.length > 0 ? `By hand: ${sayFaults(byHand)}.` : '',
  ];
  return gate('faults', {
    state: byHand.length > 0 ? 'suspect' : 'note',
    value: times(done.length, 'fault'),
    detail: words.filter((word) => word !== '').join(' '),
    remedy: byHand.length > 0 ? 'To compare it with others, launch it again with these faults as its plan.' : null,
  });
}

/** The last reply before a silence may have left just before the fault was done to who sent it. */
const EARLY_MS = 200;
/** A view change and a recovery are over by then; whatever falls silent later has another cause. */
const LATE_MS = 10_000;

/** Silences of 50 ms or more are in the latencies. A fault that was declared explains one; without it something else stood still. */
export function outagesGate(view: RunView): RunGate {
  const { outages, config } = view;
  if (config.clientFormat !== 'lab') {
    return gate('outages', {
      state: 'unknown',
      value: 'unknown',
      detail: 'This client does not say how long it heard nothing.',
    });
  }
  if (outages.length === 0) {
    return gate('outages', { state: 'pass', value: 'none', detail: 'Clients never waited 50 ms for any reply.' });
  }
  const unexplained = outages.filter((outage) => !isExplained(outage, view));
  const longest = Math.max(...outages.map(({ durationMs }) => durationMs));
  const value = `${times(outages.length, 'silence')}, ${count(Math.round(longest))} ms`;
  if (unexplained.length === 0) {
    return gate('outages', { state: 'note', value, detail: `${sayOutages(outages)} All began under declared faults.` });
  }
  return gate('outages', {
    state: 'suspect',
    value,
    detail: `${sayOutages(unexplained)} No declared fault explains ${unexplained.length === 1 ? 'it' : 'them'}.`,
    remedy: 'Look in the log at what stood still then, and whether the host was busy, then launch it again.',
  });
}

function isExplained({ startMs }: Outage, { faults, phases }: RunView): boolean {
  const measuringAt = phases.find(({ phase }) => phase === 'measuring')?.startedAt ?? null;
  const done = faults.filter(wasDone);
  // Without the window's begin the two clocks cannot be held against each other.
  if (measuringAt === null) return done.length > 0;
  const at = measuringAt + startMs;
  return done.some((fault) => at >= fault.startedAt - EARLY_MS && at <= endOf(fault, at) + LATE_MS);
}

const endOf = ({ endedAt }: FaultRecord, open: number) => endedAt ?? open;

/** `1 silence of 310 ms at 5.0 s.` */
function sayOutages(outages: readonly Outage[]): string {
  const [longest] = [...outages].sort((a, b) => b.durationMs - a.durationMs);
  const many = outages.length === 1 ? '1 silence of' : `${count(outages.length)} silences, the longest`;
  return `${many} ${count(Math.round(longest?.durationMs ?? 0))} ms at ${((longest?.startMs ?? 0) / 1000).toFixed(1)} s.`;
}
