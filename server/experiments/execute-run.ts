/** A run from its turn to its teardown. The phases stand in runPhases, in order; everything around them is clean-up. */
import { LabError } from '../domain/errors';
import type { ComposeLaunch } from '../domain/ports';
import type { RunEnd, RunError } from '../domain/run';
import { toRunError } from '../domain/run-machine';
import type { Scenario } from '../domain/scenario';
import { watchingOf } from './bpf/watching-of';
import { ClusterSession } from './cluster-session';
import { CutShort } from './cluster-watch';
import { withLastLines } from './explain-failure';
import type { LabPorts } from './lab-ports';
import { leaveClusterCpus } from './leave-cpus';
import type { LiveRun } from './live-run';
import { runPhases } from './run-phases';
import { tearDown, wordsOf } from './tear-down';

/** Waits for the host, runs, removes what it made, seals. Never rejects: how it ended stands in the run's view. */
export async function executeRun(run: LiveRun, scenario: Scenario, ports: LabPorts): Promise<void> {
  let release: (() => void) | null = null;
  let outcome: Outcome = { error: null, removed: null };
  try {
    release = await ports.lock.acquire(run.config, run.signal, (detail) => run.describe('queued', detail));
    run.signal.throwIfAborted();
    run.enter('build', Date.now());
    outcome = await runOnHost(run, scenario, ports);
  } catch (error) {
    outcome = { error: run.signal.aborted ? null : toRunError(error), removed: null };
  }
  // Also of a run that never had a turn: whoever waits for its first look is told.
  await watchingOf(run, ports).end();
  if (run.storeProblem !== null) outcome.error = toRunError(run.storeProblem);
  const end: RunEnd = run.stopReason ?? (outcome.error === null ? 'done' : 'failed');
  const error = end === 'failed' ? outcome.error : null;
  try {
    if (error !== null) run.remark('error', error.message);
    await run.finish(end, { error, removed: outcome.removed });
  } catch (cause) {
    // The store is gone; nobody can be told but whoever watches the process.
    console.error(`run ${run.config.id} could not be stored: ${wordsOf(cause)}`);
  } finally {
    release?.();
  }
}

type Outcome = { error: RunError | null; removed: string | null };

async function runOnHost(run: LiveRun, scenario: Scenario, ports: LabPorts): Promise<Outcome> {
  const yaml = await ports.composer.override(run.config, scenario);
  const launch: ComposeLaunch = {
    scenario,
    project: run.config.project,
    overrideFile: ports.store.saveOverride(run.config.id, yaml),
  };
  const moveBack = await leaveClusterCpus(run, ports);
  const session = new ClusterSession(run, ports);
  let failure: unknown = null;
  try {
    await runPhases(run, session, launch, ports);
  } catch (error) {
    failure = error;
    if (error instanceof LabError) failure = await withEvidence(error, run, ports);
  }
  await watchingOf(run, ports).end();
  // A process that stands still takes no SIGTERM.
  await session.faults.close();
  await session.endContainers();
  const { removed, problem } = await tearDown(run, launch, ports);
  await session.close();
  await moveBack();
  const error = failure instanceof CutShort ? problem : (failure ?? problem);
  return { error: error === null ? null : toRunError(error), removed };
}

async function withEvidence(error: LabError, run: LiveRun, ports: LabPorts): Promise<LabError> {
  const containers = await ports.engine.containers(run.config.label).catch(() => []);
  return withLastLines(error, containers, ports);
}
