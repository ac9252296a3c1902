'use client';
import { ListFilter, Play, Trash } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import { ImportButton } from '@/components/experiments/import-button';
import { withLive } from '@/components/runs-list/live-rows';
import { MoreRuns, RunsSkeleton } from '@/components/runs-list/more-runs';
import { ReadingFoot } from '@/components/runs-list/reading-foot';
import { RunRows } from '@/components/runs-list/run-rows';
import { usePicks } from '@/components/runs-list/use-picks';
import { useRuns } from '@/components/runs-list/use-runs';
import { describeFailure } from '@/components/trpc/failure';
import { useOverview } from '@/components/trpc/overview';
import { Button, LinkButton } from '@/components/ui/button';
import { Card, CardHead } from '@/components/ui/card';
import { Dialog } from '@/components/ui/dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { FailedState } from '@/components/ui/failed-state';
import { formatCount } from '@/components/ui/format';
import { loadAgain } from '@/components/ui/load-again';
import { FilterBar } from './filter-bar';
import { PickBar } from './pick-bar';
import { isNarrowed, sayFilters, toRunFilter } from './run-filters';
import { SaveRunsCsv } from './save-runs-csv';
import { StoreSize } from './store-size';
import { useRunFilters } from './use-run-filters';

const PAGE_SIZE = 50;

/** Seldom opened, so its code comes when it is. */
const Retention = dynamic(() => loadAgain(() => import('./retention')).then((module) => module.Retention), { ssr: false });

/** Every run there is: find, mark, compare, export, remove. What narrows the list and what is picked stand in the address. */
export function HistoryBrowser() {
  const state = useRunFilters();
  const picks = usePicks();
  const narrowing = useMemo(() => toRunFilter(state.filters), [state.filters]);
  const { rows: stored, total, error, retry, more, loadingMore } = useRuns(narrowing, PAGE_SIZE);
  const { overview } = useOverview();
  const rows = stored === null ? null : withLive(stored, overview);
  const narrowed = isNarrowed(state.filters);
  return (
    <Card label="All runs">
      <CardHead
        actions={
          <>
            <ImportButton />
            <SaveRunsCsv disabled={total === 0} narrowing={narrowing} />
            <KeepLess />
          </>
        }
        context={rows === null || total === 0 ? undefined : `${formatCount(rows.length)} of ${formatCount(total)}`}
        title={narrowed ? 'Runs that match' : 'All runs'}
      />
      <FilterBar {...state} />
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
      {rows?.length === 0 && narrowed ? (
        <EmptyState
          action={
            <Button onClick={state.clear} size="small">
              Clear filters
            </Button>
          }
          icon={ListFilter}
          title="The filters hide every run"
        >
          No run has {sayFilters(state.filters)}.
        </EmptyState>
      ) : null}
      {rows?.length === 0 && !narrowed ? <NoRuns /> : null}
      {rows === null || rows.length === 0 ? null : (
        <>
          <RunRows picks={picks} rows={rows} />
          <MoreRuns loading={loadingMore} more={more} />
        </>
      )}
      {rows === null ? null : (
        <ReadingFoot>
          <StoreSize />
        </ReadingFoot>
      )}
      <PickBar picks={picks} rows={rows ?? []} />
    </Card>
  );
}

function NoRuns() {
  return (
    <EmptyState
      action={
        <LinkButton href="/" kind="primary">
          Open control panel
        </LinkButton>
      }
      icon={Play}
      title="No runs yet"
      tone="accent"
    >
      Start with scenario3 and the baseline.
    </EmptyState>
  );
}

function KeepLess() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={Trash} kind="ghost" onClick={() => setOpen(true)} size="small">
        Retention
      </Button>
      <Dialog onClose={() => setOpen(false)} open={open} title="Retention">
        <Retention onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}
