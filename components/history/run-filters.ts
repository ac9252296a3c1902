import type { RunFilter } from '@/server/api/types';

/** What the history is narrowed to, as it stands in the address; '' does not narrow. */
export type RunFilters = Record<FilterKey, string>;

/** Key in the address of each filter. */
export const FILTER_KEYS = ['q', 'scenario', 'variant', 'state', 'verdict', 'tag', 'experiment'] as const;
export type FilterKey = (typeof FILTER_KEYS)[number];

export const STATES = {
  done: 'done',
  failed: 'failed',
  stopped: 'stopped',
  interrupted: 'interrupted',
  unfinished: 'not over yet',
} as const satisfies Record<NonNullable<RunFilter['state']>, string>;

export const VERDICTS = {
  valid: 'valid',
  suspect: 'suspect',
  invalid: 'invalid',
} as const satisfies Record<NonNullable<RunFilter['verdict']>, string>;

/** What the server refuses is no filter: an address that somebody typed must not break the page. */
export function readFilters(query: { get(key: string): string | null }): RunFilters {
  const read = (key: FilterKey) => (query.get(key) ?? '').slice(0, 200);
  const experiment = read('experiment');
  return {
    q: read('q'),
    scenario: read('scenario'),
    variant: read('variant'),
    state: keyOf(STATES, read('state')) ?? '',
    verdict: keyOf(VERDICTS, read('verdict')) ?? '',
    tag: read('tag'),
    experiment: /^x-\d{4,9}$/.test(experiment) ? experiment : '',
  };
}

export function isNarrowed(filters: RunFilters): boolean {
  return FILTER_KEYS.some((key) => filters[key] !== '');
}

/** The same as the server takes it. */
export function toRunFilter(filters: RunFilters): Omit<RunFilter, 'limit' | 'before'> {
  const given = (text: string) => (text === '' ? undefined : text);
  return {
    search: given(filters.q.trim()),
    scenario: given(filters.scenario),
    variant: given(filters.variant),
    state: keyOf(STATES, filters.state),
    verdict: keyOf(VERDICTS, filters.verdict),
    tag: given(filters.tag),
    experiment: given(filters.experiment),
  };
}

/** `“cold” in its words, variant baseline, tag aa`: why a list is empty. */
export function sayFilters(filters: RunFilters): string {
  const words = {
    q: filters.q === '' ? '' : `“${filters.q}” in its words`,
    scenario: filters.scenario,
    variant: filters.variant === '' ? '' : `variant ${filters.variant}`,
    state: filters.state === '' ? '' : `state ${filters.state}`,
    verdict: filters.verdict === '' ? '' : `verdict ${filters.verdict}`,
    tag: filters.tag === '' ? '' : `tag ${filters.tag}`,
    experiment: filters.experiment,
  } satisfies RunFilters;
  return FILTER_KEYS.flatMap((key) => (words[key] === '' ? [] : [words[key]])).join(', ');
}

function keyOf<K extends string>(words: Record<K, string>, text: string): K | undefined {
  for (const key in words) if (key === text) return key;
  return undefined;
}
