import type Database from 'libsql';
import { z } from 'zod';
import type { RunId } from '@/server/domain/run';
import type { RetentionPolicy } from '@/server/domain/run-marks';
import type { KeptRun } from './plan-retention';

const policyRow = z
  .object({ max_age_days: z.number().nullable(), max_bytes: z.int().nullable() })
  .transform(({ max_age_days: maxAgeDays, max_bytes: maxBytes }): RetentionPolicy => ({ maxAgeDays, maxBytes }));

const keptRow = z.object({
  id: z.string(),
  created_at: z.int(),
  over: z.int(),
  bytes: z.int().nullable(),
  keep: z.int(),
  experiment: z.string().nullable(),
  state: z.string().nullable(),
});

const totalRow = z.object({ runs: z.int(), file_bytes: z.int() });
const openRow = z.object({ id: z.string() });
const pagesRow = z.object({ bytes: z.int() });

/** What is kept and how much it takes up. */
export class RetentionRows {
  readonly #db: Database.Database;
  readonly #measure: (id: RunId) => { databaseBytes: number; fileBytes: number };

  /** measure: sizes of a run that is not sealed yet, whose row doesn't know them. */
  constructor(db: Database.Database, measure: (id: RunId) => { databaseBytes: number; fileBytes: number }) {
    this.#db = db;
    this.#measure = measure;
  }

  policy(): RetentionPolicy {
    return policyRow.parse(this.#db.prepare('SELECT max_age_days, max_bytes FROM retention').get());
  }

  setPolicy({ maxAgeDays, maxBytes }: RetentionPolicy): void {
    this.#db.prepare('UPDATE retention SET max_age_days = ?, max_bytes = ?').run(maxAgeDays, maxBytes);
  }

  /** All runs, oldest first. */
  runs(): KeptRun[] {
    const rows = this.#db
      .prepare(
        `SELECT runs.id, created_at, over, database_bytes + file_bytes AS bytes, experiments.id AS experiment, experiments.state,
           EXISTS (SELECT 1 FROM tags WHERE folded = 'keep' AND run_id = runs.id) AS keep
         FROM runs LEFT JOIN experiments ON experiments.id = experiment_id ORDER BY created_at, runs.id`,
      )
      .all();
    return rows.map((row) => {
      const { id, created_at: createdAt, over, bytes, keep, experiment, state } = keptRow.parse(row);
      return {
        id,
        createdAt,
        bytes: bytes ?? this.#measureWhole(id),
        over: over === 1,
        keep: keep === 1,
        experiment: experiment === null ? null : { id: experiment, over: state === 'done' || state === 'cancelled' },
      };
    });
  }

  size(): { databaseBytes: number; fileBytes: number; runs: number } {
    const sealed = this.#db.prepare('SELECT count(*) AS runs, coalesce(sum(file_bytes), 0) AS file_bytes FROM runs').get();
    const { runs, file_bytes: sealedBytes } = totalRow.parse(sealed);
    const open = this.#db.prepare('SELECT id FROM runs WHERE file_bytes IS NULL').all();
    const openBytes = open.reduce<number>((sum, row) => sum + this.#measure(openRow.parse(row).id).fileBytes, 0);
    const pages = this.#db.prepare('SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size').get();
    return { databaseBytes: pagesRow.parse(pages).bytes, fileBytes: sealedBytes + openBytes, runs };
  }

  #measureWhole(id: RunId): number {
    const { databaseBytes, fileBytes } = this.#measure(id);
    return databaseBytes + fileBytes;
  }
}
