import { describe, expect, it } from 'vitest';
import { isNarrowed, readFilters, sayFilters, toRunFilter } from './run-filters';

const read = (query: string) => readFilters(new URLSearchParams(query));

describe('filters in the address', () => {
  it('become what the server takes, and nothing where nothing is narrowed', () => {
    expect(toRunFilter(read('q=cold+start&variant=baseline&state=unfinished&verdict=suspect&experiment=x-0016'))).toEqual({
      search: 'cold start',
      variant: 'baseline',
      state: 'unfinished',
      verdict: 'suspect',
      experiment: 'x-0016',
    });
    expect(isNarrowed(read(''))).toBe(false);
    expect(isNarrowed(read('tag=aa'))).toBe(true);
  });

  it('are left out if the server would refuse them', () => {
    const filters = read('state=asleep&verdict=good&experiment=drop&scenario=scenario3');
    expect(toRunFilter(filters)).toEqual({ scenario: 'scenario3' });
    expect(isNarrowed(read('state=asleep'))).toBe(false);
  });

  it('say in words why nothing is left', () => {
    expect(sayFilters(read('q=cold&variant=baseline&tag=aa'))).toBe('“cold” in its words, variant baseline, tag aa');
  });
});
