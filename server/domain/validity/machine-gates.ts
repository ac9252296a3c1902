/** What the machine is and did: clock, cores, memory. */
import type { RunConditions } from '../conditions';
import type { RunView } from '../run';
import { times } from '../wording';
import { type Bounds, type Finding, gate, grade, inPercent, worst } from './gate';
import { notObserved } from './not-observed';
import type { RunGate } from './validity';

/** A clock that moved by more than a tenth moved every latency by as much, which is the size of the effects compared here. */
const CLOCK_MOVED: Bounds = { suspect: 0.1 };
const SET_PERFORMANCE = 'echo performance | sudo tee /sys/devices/system/cpu/cpu*/cpufreq/scaling_governor';

/** Share of the window in which somebody waited for memory: no run here does when there is enough. */
const STALLED: Bounds = { note: 0.001, suspect: 0.01, invalid: 0.1 };
/** 4 KiB pages, of anybody: a few may be an old process waking up, 1 MiB is want. */
const SWAPPED: Bounds = { note: 0, suspect: 256 };
/** What one replica is reckoned with, and twice that. Below it, the kernel reclaims while the run measures. */
const LITTLE_MEMORY_BYTES = { suspect: 150 * 1024 ** 2, note: 300 * 1024 ** 2 } as const;

export function frequencyGate(view: RunView): RunGate {
  const mhz = view.conditions?.mhz ?? null;
  const governor = view.host?.governor ?? null;
  if (mhz === null && governor === null) {
    const silence = 'The kernel does not tell the clock, as in most virtual machines.';
    return gate('frequency', notObserved(view, silence));
  }
  const moved = mhz === null ? 0 : Math.abs(mhz.end - mhz.begin) / mhz.begin;
  const state = worst([grade(moved, CLOCK_MOVED), governor === null || governor === 'performance' ? 'pass' : 'note']);
  const clock = mhz === null ? 'clock unknown' : `${Math.round(mhz.begin)} to ${Math.round(mhz.end)} MHz`;
  return gate('frequency', {
    state,
    value: governor === null ? clock : `${governor}, ${clock}`,
    detail: sayClock(state, governor, moved),
    remedy: governor !== null && governor !== 'performance' ? SET_PERFORMANCE : null,
  });
}

function sayClock(state: RunGate['state'], governor: string | null, moved: number): string {
  if (state === 'suspect') return `The clock moved by ${inPercent(moved)} between begin and end of the measured window.`;
  return state === 'note'
    ? `The governor ${governor} may change the clock at any time; it moved by ${inPercent(moved)}.`
    : `The clock moved by ${inPercent(moved)}.`;
}

/** Said, never condemned: on a small machine there is no other way, and both sides of a pair share alike. */
export function sharedCoresGate(view: RunView): RunGate {
  const { replicas, clientService, cpusets } = view.config;
  const containers = replicas.length + 1;
  const cores = view.host?.cores ?? view.conditions?.cores ?? null;
  if (cores === null) return gate('shared_cores', notObserved(view));
  const value = `${times(containers, 'container')} on ${times(cores, 'core')}`;
  const services = [...replicas.map(({ service }) => service), clientService];
  const sets = services.map((service) => cpusets[service] ?? 'any');
  const alone = sets.every((set) => /^\d+$/.test(set)) && new Set(sets).size === sets.length;
  if (alone) return gate('shared_cores', { state: 'pass', value, detail: 'Every container has a core of its own.' });
  const remedy = cores >= containers ? 'Choose the placement own_core.' : null;
  return gate('shared_cores', { state: 'note', value, detail: sayGroups(services, sets), remedy });
}

/** `Core 0: replica1, client. Core 1: replica2, replica3.` */
function sayGroups(services: string[], sets: string[]): string {
  return [...new Set(sets)]
    .sort()
    .map((set) => {
      const who = services.filter((_, index) => sets[index] === set).join(', ');
      return `${set === 'any' ? 'Any core' : `${/^\d+$/.test(set) ? 'Core' : 'Cores'} ${set}`}: ${who}.`;
    })
    .join(' ');
}

export function memoryGate(view: RunView): RunGate {
  const { conditions } = view;
  const findings = conditions === null ? [] : [stalled(conditions), swapped(conditions), available(conditions)];
  const known = findings.filter((finding) => finding !== null);
  if (known.length === 0) return gate('memory', notObserved(view));
  const state = worst(known.map((finding) => finding.state));
  return gate('memory', {
    state,
    value: known.map(({ value }) => value).join(', '),
    detail: known
      .filter((finding) => finding.state === state)
      .map(({ detail }) => detail)
      .join(' '),
    remedy: state === 'pass' ? null : 'End what uses the memory, or choose a scenario with fewer replicas.',
  });
}

function stalled({ memoryStallShare }: RunConditions): Finding | null {
  if (memoryStallShare === null) return null;
  const share = inPercent(memoryStallShare);
  const detail = `Some process waited for memory in ${share} of the window.`;
  return { state: grade(memoryStallShare, STALLED), value: `${share} stalled`, detail };
}

function swapped({ swappedPages }: RunConditions): Finding | null {
  if (swappedPages === null) return null;
  const value = `${times(swappedPages, 'page')} swapped`;
  return { state: grade(swappedPages, SWAPPED), value, detail: `${value} in or out.` };
}

function available({ memoryAvailableBytes: bytes }: RunConditions): Finding | null {
  if (bytes === null) return null;
  const { suspect, note } = LITTLE_MEMORY_BYTES;
  const value = `${Math.round(bytes / 1024 ** 2).toLocaleString('en-US')} MiB available`;
  return { state: bytes < suspect ? 'suspect' : bytes < note ? 'note' : 'pass', value, detail: `${value} at its end.` };
}
