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
  `-- Experiments, validity, marks and retention. Runs from before them belong to no experiment and were never judged.
   ALTER TABLE runs ADD COLUMN scenario TEXT NOT NULL DEFAULT '';
   ALTER TABLE runs ADD COLUMN variant TEXT NOT NULL DEFAULT '';
   ALTER TABLE runs ADD COLUMN verdict TEXT;
   ALTER TABLE runs ADD COLUMN experiment_id TEXT;
   ALTER TABLE runs ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
   -- Tags and note, for the search.
   ALTER TABLE runs ADD COLUMN mark_words TEXT NOT NULL DEFAULT '';
   -- What removing the run frees; null until it is sealed.
   ALTER TABLE runs ADD COLUMN database_bytes INTEGER;
   ALTER TABLE runs ADD COLUMN file_bytes INTEGER;
   UPDATE runs SET
     scenario = json_extract(view, '$.config.scenario'),
     variant = json_extract(view, '$.config.variant.name'),
     created_at = json_extract(view, '$.config.createdAt'),
     view = json_set(view, '$.config.place', NULL, '$.config.importedFrom', NULL, '$.deaths', json('[]'),
       '$.conditions', NULL, '$.validity', NULL),
     summary = json_set(summary, '$.verdict', NULL, '$.place', NULL, '$.imported', json('false'));
   UPDATE runs SET
     database_bytes = octet_length(view) + octet_length(summary)
       + (SELECT coalesce(sum(octet_length(json)), 0) FROM intervals WHERE run_id = id)
       + (SELECT coalesce(sum(octet_length(json)), 0) FROM events WHERE run_id = id)
       + (SELECT coalesce(sum(octet_length(json)), 0) FROM samples WHERE run_id = id),
     file_bytes = coalesce((SELECT stored_bytes FROM logs WHERE run_id = id), 0)
     WHERE sealed = 1;

   -- The history is searched and filtered in this index alone: the rows behind it are large.
   DROP INDEX runs_by_number;
   CREATE INDEX runs_in_history
     ON runs (number DESC, over, state, scenario, variant, verdict, experiment_id, words, mark_words);
   CREATE INDEX runs_by_size ON runs (created_at, id, over, experiment_id, database_bytes, file_bytes);
   CREATE INDEX runs_of_experiment ON runs (experiment_id, number) WHERE experiment_id IS NOT NULL;
   CREATE INDEX runs_unfinished ON runs (number) WHERE over = 0;

   -- A sealed run's intervals and events; see packed-run.ts. Their rows are gone. Runs sealed before this step have rows.
   CREATE TABLE packed (run_id TEXT NOT NULL, kind TEXT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (run_id, kind)) STRICT;

   -- folded: in lower case, by which tags are the same.
   CREATE TABLE tags (
     folded TEXT NOT NULL, run_id TEXT NOT NULL, tag TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (folded, run_id)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX tags_by_run ON tags (run_id, position, tag);
   CREATE TABLE notes (run_id TEXT PRIMARY KEY, note TEXT NOT NULL) STRICT;

   INSERT INTO sequence VALUES ('experiment', 0);
   CREATE TABLE experiments (
     id TEXT PRIMARY KEY, number INTEGER NOT NULL, state TEXT NOT NULL, owner TEXT NOT NULL, record TEXT NOT NULL
   ) STRICT;
   CREATE INDEX experiments_by_number ON experiments (number DESC);
   CREATE TABLE experiment_wishes (experiment_id TEXT PRIMARY KEY, wish TEXT NOT NULL) STRICT;

   CREATE TABLE retention (max_age_days REAL, max_bytes INTEGER) STRICT;
   INSERT INTO retention VALUES (NULL, NULL);

   -- Folders under runs/ that belong to no run: of one that is being imported, by its importer; of one that was removed, by ''.
   CREATE TABLE loose_folders (run_id TEXT PRIMARY KEY, owner TEXT NOT NULL) STRICT;`,
  `-- Runs say how they observe themselves; those from before did not. What the watcher saw of their eBPF.
   UPDATE runs SET view = json_set(view, '$.config.observe', json('{"bpfStatistics":false,"trace":false}'),
     '$.observations', json('[]'), '$.logLate', 0);

   -- Of a run that is not sealed yet; see bpf-rows.ts. json of a point row: counters of all own programs at some looks.
   CREATE TABLE bpf_points (run_id TEXT NOT NULL, json TEXT NOT NULL) STRICT;
   CREATE INDEX bpf_points_by_run ON bpf_points (run_id);
   CREATE TABLE bpf_records (
     run_id TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (run_id, kind, key)
   ) STRICT, WITHOUT ROWID;`,
  `-- Faults, views and safety; runs from before them had none of the three. Setting a field of a proof that is null changes nothing.
   UPDATE runs SET view = json_set(view, '$.config.faults', json('[]'), '$.faults', json('[]'), '$.outages', json('[]'),
     '$.views', json('[]'), '$.leaders', json('[]'), '$.standing', NULL, '$.safety', NULL,
     '$.proof.delivery.declared', json('{}'), '$.proof.sameLog.live', json('[]'),
     '$.replicas', (SELECT json_group_array(json_set(value, '$.health', NULL, '$.affliction', NULL, '$.gap', NULL, '$.acked', json('{}')))
       FROM json_each(runs.view, '$.replicas')));`,
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
