import type Database from 'libsql';
import { z } from 'zod';
import { LabError } from '@/server/domain/errors';
import type { RunId } from '@/server/domain/run';
import type { RunMarks } from '@/server/domain/run-marks';
import { checkMarks, foldTag } from './mark-limits';

const tagRow = z.object({ tag: z.string() });
const noteRow = z.object({ note: z.string() });

/** The tables `tags` and `notes`, and their words in the row of the run, where the search finds them. */
export class MarkRows {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  marks(id: RunId): RunMarks {
    this.#refuseUnknown(id);
    const tags = this.#db.prepare('SELECT tag FROM tags WHERE run_id = ? ORDER BY position').all(id);
    const note = this.#db.prepare('SELECT note FROM notes WHERE run_id = ?').get(id);
    return {
      tags: tags.map((row) => tagRow.parse(row).tag),
      note: note === undefined ? null : noteRow.parse(note).note,
    };
  }

  setMarks(id: RunId, marks: RunMarks): void {
    const { tags, note } = checkMarks(marks);
    const write = this.#db.transaction(() => {
      this.#refuseUnknown(id);
      this.#db.prepare('DELETE FROM tags WHERE run_id = ?').run(id);
      this.#db.prepare('DELETE FROM notes WHERE run_id = ?').run(id);
      const insert = this.#db.prepare('INSERT INTO tags (folded, run_id, tag, position) VALUES (?, ?, ?, ?)');
      for (const [position, tag] of tags.entries()) insert.run(foldTag(tag), id, tag, position);
      if (note !== null) this.#db.prepare('INSERT INTO notes (run_id, note) VALUES (?, ?)').run(id, note);
      const words = [...tags, note ?? ''].join('\n').toLowerCase();
      this.#db.prepare('UPDATE runs SET mark_words = ? WHERE id = ?').run(words, id);
    });
    write.immediate();
  }

  #refuseUnknown(id: RunId): void {
    if (this.#db.prepare('SELECT 1 FROM runs WHERE id = ?').get(id) === undefined) {
      throw new LabError('unknown_run', `There is no run ${id}.`);
    }
  }
}
