import { LabError } from '../domain/errors';
import type { ComposeLaunch } from '../domain/ports';
import type { RunLabel } from '../domain/run';
import { RUN_LABEL } from '../domain/run-label';
import type { LabPorts } from './lab-ports';
import type { LiveRun } from './live-run';

/** Stands in the place of what was removed when the engine did not answer. */
export const REMOVED_NOT_YET = 'nothing yet: the engine does not answer';

type Objects = { containers: number; networks: number };

/**
 * Removes everything of a run: Compose's own `down`, then whatever still carries the run's label. Returns what was there in
 * words, `6 containers, 1 network`, and the error if something could not be removed.
 */
export async function tearDown(
  run: LiveRun,
  launch: ComposeLaunch,
  { engine, composer }: LabPorts,
): Promise<{ removed: string; problem: unknown }> {
  const { id, label } = run.config;
  const before = await engine.count(label).catch((): Objects => ({ containers: 0, networks: 0 }));
  // What Compose cannot remove, the labels find; so its failure alone is a remark.
  await composer.down(launch).catch((error: unknown) => run.remark('warn', `compose down: ${wordsOf(error)}`));
  try {
    const left = await engine.removeLeftovers(label);
    const found = {
      containers: Math.max(before.containers, left.containers),
      networks: Math.max(before.networks, left.networks),
    };
    return { removed: inWords(found), problem: null };
  } catch (cause) {
    const problem = new LabError('engine_lost', `what is left of ${id} could not be removed: ${wordsOf(cause)}`, {
      remedy: removalByHand(label),
      cause,
    });
    run.remark('warn', `${problem.message}; it is removed once the engine answers again. By hand: ${problem.remedy}`);
    return { removed: REMOVED_NOT_YET, problem };
  }
}

/** For people whose lab does not come to it. */
export function removalByHand(label: RunLabel): string {
  return `docker rm -f $(docker ps -aq --filter label=${RUN_LABEL}=${label})`;
}

export function inWords({ containers, networks }: Objects): string {
  return `${containers} container${containers === 1 ? '' : 's'}, ${networks} network${networks === 1 ? '' : 's'}`;
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
