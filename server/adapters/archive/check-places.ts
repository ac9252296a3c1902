import type { ImportedArchive } from '@/server/domain/archive';
import type { ExperimentRecord } from '@/server/domain/experiment/experiment';
import type { Place } from '@/server/domain/experiment/place';
import { EXPERIMENT, runPath } from './archive-format';

/** Whether runs and experiment fit together: each run at a place that the plan has, and no place taken twice. */
export function checkPlaces({
  experiment,
  runs,
}: Pick<ImportedArchive, 'experiment' | 'runs'>): { path: string; cause: string } | null {
  if (experiment === null) return null;
  const taken = new Map<string, string>();
  for (const { view } of runs) {
    const { id, place, variant } = view.config;
    const path = runPath(id, 'view.json');
    if (place === null) return { path, cause: `it has no place in the experiment of ${EXPERIMENT}.` };
    const problem = placeProblem(place, experiment);
    if (problem !== null) return { path, cause: problem };
    if (experiment.plan.variants[place.side] !== variant.name) {
      return { path, cause: `its variant is ${JSON.stringify(variant.name)}, unlike side ${place.side} of the plan.` };
    }
    const key = [place.cell, place.pair, place.attempt, place.side].join('/');
    const other = taken.get(key);
    if (other !== undefined) return { path, cause: `it has the place of run ${other}: cell/pair/attempt/side ${key}.` };
    taken.set(key, id);
  }
  return null;
}

function placeProblem(place: Place, { id, plan }: ExperimentRecord): string | null {
  if (place.experimentId !== id) return `it belongs to experiment ${JSON.stringify(place.experimentId)}, not to ${id}.`;
  if (place.cell >= plan.scenarios.length * plan.workloads.length) return `the plan has no cell ${place.cell}.`;
  if (place.pair > plan.pairs) return `the plan has no pair ${place.pair}.`;
  return place.side >= plan.variants.length ? `the plan has no side ${place.side}.` : null;
}
