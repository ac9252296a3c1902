import type Database from 'libsql';
import { z } from 'zod';
import { LabError } from '@/server/domain/errors';
import type { ExperimentRecord } from '@/server/domain/experiment/experiment';
import type { ExperimentId } from '@/server/domain/experiment/place';
import type { ExperimentWish } from '@/server/domain/ports';
import { numberOf } from './sequence';
import type { SignOfLife } from './sign-of-life';
import { readJson } from './stored-json';

const recordRow = z.object({ record: z.string() });
const ownedRow = z.object({ state: z.string(), owner: z.string(), seen_at: z.int().nullable(), record: z.string() });
const countRow = z.object({ n: z.int() });
const wishRow = z.object({ wish: z.enum(['pause', 'cancel']) });

const OWNED = 'SELECT state, owner, seen_at, record FROM experiments LEFT JOIN owners ON token = owner';

/** The tables `experiments`, one row each with its record as JSON, and `experiment_wishes`. */
export class ExperimentRows {
  readonly #db: Database.Database;
  readonly #life: SignOfLife;

  constructor(db: Database.Database, life: SignOfLife) {
    this.#db = db;
    this.#life = life;
  }

  /** Throws LabError experiment_running while another process that lives runs it. */
  save(record: ExperimentRecord): void {
    const write = this.#db.transaction(() => {
      this.#refuseForeign(record.id);
      this.put(record);
    });
    write.immediate();
  }

  /** Writes without asking whose it is. */
  put(record: ExperimentRecord): void {
    const { id, state } = record;
    this.#db
      .prepare(
        `INSERT INTO experiments (id, number, state, owner, record) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET state = excluded.state, owner = excluded.owner, record = excluded.record`,
      )
      .run(id, numberOf(id), state, this.#life.token, JSON.stringify(record));
  }

  record(id: ExperimentId): ExperimentRecord | null {
    const row = this.#db.prepare('SELECT record FROM experiments WHERE id = ?').get(id);
    return row === undefined ? null : readRecord(row);
  }

  /** Newest first; total counts all, whatever `before` says. */
  list({ limit, before }: { limit: number; before?: ExperimentId | undefined }): { rows: ExperimentRecord[]; total: number } {
    const first = before === undefined ? Number.MAX_SAFE_INTEGER : numberOf(before);
    const rows = this.#db
      .prepare('SELECT record FROM experiments WHERE number < ? ORDER BY number DESC LIMIT ?')
      .all(first, limit);
    const total = countRow.parse(this.#db.prepare('SELECT count(*) AS n FROM experiments').get()).n;
    return { rows: rows.map(readRecord), total };
  }

  orphaned(): ExperimentRecord[] {
    return this.#db
      .prepare(`${OWNED} WHERE state = 'running' ORDER BY number`)
      .all()
      .map((row) => ownedRow.parse(row))
      .filter(({ owner, seen_at: seenAt }) => this.#life.isGone(owner, seenAt))
      .map(({ record }) => readJson('experiment', record));
  }

  /** A later wish replaces an earlier one, but nothing takes back a cancel. Throws LabError unknown_experiment. */
  ask(id: ExperimentId, wish: ExperimentWish): void {
    if (this.record(id) === null) throw unknownExperiment(id);
    this.#db
      .prepare(
        `INSERT INTO experiment_wishes (experiment_id, wish) VALUES (?, ?)
         ON CONFLICT (experiment_id) DO UPDATE SET wish = excluded.wish WHERE wish != 'cancel'`,
      )
      .run(id, wish);
  }

  takeWish(id: ExperimentId): ExperimentWish | null {
    // Asked for all the time and mostly in vain: that needs no write lock.
    if (this.#wish(id) === null) return null;
    const take = this.#db.transaction(() => {
      const wish = this.#wish(id);
      this.#db.prepare('DELETE FROM experiment_wishes WHERE experiment_id = ?').run(id);
      return wish;
    });
    return take.immediate();
  }

  #wish(id: ExperimentId): ExperimentWish | null {
    const row = this.#db.prepare('SELECT wish FROM experiment_wishes WHERE experiment_id = ?').get(id);
    return row === undefined ? null : wishRow.parse(row).wish;
  }

  #refuseForeign(id: ExperimentId): void {
    const row = this.#db.prepare(`${OWNED} WHERE id = ?`).get(id);
    if (row === undefined) return;
    const { state, owner, seen_at: seenAt } = ownedRow.parse(row);
    if (state !== 'running' || owner === this.#life.token || this.#life.isGone(owner, seenAt)) return;
    throw new LabError('experiment_running', `Experiment ${id} is run by another process of the lab.`, {
      remedy: 'Pause or cancel it first, or wait until it is over.',
    });
  }
}

const readRecord = (row: unknown) => readJson('experiment', recordRow.parse(row).record);

export const unknownExperiment = (id: ExperimentId) => new LabError('unknown_experiment', `There is no experiment ${id}.`);
