'use client';
import { PageFrame } from '@/components/shell/page-frame';
import { Card } from '@/components/ui/card';
import { FailedState } from '@/components/ui/failed-state';
import { PageLink } from '@/components/ui/page-link';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { ExperimentActions } from './experiment-actions';
import { ExperimentBody } from './experiment-body';
import { StateBadge } from './experiment-state';
import { useExperiment } from './use-experiment';

const LINK = 'text-fg-2 underline decoration-line-strong underline-offset-2 hover:text-fg';

/** Is the difference real? The plan filling in, what it has found so far, and how far that can be trusted. */
export function ExperimentPage({ id }: { id: string }) {
  const { view, failure, receivedAt, refresh } = useExperiment(id);
  return (
    <PageFrame
      actions={
        view === null ? undefined : (
          <ExperimentActions onChange={refresh} pausing={view.pausing} record={view.record} runs={view.progress.runsOver} />
        )
      }
      title={
        <>
          <nav aria-label="Breadcrumb" className="mb-1 font-normal text-12 text-fg-3 leading-4 tracking-normal">
            <PageLink className={LINK} href="/experiments">
              Experiments
            </PageLink>
            <span className="mx-1">/</span>
            <span className="mono">{id}</span>
          </nav>
          {view === null ? (
            <span className="mono">{id}</span>
          ) : (
            <span className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
              {view.record.plan.title}
              <span className="flex items-center gap-3 font-normal text-13 tracking-normal">
                <span className="mono text-fg-2">{id}</span>
                <StateBadge state={view.record.state} />
              </span>
            </span>
          )}
        </>
      }
    >
      {failure !== null ? (
        <Card>
          <FailedState
            action={
              <PageLink className="text-accent underline" href="/experiments">
                All experiments
              </PageLink>
            }
            failure={failure}
          />
        </Card>
      ) : view === null ? (
        <PageSkeleton />
      ) : (
        <ExperimentBody onChange={refresh} receivedAt={receivedAt} view={view} />
      )}
    </PageFrame>
  );
}

function PageSkeleton() {
  return (
    <Loading className="flex flex-col gap-4" label="Loading the experiment">
      <Skeleton height={118} />
      <Skeleton height={340} />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_380px]">
        <Skeleton height={420} />
        <Skeleton height={420} />
      </div>
    </Loading>
  );
}
