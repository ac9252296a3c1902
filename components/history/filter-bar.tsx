'use client';
import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { SlidersHorizontal, X } from 'lucide-react';
import { useState } from 'react';
import { SearchBox } from '@/components/runs-list/search-box';
import { trpc } from '@/components/trpc/client';
import { Button } from '@/components/ui/button';
import { formatCount } from '@/components/ui/format';
import { FilterSelect } from './filter-select';
import { FILTER_KEYS, isNarrowed, STATES, VERDICTS } from './run-filters';
import type { FilterState } from './use-run-filters';

type Facet = { value: string; runs: number };

const counted = (facets: readonly Facet[] = []) =>
  facets.map(({ value, runs }) => ({ value, label: `${value} (${formatCount(runs)})` }));
const worded = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));

/** What the list is narrowed by. On a phone the choices fold away behind their number. */
export function FilterBar({ filters, set, clear }: FilterState) {
  const facets = useQuery(trpc.history.facets.queryOptions());
  const experiments = useQuery(trpc.experiments.list.queryOptions({ limit: 200 }));
  const [open, setOpen] = useState(false);
  const chosen = FILTER_KEYS.filter((key) => key !== 'q' && filters[key] !== '').length;
  const known = experiments.data?.rows.map(({ id, title }) => ({ value: id, label: `${id} ${title}` })) ?? [];
  return (
    <search aria-label="Filters" className="flex flex-wrap items-center gap-2 border-line border-b px-3 py-2 md:px-4">
      <SearchBox className="min-w-36 flex-1 md:w-56 md:flex-none" onSearch={(text) => set('q', text)} search={filters.q} />
      <Button aria-expanded={open} className="md:hidden" icon={SlidersHorizontal} onClick={() => setOpen(!open)} size="small">
        Filters{chosen === 0 ? '' : ` (${chosen})`}
      </Button>
      <div className={clsx('gap-2 max-md:w-full max-md:grid-cols-2 md:contents', open ? 'max-md:grid' : 'max-md:hidden')}>
        <FilterSelect
          any="any scenario"
          label="Scenario"
          onChange={(value) => set('scenario', value)}
          options={counted(facets.data?.scenarios)}
          value={filters.scenario}
        />
        <FilterSelect
          any="any variant"
          label="Variant"
          onChange={(value) => set('variant', value)}
          options={counted(facets.data?.variants)}
          value={filters.variant}
        />
        <FilterSelect
          any="any state"
          label="State"
          onChange={(value) => set('state', value)}
          options={worded(STATES)}
          value={filters.state}
        />
        <FilterSelect
          any="any verdict"
          label="Verdict"
          onChange={(value) => set('verdict', value)}
          options={worded(VERDICTS)}
          value={filters.verdict}
        />
        <FilterSelect
          any="any tag"
          label="Tag"
          onChange={(value) => set('tag', value)}
          options={counted(facets.data?.tags)}
          value={filters.tag}
        />
        <FilterSelect
          any="any experiment"
          label="Experiment"
          onChange={(value) => set('experiment', value)}
          options={known}
          value={filters.experiment}
        />
      </div>
      {isNarrowed(filters) ? (
        <Button icon={X} kind="ghost" onClick={clear} size="small">
          Clear filters
        </Button>
      ) : null}
    </search>
  );
}
