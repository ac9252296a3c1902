import type { LiveRun } from '../live-run';
import type { RunFaults } from './run-faults';

const faults = new WeakMap<LiveRun, RunFaults>();

/** A run's cluster is there, and faults can be done to it. */
export function keepFaults(run: LiveRun, its: RunFaults): void {
  faults.set(run, its);
}

/** Null before the run has a cluster. */
export function faultsOf(run: LiveRun): RunFaults | null {
  return faults.get(run) ?? null;
}
