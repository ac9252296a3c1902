'use client';
import { ArrowLeftRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { ComparePicked } from '@/components/runs-list/compare-picked';
import { MoreRuns, RunsSkeleton } from '@/components/runs-list/more-runs';
import { RunRows } from '@/components/runs-list/run-rows';
import { SearchBox } from '@/components/runs-list/search-box';
import { usePicks } from '@/components/runs-list/use-picks';
import { useRuns } from '@/components/runs-list/use-runs';
import { describeFailure } from '@/components/trpc/failure';
import { Button, LinkButton } from '@/components/ui/button';
import { Card, CardFoot, CardHead } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { FailedState } from '@/components/ui/failed-state';

const PAGE_SIZE = 50;

/** Runs to choose two or more from. */
export function RunPicker() {
  const [search, setSearch] = useState('');
  const picks = usePicks();
  const narrowing = useMemo(() => ({ search: search === '' ? undefined : search, state: 'done' as const }), [search]);
  const { rows, error, retry, more, loadingMore } = useRuns(narrowing, PAGE_SIZE);
  if (rows !== null && rows.length < 2 && search === '') return <TooFew />;
  return (
    <Card label="Runs to compare">
      <CardHead
        actions={
          <>
            <SearchBox className="w-[150px] md:w-[200px]" onSearch={setSearch} search={search} />
            <ComparePicked picks={picks} rows={rows ?? []} />
          </>
        }
        context={sayPicked(picks.ids)}
        title="Runs to compare"
      />
      {rows === null && error === null ? <RunsSkeleton rows={9} /> : null}
      {rows === null && error !== null ? (
        <FailedState
          action={
            <Button onClick={retry} size="small">
              Try again
            </Button>
          }
          failure={describeFailure(error)}
        />
      ) : null}
      {rows?.length === 0 ? (
        <EmptyState icon={ArrowLeftRight} title="No finished run matches">
          Nothing has “{search}” in its id, scenario, variant, tags or note.
        </EmptyState>
      ) : null}
      {rows === null || rows.length === 0 ? null : (
        <>
          <RunRows picks={picks} rows={rows} />
          <MoreRuns loading={loadingMore} more={more} />
        </>
      )}
      {rows === null ? null : (
        <CardFoot>Runs that are done. A baseline among two is the base of each ratio, else the older run is.</CardFoot>
      )}
    </Card>
  );
}

function sayPicked(ids: readonly string[]): string {
  if (ids.length === 0) return 'pick two or more';
  return ids.length <= 4 ? `${ids.join(', ')} picked` : `${ids.length} picked`;
}

function TooFew() {
  return (
    <Card>
      <EmptyState
        action={
          <LinkButton href="/" kind="primary">
            Open control panel
          </LinkButton>
        }
        icon={ArrowLeftRight}
        title="Two runs are needed"
      >
        Launch baseline, then tc_broadcast, with the same scenario and workload.
      </EmptyState>
    </Card>
  );
}
