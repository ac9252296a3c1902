import { freeCpus } from '../domain/free-cpus';
import type { LabPorts } from './lab-ports';
import type { LiveRun } from './live-run';
import { wordsOf } from './tear-down';

/**
 * Moves the lab's own process to CPUs that the run pins nothing to, if there are any and the engine is on this machine. Returns
 * what moves it back; a host that does not allow it is a remark.
 */
export async function leaveClusterCpus(run: LiveRun, { ownCpus }: LabPorts): Promise<() => Promise<void>> {
  const { host, config } = run.view();
  const free = host === null ? null : freeCpus(config.cpusets, host.cores);
  if (free === null || host === null) return async () => {};
  try {
    const back = await ownCpus.moveTo(free, host.kernel);
    return () =>
      back().catch((error: unknown) => run.remark('warn', `the lab's own process keeps to few CPUs: ${wordsOf(error)}`));
  } catch (error) {
    run.remark('warn', `the lab's own process stays on the cluster's CPUs: ${wordsOf(error)}`);
    return async () => {};
  }
}
