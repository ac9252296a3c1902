import Database from 'libsql';
import { z } from 'zod';

const sqliteError = z.object({ code: z.string() });

/**
 * A lock that the kernel frees when the process dies: SQLite's exclusive transaction on a file that holds nothing else.
 * (Node has no flock, and a lock file with a pid in it outlives a kill -9.)
 */
export function tryLock(file: string): (() => void) | null {
  const database = new Database(file, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    const code = sqliteError.safeParse(cause).data?.code ?? '';
    if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return null;
    throw cause;
  }
  return () => {
    if (!database.open) return;
    database.exec('ROLLBACK');
    database.close();
  };
}
