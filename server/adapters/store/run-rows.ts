import type Database from 'libsql';
import { z } from 'zod';
import type { RunId, RunSummary, RunView } from '@/server/domain/run';
import { readJson } from './stored-json';

const viewRow = z.object({ view: z.string() });
const summaryRow = z.object({ summary: z.string() });
const unfinishedRow = z.object({ view: z.string(), owner: z.string(), seen_at: z.int().nullable() });
const countRow = z.object({ n: z.int() });
const sealedRow = z.object({ sealed: z.int() });
const valueRow = z.object({ value: z.int() });

export type SavedRun = { view: RunView; summary: RunSummary; over: boolean; owner: string };

/** The `runs` table: one row per run, with its view and its line of the list as JSON. */
export class RunRows {
  readonly #db: Database.Database;
  readonly #save;
  readonly #view;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#save = db.prepare(
      `INSERT INTO runs (id, number, state, over, owner, view, summary, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET state = excluded.state, over = excluded.over, owner = excluded.owner,
         view = excluded.view, summary = excluded.summary, words = excluded.words`,
    );
    this.#view = db.prepare('SELECT view FROM runs WHERE id = ?');
  }

  /** One after the other, also when several processes ask at once. */
  nextNumber(): number {
    const take = this.#db.transaction(() => {
      this.#db.prepare("UPDATE sequence SET value = value + 1 WHERE name = 'run'").run();
      return valueRow.parse(this.#db.prepare("SELECT value FROM sequence WHERE name = 'run'").get()).value;
    });
    return take.immediate();
  }

  save({ view, summary, over, owner }: SavedRun): void {
    const { id } = view.config;
    const words = [id, view.config.scenario, view.config.scenarioTitle, view.config.variant.name, view.state, summary.remark];
    this.#save.run(
      id,
      numberOf(id),
      view.state,
      over ? 1 : 0,
      owner,
      JSON.stringify(view),
      JSON.stringify(summary),
      words.join(' ').toLowerCase(),
    );
  }

  view(id: RunId): RunView | null {
    const row = this.#view.get(id);
    return row === undefined ? null : readJson('view', viewRow.parse(row).view);
  }

  /** Newest first. search: every word of it must occur. total counts all that match, whatever `before` says. */
  list({ limit, before, search = '' }: { limit: number; before?: RunId; search?: string }): {
    rows: RunSummary[];
    total: number;
  } {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean).map(toPattern);
    const matches = ['1', ...words.map(() => "words LIKE ? ESCAPE '\\'")].join(' AND ');
    const first = before === undefined ? Number.MAX_SAFE_INTEGER : numberOf(before);
    const rows = this.#db
      .prepare(`SELECT summary FROM runs WHERE ${matches} AND number < ? ORDER BY number DESC LIMIT ?`)
      .all(...words, first, limit);
    const total = this.#db.prepare(`SELECT count(*) AS n FROM runs WHERE ${matches}`).get(...words);
    return { rows: rows.map((row) => readJson('summary', summaryRow.parse(row).summary)), total: countRow.parse(total).n };
  }

  isSealed(id: RunId): boolean {
    const row = this.#db.prepare('SELECT sealed FROM runs WHERE id = ?').get(id);
    return row !== undefined && sealedRow.parse(row).sealed === 1;
  }

  seal(id: RunId): void {
    this.#db.prepare('UPDATE runs SET sealed = 1 WHERE id = ?').run(id);
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
}

export const formatRunId = (number: number): RunId => `r-${String(number).padStart(4, '0')}`;

/** The position of a run in the list; an id of another form stands before all others. */
export function numberOf(id: RunId): number {
  return Number(/^r-(\d+)$/.exec(id)?.[1] ?? 0);
}

const toPattern = (word: string) => `%${word.replace(/[\\%_]/g, '\\$&')}%`;
