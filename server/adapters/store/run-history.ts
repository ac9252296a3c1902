import type Database from 'libsql';
import { z } from 'zod';
import type { HistoryRow, RunFacets, RunFilter } from '@/server/domain/run-marks';
import { foldTag } from './mark-limits';
import { numberOf } from './sequence';
import { readJson } from './stored-json';

const historyRow = z.object({ summary: z.string(), tags: z.string(), note: z.string().nullable() });
const countRow = z.object({ n: z.int() });
const facetRow = z.object({ value: z.string(), runs: z.int() });

type Condition = { sql: string; values: (string | number)[] };

/** Newest first. Filters are decided in the index runs_in_history; only rows that are shown are read whole. */
export function listRuns(db: Database.Database, filter: RunFilter): { rows: HistoryRow[]; total: number } {
  const conditions = conditionsOf(filter);
  const where = ['1', ...conditions.map(({ sql }) => sql)].join(' AND ');
  const values = conditions.flatMap((condition) => condition.values);
  const before = filter.before === undefined ? Number.MAX_SAFE_INTEGER : numberOf(filter.before);
  const rows = db
    .prepare(
      `SELECT summary, (SELECT json_group_array(tag ORDER BY position) FROM tags WHERE run_id = id) AS tags,
         (SELECT note FROM notes WHERE run_id = id) AS note
       FROM runs WHERE ${where} AND number < ? ORDER BY number DESC LIMIT ?`,
    )
    .all(...values, before, filter.limit);
  const total = countRow.parse(db.prepare(`SELECT count(*) AS n FROM runs WHERE ${where}`).get(...values)).n;
  return { rows: rows.map(readRow), total };
}

export function runFacets(db: Database.Database): RunFacets {
  const count = (sql: string) =>
    db
      .prepare(sql)
      .all()
      .map((row) => facetRow.parse(row));
  return {
    scenarios: count('SELECT scenario AS value, count(*) AS runs FROM runs GROUP BY scenario ORDER BY scenario'),
    variants: count('SELECT variant AS value, count(*) AS runs FROM runs GROUP BY variant ORDER BY variant'),
    // The spelling that was used first in the order of runs stands for all.
    tags: count('SELECT tag AS value, count(*) AS runs, min(run_id) FROM tags GROUP BY folded ORDER BY folded'),
  };
}

function conditionsOf(filter: RunFilter): Condition[] {
  const { search = '', scenario, variant, state, verdict, tag, experiment } = filter;
  const equals = (column: string, value: string | undefined): Condition[] =>
    value === undefined ? [] : [{ sql: `${column} = ?`, values: [value] }];
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return [
    ...equals('scenario', scenario),
    ...equals('variant', variant),
    ...equals('verdict', verdict),
    ...equals('experiment_id', experiment),
    ...(state === 'unfinished' ? [{ sql: 'over = 0', values: [] }] : equals('state', state)),
    ...(tag === undefined ? [] : [{ sql: 'id IN (SELECT run_id FROM tags WHERE folded = ?)', values: [foldTag(tag)] }]),
    ...words.map((word) => ({ sql: '(instr(words, ?) OR instr(mark_words, ?))', values: [word, word] })),
  ];
}

function readRow(row: unknown): HistoryRow {
  const { summary, tags, note } = historyRow.parse(row);
  return { ...readJson('summary', summary), tags: readJson('tags', tags), note };
}
