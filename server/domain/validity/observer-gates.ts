/** Who looked on: looking costs CPU time, in the replica itself or beside it. */
import type { Observation } from '../observation';
import type { RunView } from '../run';
import { times } from '../wording';
import { gate } from './gate';
import { notObserved } from './not-observed';
import type { RunGate } from './validity';

const KINDS: Record<Observation['kind'], string> = {
  bpf_watch: 'the eBPF watcher looked twice a second',
  bpf_statistics: 'the kernel counted every program run',
  trace: 'sampled operations were traced',
};

/**
 * bpftool costs the replica that is looked into some 20 ms of CPU time, which the requests of that moment wait for; the
 * watcher, statistics and traces cost as long as they last. What a run chose at launch is named and belongs to it: who
 * compares it, compares it with one that chose the same.
 */
export function inspectedGate(view: RunView): RunGate {
  const { observedAtMs, observations } = view;
  if (observedAtMs.length === 0 && observations.length === 0) {
    return gate('inspected', {
      state: 'pass',
      value: 'never',
      detail: 'Nobody looked into a replica inside the measured window.',
    });
  }
  const chosen = observations.every(({ kind }) => wasChosen(kind, view));
  const state = observedAtMs.length === 0 && chosen ? 'note' : 'suspect';
  return gate('inspected', {
    state,
    value: [...(observedAtMs.length > 0 ? [times(observedAtMs.length, 'sample')] : []), ...sayKinds(view)].join(', '),
    detail: [...saySamples(observedAtMs), ...sayObservations(view)].join(' '),
    remedy: state === 'note' ? null : REMEDY,
  });
}

const REMEDY =
  'Launch it again and look before or after: samples are taken by themselves on both sides of the window. To look inside, choose it at launch.';

function saySamples(observedAtMs: number[]): string[] {
  if (observedAtMs.length === 0) return [];
  const seconds = observedAtMs.map((ms) => `${(ms / 1000).toFixed(1)} s`).join(', ');
  return [
    `eBPF was read inside the measured window, ${seconds} after its begin; each look costs a replica some 20 ms of CPU time.`,
  ];
}

const NAMES: Record<Observation['kind'], string> = { bpf_watch: 'watcher', bpf_statistics: 'statistics', trace: 'trace' };

function sayKinds({ observations }: RunView): string[] {
  return [...new Set(observations.map(({ kind }) => NAMES[kind]))];
}

/** `The kernel counted every program run for 4.2 s of the window.` */
function sayObservations(view: RunView): string[] {
  const windowMs = view.conditions?.windowMs ?? null;
  return [...new Set(view.observations.map(({ kind }) => kind))].map((kind) => {
    const parts = view.observations.filter((each) => each.kind === kind);
    const open = parts.some(({ toMs }) => toMs === null);
    const ms = parts.reduce((sum, { fromMs, toMs }) => sum + Math.max(0, (toMs ?? windowMs ?? fromMs) - fromMs), 0);
    const howLong = open && windowMs === null ? 'to the end' : `for ${(ms / 1000).toFixed(1)} s`;
    const how = wasChosen(kind, view) ? ', as chosen at launch' : '';
    const words = KINDS[kind];
    return `${words.charAt(0).toUpperCase()}${words.slice(1)} ${howLong} of the measured window${how}.`;
  });
}

function wasChosen(kind: Observation['kind'], { config: { observe } }: RunView): boolean {
  return kind === 'trace' ? observe.trace : observe.bpfStatistics;
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
