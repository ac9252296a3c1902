import { randomUUID } from 'node:crypto';
import { LabError } from '../../domain/errors';
import { nextPlace } from '../../domain/experiment/next-place';
import type { Place } from '../../domain/experiment/place';
import { toPlannedRun } from '../../domain/experiment/planned-run';
import type { LaunchRequest } from '../launch-request';
import type { LiveRun } from '../live-run';
import { wordsOf } from '../tear-down';
import type { LiveExperiment } from './live-experiment';
import { type Turn, waitForTurn } from './wait-for-turn';

/** So many failed runs in a row are no accident: going on would only fill the store. */
const FAILURES_IN_A_ROW = 3;

/** How often the page of an experiment hears how far the present run is. */
const REDRAW_MS = 1000;

export type Launch = (request: LaunchRequest) => Promise<LiveRun>;

/**
 * Waits for its turn, then runs what comes next until nothing does, somebody pauses or cancels, or this process has to go. Every decision is taken
 * anew from the runs in the store, so that it does not matter which process took the one before. Never rejects.
 */
export async function runExperiment(experiment: LiveExperiment, turn: Turn, launch: Launch): Promise<void> {
  try {
    await waitForTurn(experiment, turn, () => mayGoOn(experiment));
    while (mayGoOn(experiment)) {
      const place = placeOf(experiment);
      if (place === null) {
        experiment.change({ state: 'done', endedAt: Date.now(), note: null });
        break;
      }
      await runOne(experiment, place, launch);
    }
  } catch (error) {
    pauseFor(experiment, error);
  } finally {
    experiment.end();
  }
}

function mayGoOn(experiment: LiveExperiment): boolean {
  if (experiment.leaving) {
    // A panel's experiments are gone on with by the next panel; a command's end with it, and may be resumed.
    if (experiment.record.origin === 'lab') experiment.change({ state: 'paused', note: 'Interrupted.' });
    return false;
  }
  const { wish } = experiment;
  if (wish === 'cancel') experiment.change({ state: 'cancelled', endedAt: Date.now(), note: null });
  if (wish === 'pause') experiment.change({ state: 'paused', note: 'Paused on request.' });
  return experiment.record.state === 'running';
}

function placeOf({ record, runs }: LiveExperiment): Place | null {
  return nextPlace({ record, runs: runs.flatMap((run) => toPlannedRun(run) ?? []), now: Date.now() });
}

async function runOne(experiment: LiveExperiment, place: Place, launch: Launch): Promise<void> {
  const { plan } = experiment.record;
  const workloads = plan.workloads.length;
  const scenario = plan.scenarios[Math.floor(place.cell / workloads)] ?? '';
  const workload = plan.workloads[place.cell % workloads];
  if (workload === undefined) throw new Error(`cell ${place.cell} is not in the plan`);
  const variant = plan.variants[place.side] ?? '';
  const run = await launch({ scenario, variant, workload, insist: plan.insist, place, requestId: randomUUID() });
  experiment.begin(run, place);
  const redraw = setInterval(() => experiment.redraw(), REDRAW_MS);
  try {
    experiment.finish(await run.over());
  } finally {
    clearInterval(redraw);
  }
  refuseEndlessFailure(experiment);
}

function refuseEndlessFailure({ runs }: LiveExperiment): void {
  const last = runs.slice(-FAILURES_IN_A_ROW);
  if (last.length < FAILURES_IN_A_ROW || last.some(({ state }) => state !== 'failed')) return;
  const error = last.at(-1)?.error ?? null;
  throw new LabError('no_progress', `the last ${FAILURES_IN_A_ROW} runs failed, the last one because: ${error?.message}`, {
    remedy: error?.remedy ?? 'Look at the logs of these runs, then resume.',
  });
}

/** What a launch refused, or a store that cannot be written: a person has to look, and nothing measured is lost. */
function pauseFor(experiment: LiveExperiment, error: unknown): void {
  if (experiment.leaving) return;
  const remedy = error instanceof LabError && error.remedy !== null ? ` ${error.remedy}` : '';
  try {
    experiment.change({ state: 'paused', note: `Paused by the lab: ${wordsOf(error).replace(/\.$/, '')}.${remedy}` });
  } catch (cause) {
    console.error(`experiment ${experiment.record.id} could not be stored: ${wordsOf(cause)}`);
  }
}
