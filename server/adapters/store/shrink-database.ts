import { setImmediate } from 'node:timers/promises';
import type Database from 'libsql';
import { z } from 'zod';

const pagesRow = z.object({ freelist_count: z.int() });

/** Pages that are given back in one go: 8 MB, some tens of milliseconds. */
const PAGES_AT_ONCE = 2000;

/**
 * Gives pages that nothing uses any more back to the disk, a few at a time. A file made before version 4 of the schema
 * keeps them, and uses them again.
 */
export async function shrinkDatabase(db: Database.Database): Promise<void> {
  const freePages = () => pagesRow.parse(db.prepare('PRAGMA freelist_count').get()).freelist_count;
  try {
    let before: number;
    do {
      before = freePages();
      db.exec(`PRAGMA incremental_vacuum(${PAGES_AT_ONCE})`);
      await setImmediate();
    } while (db.open && freePages() < before);
  } catch {
    // Somebody else is writing. What was asked for is done; the pages are used again, or given back the next time.
  }
}
