'use client';
import { Play, Search } from 'lucide-react';
import { useMemo } from 'react';
import { describeFailure } from '@/components/trpc/failure';
import { useOverview } from '@/components/trpc/overview';
import { Button, LinkButton } from '@/components/ui/button';
import { Card, CardHead } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { FailedState } from '@/components/ui/failed-state';
import { formatCount } from '@/components/ui/format';
import { useUrlState } from '@/components/ui/use-url-state';
import { ComparePicked } from './compare-picked';
import { withLive } from './live-rows';
import { RunsSkeleton } from './more-runs';
import { ReadingFoot } from './reading-foot';
import { RunRows } from './run-rows';
import { SearchBox } from './search-box';
import { usePicks } from './use-picks';
import { useRuns } from './use-runs';

/** The newest runs to open, mark and compare, and a way to all of them. Search and picks stand in the address. */
export function RunBrowser({ title, pageSize }: { title: string; pageSize: number }) {
  const [search, setSearch] = useUrlState('q');
  const picks = usePicks();
  const narrowing = useMemo(() => ({ search: search === '' ? undefined : search }), [search]);
  const { rows: stored, total, error, retry, more } = useRuns(narrowing, pageSize);
  const { overview } = useOverview();
  const rows = stored === null ? null : withLive(stored, overview);
  return (
    <Card label={title}>
      <CardHead
        actions={
          <>
            <SearchBox className="w-[150px] md:w-[200px]" onSearch={setSearch} search={search} />
            <ComparePicked picks={picks} rows={rows ?? []} />
          </>
        }
        context={rows === null || total === 0 ? undefined : `${formatCount(rows.length)} of ${formatCount(total)}`}
        title={title}
      />
      {rows === null && error === null ? <RunsSkeleton rows={Math.min(pageSize, 9)} /> : null}
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
      {rows?.length === 0 ? <NoRuns onClear={() => setSearch('')} search={search} /> : null}
      {rows === null || rows.length === 0 ? null : (
        <>
          <RunRows picks={picks} rows={rows} />
          {more === null ? null : (
            <div className="flex justify-center border-line border-t p-2">
              <LinkButton href="/runs" kind="ghost" size="small">
                All {formatCount(total)} runs
              </LinkButton>
            </div>
          )}
          <ReadingFoot />
        </>
      )}
    </Card>
  );
}

function NoRuns({ search, onClear }: { search: string; onClear: () => void }) {
  if (search === '') {
    return (
      <EmptyState icon={Play} title="No runs yet" tone="accent">
        Choose a scenario above and launch it; start with three replicas and the baseline.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      action={
        <Button onClick={onClear} size="small">
          Clear the search
        </Button>
      }
      icon={Search}
      title="No run matches"
    >
      Nothing has “{search}” in its id, scenario, variant, state, tags or note.
    </EmptyState>
  );
}
