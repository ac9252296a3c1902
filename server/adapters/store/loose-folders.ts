import { setImmediate } from 'node:timers/promises';
import type Database from 'libsql';
import { z } from 'zod';
import type { RunId } from '@/server/domain/run';
import type { RunFolders } from './run-folders';
import type { SignOfLife } from './sign-of-life';

const looseRow = z.object({ run_id: z.string(), owner: z.string(), seen_at: z.int().nullable() });

/**
 * Folders that belong to no run. Rows and files cannot change in one step, so a folder is noted here before its files are
 * written by an import, and in the same transaction that removes its rows; whoever opens the store next after a crash
 * removes what is still noted.
 */
export class LooseFolders {
  readonly #db: Database.Database;
  readonly #folders: RunFolders;
  readonly #life: SignOfLife;

  constructor(db: Database.Database, folders: RunFolders, life: SignOfLife) {
    this.#db = db;
    this.#folders = folders;
    this.#life = life;
  }

  /** This process is about to write the files of a run that has no row yet. */
  noteIncoming(id: RunId): void {
    this.#db.prepare('INSERT INTO loose_folders (run_id, owner) VALUES (?, ?)').run(id, this.#life.token);
  }

  noteRemoved(id: RunId): void {
    this.#db.prepare("INSERT OR REPLACE INTO loose_folders (run_id, owner) VALUES (?, '')").run(id);
  }

  /** They belong to runs now, or are gone. */
  forget(ids: readonly RunId[]): void {
    this.#db.prepare('DELETE FROM loose_folders WHERE run_id IN (SELECT value FROM json_each(?))').run(JSON.stringify(ids));
  }

  /** Removes the folders of removed runs, and of imports whose process died. */
  sweep(): void {
    const ids = this.#abandoned();
    for (const id of ids) this.#folders.remove(id);
    if (ids.length > 0) this.forget(ids);
  }

  /** The same, giving way to others after each folder. */
  async sweepGently(): Promise<void> {
    const ids = this.#abandoned();
    for (const id of ids) {
      this.#folders.remove(id);
      await setImmediate();
    }
    this.forget(ids);
  }

  #abandoned(): RunId[] {
    return this.#db
      .prepare('SELECT run_id, owner, seen_at FROM loose_folders LEFT JOIN owners ON token = owner')
      .all()
      .map((row) => looseRow.parse(row))
      .filter(({ owner, seen_at: seenAt }) => owner === '' || this.#life.isGone(owner, seenAt))
      .map(({ run_id: id }) => id);
  }
}
