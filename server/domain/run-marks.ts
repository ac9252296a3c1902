import type { RunId, RunSummary } from './run';

/** What people write beside a run; it may change after the run is sealed. */
export type RunMarks = { tags: string[]; note: string | null };

export const MARK_LIMITS = { tags: 12, tagCharacters: 32, noteCharacters: 2000 } as const;

/** A row of the history. */
export type HistoryRow = RunSummary & RunMarks;

/** Every filter narrows; search: every word must occur in id, scenario, variant, state, remark, tags or note. */
export type RunFilter = {
  limit: number;
  /** Rows older than this one. */
  before?: RunId | undefined;
  search?: string | undefined;
  scenario?: string | undefined;
  variant?: string | undefined;
  state?: 'done' | 'failed' | 'stopped' | 'interrupted' | 'unfinished' | undefined;
  verdict?: 'valid' | 'suspect' | 'invalid' | undefined;
  tag?: string | undefined;
  experiment?: string | undefined;
};

/** What the filters can be set to, with how many runs each holds. */
export type RunFacets = {
  scenarios: { value: string; runs: number }[];
  variants: { value: string; runs: number }[];
  tags: { value: string; runs: number }[];
};

/** What is kept: runs younger than so many days, and no more than so many bytes; null does not limit. */
export type RetentionPolicy = { maxAgeDays: number | null; maxBytes: number | null };

/** Shown before anything is removed. Runs that are tagged `keep`, unfinished, or part of an experiment that is not over stay. */
export type RetentionPlan = {
  policy: RetentionPolicy;
  remove: { id: RunId; createdAt: number; bytes: number; why: 'age' | 'size'; experiment: string | null }[];
  removeBytes: number;
  totalBytes: number;
  totalRuns: number;
  kept: { why: string; runs: number }[];
};
