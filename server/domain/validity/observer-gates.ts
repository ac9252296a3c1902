/** Who looked on: looking costs CPU time, in the replica itself or beside it. */
import type { RunView } from '../run';
import { times } from '../wording';
import { gate } from './gate';
import { notObserved } from './not-observed';
import type { RunGate } from './validity';

/** bpftool costs the replica that is looked into some 20 ms of CPU time, which the requests of that moment wait for. */
export function inspectedGate({ observedAtMs }: RunView): RunGate {
  if (observedAtMs.length === 0) {
    return gate('inspected', {
      state: 'pass',
      value: 'never',
      detail: 'Nobody looked into a replica inside the measured window.',
    });
  }
  const seconds = observedAtMs.map((ms) => `${(ms / 1000).toFixed(1)} s`).join(', ');
  return gate('inspected', {
    state: 'suspect',
    value: times(observedAtMs.length, 'sample'),
    detail: `eBPF was read inside the measured window, ${seconds} after its begin; each look costs a replica some 20 ms of CPU time.`,
    remedy: 'Launch it again and look before or after: samples are taken by themselves on both sides of the window.',
  });
}

/** Said, never condemned: what watching costs stands in host_busy, if the browser is on this machine. */
export function watchedGate(view: RunView): RunGate {
  if (view.conditions === null) return gate('watched', notObserved(view));
  const { viewers } = view.conditions;
  if (viewers === 0)
    return gate('watched', { state: 'pass', value: 'nobody', detail: 'No browser watched the measured window.' });
  return gate('watched', {
    state: 'note',
    value: times(viewers, 'browser'),
    detail: `${times(viewers, 'browser')} watched inside the measured window; what one costs on this machine is part of host busy.`,
    remedy: 'For the last percent, close the page while it measures.',
  });
}
