import type { LabPorts } from '../lab-ports';
import type { LiveRun } from '../live-run';
import { BpfWatching } from './bpf-watching';

/** A run has one watcher, whoever asks first: a reader before its containers run, or the run itself. */
const watchings = new WeakMap<LiveRun, BpfWatching>();

export function watchingOf(run: LiveRun, ports: LabPorts): BpfWatching {
  const known = watchings.get(run);
  if (known !== undefined) return known;
  const watching = new BpfWatching(run, ports);
  watchings.set(run, watching);
  return watching;
}
