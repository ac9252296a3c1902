'use client';
import { FlaskConical } from 'lucide-react';
import { describeFailure } from '@/components/trpc/failure';
import { Quiet } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card, CardHead } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { FailedState } from '@/components/ui/failed-state';
import { formatCount, formatEstimate, formatPlural, formatWhen } from '@/components/ui/format';
import { PageLink } from '@/components/ui/page-link';
import { ProgressBar } from '@/components/ui/progress-bar';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import type { ExperimentSummary } from '@/server/api/types';
import { Contest } from './contest';
import { StateBadge } from './experiment-state';
import { useExperiments } from './use-experiments';

/** Every experiment, the newest first: what was planned, how far it is, what it found. */
export function ExperimentList() {
  const { rows, total, error, retry, more, loadingMore } = useExperiments();
  return (
    <Card label="All experiments">
      <CardHead
        context={rows === null || total === 0 ? undefined : `${formatCount(rows.length)} of ${formatCount(total)}`}
        title="All experiments"
      />
      {rows === null && error === null ? <ListSkeleton /> : null}
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
        <EmptyState icon={FlaskConical} title="No experiments yet" tone="accent">
          Start with the A/A control above: it shows how far this machine alone moves the numbers.
        </EmptyState>
      ) : null}
      {rows === null || rows.length === 0 ? null : (
        <ul>
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </ul>
      )}
      {more === null ? null : (
        <div className="flex justify-center border-line border-t p-2">
          <Button disabled={loadingMore} kind="ghost" onClick={more} size="small">
            {loadingMore ? 'Loading' : 'Load more'}
          </Button>
        </div>
      )}
    </Card>
  );
}

function Row({ row }: { row: ExperimentSummary }) {
  return (
    <li className="grid gap-x-5 gap-y-1.5 border-line border-b p-3 last:border-b-0 md:grid-cols-[minmax(0,5fr)_minmax(0,6fr)_168px] md:px-4">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <PageLink className="font-semibold hover:underline" href={`/experiments/${row.id}`}>
            {row.title}
          </PageLink>
          <span className="mono text-12 text-fg-2">{row.id}</span>
          {row.imported ? <span className="text-12 text-fg-3">imported</span> : null}
        </p>
        <p className="mono text-12 text-fg-2 [overflow-wrap:anywhere]">{row.scenarios.join(', ')}</p>
        <Contest variants={row.variants} />
      </div>
      <div className="min-w-0">
        <p className={row.headline === null ? 'text-fg-3' : ''}>{row.headline ?? 'Nothing counts yet.'}</p>
        {row.note === null ? null : <p className="text-12 text-fg-2">{row.note}</p>}
        <Integrity row={row} />
      </div>
      <div className="flex flex-col gap-1.5">
        <div className="flex items-center gap-2">
          <StateBadge state={row.state} />
          <span className="ml-auto text-12 text-fg-3">{formatWhen(row.createdAt)}</span>
        </div>
        <Progress row={row} />
      </div>
    </li>
  );
}

function Integrity({ row: { progress } }: { row: ExperimentSummary }) {
  return (
    <p className="text-12 text-fg-3">
      {formatCount(progress.pairsCounted)} of {formatPlural(progress.pairsWanted, 'pair counts', 'pairs count')}
      {progress.suspect === 0 ? null : (
        <>
          , <Quiet tone="warn">{formatCount(progress.suspect)} suspect</Quiet>
        </>
      )}
      {progress.invalid === 0 ? null : (
        <>
          , <Quiet tone="bad">{formatCount(progress.invalid)} invalid</Quiet>
        </>
      )}
    </p>
  );
}

function Progress({ row: { id, state, progress } }: { row: ExperimentSummary }) {
  const over = state === 'done' || state === 'cancelled';
  if (over) return <p className="text-12 text-fg-2">{formatPlural(progress.runsOver, 'run', 'runs')}</p>;
  return (
    <>
      <ProgressBar
        fraction={progress.runsOver / Math.max(1, progress.runsExpected)}
        label={`Progress of ${id}`}
        tone={state === 'running' ? 'accent' : 'quiet'}
      />
      <p className="flex gap-2 text-12 text-fg-2">
        {formatCount(progress.runsOver)} of {formatPlural(progress.runsExpected, 'run', 'runs')}
        {progress.etaMs === null ? null : <span className="ml-auto">{formatEstimate(progress.etaMs)} left</span>}
      </p>
    </>
  );
}

function ListSkeleton() {
  return (
    <Loading label="Loading the experiments">
      {['a', 'b', 'c'].map((key) => (
        <div className="flex h-[84px] items-center gap-6 border-line border-b px-4 last:border-b-0" key={key}>
          <Skeleton width={240} />
          <Skeleton className="ml-auto" width={180} />
        </div>
      ))}
    </Loading>
  );
}
