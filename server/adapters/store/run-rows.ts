import type Database from 'libsql';
import { z } from 'zod';
import type { RunId, RunSummary, RunView } from '@/server/domain/run';
import { numberOf } from './sequence';
import { readJson } from './stored-json';

const viewRow = z.object({ view: z.string() });
const unfinishedRow = z.object({ view: z.string(), owner: z.string(), seen_at: z.int().nullable() });
const sealedRow = z.object({ sealed: z.int() });

export type SavedRun = { view: RunView; summary: RunSummary; over: boolean; owner: string };

/** What a sealed run takes up: of its log lines, bytes as printed and as kept, and of everything, in database and files. */
export type SealedSize = {
  log: { lines: number; bytes: number; storedBytes: number };
  databaseBytes: number;
  fileBytes: number;
};

/** The `runs` table: one row per run, with its view and its line of the list as JSON; see run-history.ts for the list. */
export class RunRows {
  readonly #db: Database.Database;
  readonly #save;
  readonly #view;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#save = db.prepare(
      `INSERT INTO runs
         (id, number, state, over, owner, view, summary, words, scenario, variant, verdict, experiment_id, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET state = excluded.state, over = excluded.over, owner = excluded.owner,
         view = excluded.view, summary = excluded.summary, words = excluded.words, scenario = excluded.scenario,
         variant = excluded.variant, verdict = excluded.verdict, experiment_id = excluded.experiment_id,
         created_at = excluded.created_at`,
    );
    this.#view = db.prepare('SELECT view FROM runs WHERE id = ?');
  }

  save({ view, summary, over, owner }: SavedRun): void {
    const { id, scenario, scenarioTitle, variant, place, createdAt } = view.config;
    this.#save.run(
      id,
      numberOf(id),
      view.state,
      over ? 1 : 0,
      owner,
      JSON.stringify(view),
      JSON.stringify(summary),
      [id, scenario, scenarioTitle, variant.name, view.state, summary.remark].join(' ').toLowerCase(),
      scenario,
      variant.name,
      summary.verdict,
      place?.experimentId ?? null,
      createdAt,
    );
  }

  view(id: RunId): RunView | null {
    const row = this.#view.get(id);
    return row === undefined ? null : readJson('view', viewRow.parse(row).view);
  }

  has(id: RunId): boolean {
    return this.#db.prepare('SELECT 1 FROM runs WHERE id = ?').get(id) !== undefined;
  }

  ofExperiment(id: string): RunView[] {
    const rows = this.#db.prepare('SELECT view FROM runs WHERE experiment_id = ? ORDER BY number').all(id);
    return rows.map((row) => readJson('view', viewRow.parse(row).view));
  }

  isSealed(id: RunId): boolean {
    const row = this.#db.prepare('SELECT sealed FROM runs WHERE id = ?').get(id);
    return row !== undefined && sealedRow.parse(row).sealed === 1;
  }

  seal(id: RunId, { log, databaseBytes, fileBytes }: SealedSize): void {
    this.#db
      .prepare('INSERT OR REPLACE INTO logs (run_id, lines, bytes, stored_bytes) VALUES (?, ?, ?, ?)')
      .run(id, log.lines, log.bytes, log.storedBytes);
    this.#db
      .prepare('UPDATE runs SET sealed = 1, database_bytes = ?, file_bytes = ? WHERE id = ?')
      .run(databaseBytes, fileBytes, id);
  }

  unfinished(): { view: RunView; owner: string; seenAt: number | null }[] {
    const rows = this.#db
      .prepare('SELECT view, owner, seen_at FROM runs LEFT JOIN owners ON token = owner WHERE over = 0 ORDER BY number')
      .all();
    return rows.map((row) => {
      const { view, owner, seen_at: seenAt } = unfinishedRow.parse(row);
      return { view: readJson('view', view), owner, seenAt };
    });
  }

  askToStop(id: RunId): void {
    this.#db.prepare('INSERT OR IGNORE INTO stop_requests (run_id) VALUES (?)').run(id);
  }

  isAskedToStop(id: RunId): boolean {
    return this.#db.prepare('SELECT 1 FROM stop_requests WHERE run_id = ?').get(id) !== undefined;
  }
}
