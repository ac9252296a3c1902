/** What the client's own figures say about themselves. */
import { wasDone } from '../declared-faults';
import type { RunView } from '../run';
import { count, times } from '../wording';
import { type Bounds, explained, gate, grade, inPercent, orNone } from './gate';
import { gradeLittlesLaw, LITTLE, littlesLaw } from './littles-law';
import type { GateState, RunGate } from './validity';

/**
 * One that waited for a timeout waited a thousand times the median, so none goes unsaid. In more than one of a thousand, the
 * finest percentile that is compared (p99.9) shows the timeout's length and nothing else.
 */
const SHARE_BOUNDS: Bounds = { suspect: 0, invalid: 0.001 };

const hasFaults = ({ faults }: RunView) => faults.some(wasDone);
const because = (state: GateState) => (state === 'note' ? ', as declared faults will have it' : '');

export function littlesLawGate(view: RunView): RunGate {
  const value = littlesLaw(view);
  if (value === null) {
    const detail = 'The client reported no exact mean or no throughput.';
    return gate('littles_law', { state: 'unknown', value: 'unknown', detail });
  }
  // Clients that wait for a cluster which was made to stand still are where they belong; too many replies are nowhere.
  const state = explained(gradeLittlesLaw(value), value > LITTLE.suspect && view.outages.length > 0 && hasFaults(view));
  const { clients } = view.config.workload;
  return gate('littles_law', {
    state,
    value: value.toFixed(2),
    detail: `${times(clients, 'client')} ÷ (throughput × mean) is ${value.toFixed(3)}; 1 is exact${sayBound(value)}.`,
    remedy:
      state === 'pass' || state === 'note'
        ? null
        : 'Look whether the client had a core to itself and nothing else ran, then launch it again.',
  });
}

function sayBound(value: number): string {
  if (value < LITTLE.least) return `, and below ${LITTLE.least} a count or a clock is wrong`;
  if (value > LITTLE.most) return `, and above ${LITTLE.most} the client made the numbers, not the cluster`;
  return value > LITTLE.suspect ? `, and above ${LITTLE.suspect.toFixed(2)} the client spent its time elsewhere` : '';
}

/** timeouts: requests without a reply in time. clientRetries: datagrams sent again for them, one to each replica. */
export function timeoutsGate(view: RunView): RunGate {
  const { timeouts, clientRetries, completed } = view;
  const late = timeouts > 0 ? timeouts : clientRetries;
  const share = late / Math.max(1, completed);
  const state = explained(grade(share, SHARE_BOUNDS), hasFaults(view));
  return gate('timeouts', {
    state,
    value: orNone(late, 'request'),
    detail:
      late === 0
        ? 'Every request was answered in time.'
        : `${count(late)} of ${times(completed, 'request')} (${inPercent(share)}) had no reply in time; ${times(clientRetries, 'datagram')} sent again${because(state)}.`,
    remedy:
      state === 'pass' || state === 'note' ? null : 'Look for a replica that stood still or a busy host, then launch it again.',
  });
}

export function resendsGate(view: RunView): RunGate {
  const { resends = null, broadcasts = null } = view.proof?.mechanism ?? {};
  if (resends === null)
    return gate('resends', { state: 'unknown', value: 'unknown', detail: 'No leader counted what it resent.' });
  const share = resends / Math.max(1, broadcasts ?? 0);
  const state = explained(grade(share, SHARE_BOUNDS), hasFaults(view));
  return gate('resends', {
    state,
    value: orNone(resends, 'datagram'),
    detail:
      resends === 0
        ? 'The leader sent nothing twice.'
        : `The leader sent ${times(resends, 'datagram')} again for ${times(broadcasts ?? 0, 'broadcast')} (${inPercent(share)})${because(state)}.`,
    remedy:
      state === 'pass' || state === 'note'
        ? null
        : 'Look for a follower that stood still or dropped packets, then launch it again.',
  });
}
