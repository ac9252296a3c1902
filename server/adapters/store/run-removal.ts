import type Database from 'libsql';
import { z } from 'zod';
import { LabError } from '@/server/domain/errors';
import type { ExperimentId } from '@/server/domain/experiment/place';
import type { RunId } from '@/server/domain/run';
import { unknownExperiment } from './experiment-rows';
import type { LooseFolders } from './loose-folders';
import type { RunFolders } from './run-folders';
import { shrinkDatabase } from './shrink-database';
import type { TelemetryRows } from './telemetry-rows';

const runRow = z.object({ over: z.int(), experiment: z.string().nullable() });
const experimentRow = z.object({ state: z.string() });
const idRow = z.object({ id: z.string() });
const sizeRow = z.object({ bytes: z.int().nullable() });

/** Tables with rows of a run, beside `runs`. */
const TABLES = [
  'intervals',
  'events',
  'packed',
  'samples',
  'bpf_points',
  'bpf_records',
  'logs',
  'stop_requests',
  'tags',
  'notes',
];

export type Removal = { runs: RunId[]; experiments: ExperimentId[] };

export type RemovalParts = { db: Database.Database; telemetry: TelemetryRows; folders: RunFolders; loose: LooseFolders };

/** Removes runs and experiments with everything that belongs to them. */
export class RunRemoval {
  readonly #db: Database.Database;
  readonly #telemetry: TelemetryRows;
  readonly #folders: RunFolders;
  readonly #loose: LooseFolders;

  constructor({ db, telemetry, folders, loose }: RemovalParts) {
    this.#db = db;
    this.#telemetry = telemetry;
    this.#folders = folders;
    this.#loose = loose;
  }

  /**
   * Rows in one transaction, files after it. choose runs inside the transaction, so that what it looked at is still so when
   * it is removed; whatever it throws leaves everything as it was. Returns how many runs and bytes are gone.
   */
  async remove(choose: () => Removal): Promise<{ runs: number; bytes: number }> {
    const erase = this.#db.transaction(() => {
      const { runs, experiments } = choose();
      const bytes = runs.reduce((sum, id) => sum + this.#measure(id), 0);
      this.#removeRows(runs);
      for (const id of experiments) {
        this.#db.prepare('DELETE FROM experiment_wishes WHERE experiment_id = ?').run(id);
        this.#db.prepare('DELETE FROM experiments WHERE id = ?').run(id);
      }
      return { runs: runs.length, bytes };
    });
    const removed = erase.immediate();
    await this.#loose.sweepGently();
    await shrinkDatabase(this.#db);
    return removed;
  }

  /** Runs that somebody picked one by one. */
  chooseRuns(ids: readonly RunId[]): Removal {
    const runs = [...new Set(ids)];
    for (const id of runs) this.#refuseRun(id);
    return { runs, experiments: [] };
  }

  /** An experiment with all its runs. */
  chooseExperiment(id: ExperimentId): Removal {
    const row = this.#db.prepare('SELECT state FROM experiments WHERE id = ?').get(id);
    if (row === undefined) throw unknownExperiment(id);
    if (experimentRow.parse(row).state === 'running') {
      throw new LabError('experiment_running', `Experiment ${id} is running.`, { remedy: 'Cancel it first.' });
    }
    const unfinished = this.#db.prepare('SELECT id FROM runs WHERE experiment_id = ? AND over = 0').get(id);
    if (unfinished !== undefined) throw notOver(idRow.parse(unfinished).id);
    const runs = this.#db.prepare('SELECT id FROM runs WHERE experiment_id = ?').all(id);
    return { runs: runs.map((run) => idRow.parse(run).id), experiments: [id] };
  }

  #refuseRun(id: RunId): void {
    const row = this.#db
      .prepare(
        'SELECT over, experiments.id AS experiment FROM runs LEFT JOIN experiments ON experiments.id = experiment_id WHERE runs.id = ?',
      )
      .get(id);
    if (row === undefined) throw new LabError('unknown_run', `There is no run ${id}.`);
    const { over, experiment } = runRow.parse(row);
    if (over === 0) throw notOver(id);
    if (experiment === null) return;
    throw new LabError('run_in_experiment', `Run ${id} belongs to experiment ${experiment}, which needs all of its runs.`, {
      remedy: `Remove experiment ${experiment} as a whole, or leave the run.`,
    });
  }

  #removeRows(ids: readonly RunId[]): void {
    const deletes = TABLES.map((table) => this.#db.prepare(`DELETE FROM ${table} WHERE run_id = ?`));
    deletes.push(this.#db.prepare('DELETE FROM runs WHERE id = ?'));
    for (const id of ids) {
      for (const statement of deletes) statement.run(id);
      this.#loose.noteRemoved(id);
    }
  }

  /** A sealed run's size is known; another's has to be looked up. */
  #measure(id: RunId): number {
    const row = this.#db.prepare('SELECT database_bytes + file_bytes AS bytes FROM runs WHERE id = ?').get(id);
    return sizeRow.parse(row).bytes ?? this.#telemetry.bytes(id) + this.#folders.bytes(id);
  }
}

const notOver = (id: RunId) =>
  new LabError('run_not_over', `Run ${id} is not over.`, { remedy: 'Stop it, or wait until it is over.' });
