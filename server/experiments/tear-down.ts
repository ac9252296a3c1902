import { LabError } from '../domain/errors';
import type { ComposeLaunch } from '../domain/ports';
import type { LabPorts } from './lab-ports';
import type { LiveRun } from './live-run';

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
  const { id } = run.config;
  const before = await engine.count(id).catch((): Objects => ({ containers: 0, networks: 0 }));
  // What Compose cannot remove, the labels find; so its failure alone is a remark.
  await composer.down(launch).catch((error: unknown) => run.remark('warn', `compose down: ${wordsOf(error)}`));
  try {
    const left = await engine.removeLeftovers(id);
    const found = {
      containers: Math.max(before.containers, left.containers),
      networks: Math.max(before.networks, left.networks),
    };
    return { removed: inWords(found), problem: null };
  } catch (cause) {
    const remedy = `docker rm -f $(docker ps -aq --filter label=electrode-lab.run=${id})`;
    const problem = new LabError('engine_lost', `what is left of ${id} could not be removed: ${wordsOf(cause)}`, {
      remedy,
      cause,
    });
    return { removed: 'unknown', problem };
  }
}

export function inWords({ containers, networks }: Objects): string {
  return `${containers} container${containers === 1 ? '' : 's'}, ${networks} network${networks === 1 ? '' : 's'}`;
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
