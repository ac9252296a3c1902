'use client';
import { useMemo } from 'react';
import { useUrlState } from '@/components/ui/use-url-state';
import { FILTER_KEYS, type FilterKey, type RunFilters, readFilters } from './run-filters';

export type FilterState = {
  filters: RunFilters;
  set: (key: FilterKey, value: string) => void;
  clear: () => void;
};

/** The filters of the history; each stands in the address under its own key. */
export function useRunFilters(): FilterState {
  const [q, setQ] = useUrlState('q');
  const [scenario, setScenario] = useUrlState('scenario');
  const [variant, setVariant] = useUrlState('variant');
  const [state, setState] = useUrlState('state');
  const [verdict, setVerdict] = useUrlState('verdict');
  const [tag, setTag] = useUrlState('tag');
  const [experiment, setExperiment] = useUrlState('experiment');
  const filters = useMemo(() => {
    const values: RunFilters = { q, scenario, variant, state, verdict, tag, experiment };
    const known = new Map<string, string>(Object.entries(values));
    return readFilters({ get: (key) => known.get(key) ?? null });
  }, [q, scenario, variant, state, verdict, tag, experiment]);
  const setters: Record<FilterKey, (value: string) => void> = {
    q: setQ,
    scenario: setScenario,
    variant: setVariant,
    state: setState,
    verdict: setVerdict,
    tag: setTag,
    experiment: setExperiment,
  };
  return {
    filters,
    set: (key, value) => setters[key](value),
    clear: () => {
      for (const key of FILTER_KEYS) setters[key]('');
    },
  };
}
