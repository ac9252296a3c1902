import { setImmediate } from 'node:timers/promises';
import type Database from 'libsql';
import type { BpfRecord, ImportedRun } from '@/server/domain/archive';
import type { BpfSample } from '@/server/domain/bpf-program';
import { LabError } from '@/server/domain/errors';
import type { ExperimentRecord } from '@/server/domain/experiment/experiment';
import { isOver, type RunId, type RunSummary, type RunView } from '@/server/domain/run';
import { toSummary } from '@/server/domain/run-summary';
import type { BpfRows } from './bpf-rows';
import type { ExperimentRows } from './experiment-rows';
import type { LogSize } from './log-sealed';
import type { LooseFolders } from './loose-folders';
import { type PackedRun, packRun } from './packed-run';
import type { RunFolders } from './run-folders';
import type { RunRows } from './run-rows';
import type { SignOfLife } from './sign-of-life';
import type { TelemetryRows } from './telemetry-rows';

export type ImportTarget = {
  db: Database.Database;
  life: SignOfLife;
  rows: RunRows;
  telemetry: TelemetryRows;
  bpf: BpfRows;
  experiments: ExperimentRows;
  folders: RunFolders;
  loose: LooseFolders;
};

/** A run as it goes into the database: everything large is compressed. */
type ReadyRun = {
  view: RunView;
  summary: RunSummary;
  packed: PackedRun;
  samples: BpfSample[];
  bpf: BpfRecord[];
  log: LogSize;
};

/** Files first, then every row in one transaction. What fails in between takes the files away again. */
export async function importRuns(
  source: { experiment: ExperimentRecord | null; runs: Iterable<ImportedRun> },
  target: ImportTarget,
): Promise<void> {
  const { db, loose, folders } = target;
  const noted: RunId[] = [];
  try {
    const ready: ReadyRun[] = [];
    for (const run of source.runs) {
      refuseUnfit(run.view, target);
      loose.noteIncoming(run.view.config.id);
      noted.push(run.view.config.id);
      ready.push(await prepare(run, folders));
      // Packing takes tens of milliseconds; a panel has browsers to serve in between.
      await setImmediate();
    }
    const write = db.transaction(() => {
      if (source.experiment !== null) insertExperiment(source.experiment, target);
      for (const run of ready) insertRun(run, target);
      loose.forget(noted);
    });
    write.immediate();
  } catch (failure) {
    for (const id of noted) folders.remove(id);
    loose.forget(noted);
    throw failure;
  }
}

function refuseUnfit(view: RunView, { rows }: ImportTarget): void {
  const { id } = view.config;
  if (!isOver(view.state)) throw new LabError('run_not_over', `Run ${id} is not over, and only whole runs can be brought in.`);
  if (rows.has(id)) throw new Error(`there is a run ${id} already`);
}

async function prepare(run: ImportedRun, folders: RunFolders): Promise<ReadyRun> {
  const { view } = run;
  const intervals = [...run.intervals];
  const log = await folders.writeLog(view.config.id, run.log);
  const packed = packRun(intervals, [...run.events]);
  return { view, summary: toSummary(view, intervals), packed, samples: [...run.samples], bpf: [...run.bpf], log };
}

function insertExperiment(record: ExperimentRecord, { experiments }: ImportTarget): void {
  if (experiments.record(record.id) !== null) throw new Error(`there is an experiment ${record.id} already`);
  experiments.put(record);
}

function insertRun({ view, summary, packed, samples, bpf, log }: ReadyRun, target: ImportTarget): void {
  const { rows, telemetry, life } = target;
  const { id } = view.config;
  rows.save({ view, summary, over: true, owner: life.token });
  telemetry.putPacked(id, packed);
  telemetry.addSamples(id, samples);
  target.bpf.putPacked(id, bpf);
  rows.seal(id, { log, databaseBytes: telemetry.bytes(id), fileBytes: log.storedBytes });
}
