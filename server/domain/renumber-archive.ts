import type { ImportedArchive, ImportedRun } from './archive';
import type { ExperimentRecord } from './experiment/experiment';
import type { ExperimentId } from './experiment/place';
import type { RunConfig, RunId } from './run';
import { projectOf } from './run-label';

/** Ids that this store gives to what comes in; experimentId is null where the archive holds none. */
export type NewIds = { runIds: ReadonlyMap<RunId, RunId>; experimentId: ExperimentId | null };

/**
 * The archive under this store's ids. at: ms since the Unix epoch. Every run and the experiment keep the id and the store
 * where they were first measured, however often they have travelled since.
 */
export function renumberArchive(archive: ImportedArchive, ids: NewIds, at: number): ImportedArchive {
  const { storeId, experiment, runs } = archive;
  const inExperiment = experiment === null ? null : ids.experimentId;
  return {
    ...archive,
    experiment: experiment === null ? null : renumberExperiment(experiment, archive, ids.experimentId, at),
    runs: runs.map((run) =>
      renumberRun(run, { id: ids.runIds.get(run.view.config.id), experimentId: inExperiment, storeId, at }),
    ),
  };
}

type Import = { id: RunId | undefined; experimentId: ExperimentId | null; storeId: string; at: number };

/** One run under a new id; a place in an experiment that did not come with it is left behind. */
export function renumberRun(run: ImportedRun, { id, experimentId, storeId, at }: Import): ImportedRun {
  const { config } = run.view;
  if (id === undefined) throw new Error(`No new id for the imported run ${config.id}`);
  const place = config.place !== null && experimentId !== null ? { ...config.place, experimentId } : null;
  const importedFrom = config.importedFrom ?? { storeId, id: config.id, at, note: null };
  const changed: RunConfig = { ...config, id, place, importedFrom, ...harmless(id) };
  return { ...run, view: { ...run.view, config: changed } };
}

/** Marks nothing on an engine: a label of another store could be taken for a run of this one. */
function harmless(id: RunId): Pick<RunConfig, 'label' | 'project'> {
  const label = `imported-${id}`;
  return { label, project: projectOf(label) };
}

/** A paused one cannot go on here, where its other half was not measured: it comes in as cancelled. */
function renumberExperiment(
  record: ExperimentRecord,
  { storeId, runs }: ImportedArchive,
  id: ExperimentId | null,
  at: number,
): ExperimentRecord {
  if (id === null) throw new Error(`No new id for the imported experiment ${record.id}`);
  const over = record.state === 'done' || record.state === 'cancelled';
  const lastEnd = runs.reduce((last, { view }) => Math.max(last, view.endedAt ?? 0), record.createdAt);
  return {
    ...record,
    id,
    state: over ? record.state : 'cancelled',
    endedAt: over ? record.endedAt : lastEnd,
    importedFrom: record.importedFrom ?? { storeId, id: record.id, at },
  };
}
