import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { SqliteRunStore } from './run-store';
import { migrate } from './schema';
import { guard } from './store-failure';

/** How long a write waits for another process's write. */
const BUSY_MS = 5000;

/**
 * Opens (or creates) `lab.db` in the data folder. Several processes may have it open at once. Throws LabError
 * store_failed when the folder cannot be written or the file is of a newer version.
 */
export function openStore({ dataDir }: { dataDir: string }): SqliteRunStore {
  const file = join(dataDir, 'lab.db');
  return guard(file, () => {
    mkdirSync(join(dataDir, 'runs'), { recursive: true });
    const db = new Database(file, { timeout: BUSY_MS });
    try {
      // INCREMENTAL: what removed runs took up can be given back to the disk; only says something to a file that is made now.
      // WAL: readers never wait for the writer. NORMAL: a power cut may lose the last writes, never the file.
      db.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
      migrate(db);
      return new SqliteRunStore(db, { dataDir, file });
    } catch (cause) {
      db.close();
      throw cause;
    }
  });
}
