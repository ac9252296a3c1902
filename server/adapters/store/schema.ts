import type Database from 'libsql';
import { z } from 'zod';

/**
 * The store's tables, as steps from one user_version to the next. A step that was released is never edited: a new one
 * follows it.
 */
export const STEPS: string[] = [
  `CREATE TABLE sequence (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
   INSERT INTO sequence VALUES ('run', 0);

   -- number orders the list; view and summary are JSON; words is what a search looks through.
   CREATE TABLE runs (
     id TEXT PRIMARY KEY, number INTEGER NOT NULL, state TEXT NOT NULL, over INTEGER NOT NULL,
     sealed INTEGER NOT NULL DEFAULT 0, owner TEXT NOT NULL, view TEXT NOT NULL, summary TEXT NOT NULL, words TEXT NOT NULL
   ) STRICT;
   CREATE INDEX runs_by_number ON runs (number DESC);

   CREATE TABLE intervals (
     run_id TEXT NOT NULL, phase TEXT NOT NULL, position INTEGER NOT NULL, json TEXT NOT NULL,
     PRIMARY KEY (run_id, phase, position)
   ) STRICT, WITHOUT ROWID;

   CREATE TABLE events (
     run_id TEXT NOT NULL, t_us INTEGER NOT NULL, source TEXT NOT NULL, event TEXT NOT NULL, json TEXT NOT NULL
   ) STRICT;
   CREATE INDEX events_by_run ON events (run_id, t_us);

   CREATE TABLE samples (run_id TEXT NOT NULL, taken_at INTEGER NOT NULL, replica TEXT NOT NULL, json TEXT NOT NULL) STRICT;
   CREATE INDEX samples_by_run ON samples (run_id, taken_at);

   CREATE TABLE logs (
     run_id TEXT PRIMARY KEY, lines INTEGER NOT NULL, bytes INTEGER NOT NULL, stored_bytes INTEGER NOT NULL
   ) STRICT;

   -- One row per process that has the store open; see owner.ts.
   CREATE TABLE owners (token TEXT PRIMARY KEY, seen_at INTEGER NOT NULL) STRICT;`,
  `-- Stop pressed in one process for a run of another.
   CREATE TABLE stop_requests (run_id TEXT PRIMARY KEY) STRICT;`,
  `-- Tells this store's runs from any other's on the same engine. Until now a run was labelled with its id alone.
   CREATE TABLE store (id TEXT PRIMARY KEY) STRICT;
   INSERT INTO store VALUES (lower(hex(randomblob(3))));
   UPDATE runs SET view = json_set(view, '$.config.label', id);`,
];

export const SCHEMA_VERSION = STEPS.length;

const versionRow = z.object({ user_version: z.int() });

/**
 * Brings the database to this version, whoever else opens it at the same time. Throws if it was written by a newer
 * version of the lab.
 */
export function migrate(db: Database.Database): void {
  const present = () => versionRow.parse(db.prepare('PRAGMA user_version').get()).user_version;
  if (present() === SCHEMA_VERSION) return;
  db.transaction(() => {
    // Another process may have done it while this one waited for the lock.
    const from = present();
    if (from > SCHEMA_VERSION) {
      throw new Error(`it has version ${from}, and this lab knows versions up to ${SCHEMA_VERSION}`);
    }
    for (const step of STEPS.slice(from)) db.exec(step);
    db.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
  }).immediate();
}
