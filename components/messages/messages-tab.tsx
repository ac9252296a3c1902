'use client';
import { Waypoints } from 'lucide-react';
import { isOver } from '@/components/runs/use-run-view';
import { EmptyState } from '@/components/ui/empty-state';
import { FailedState } from '@/components/ui/failed-state';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import type { RunView } from '@/server/api/types';
import { SamplingLine } from './sampling-line';
import { TraceView } from './trace-view';
import { useTrace } from './use-trace';

/** Sampled operations of the real cluster, message by message. */
export function MessagesTab({ run }: { run: RunView }) {
  const { feed, version, hold, failure } = useTrace(run.config.id);
  const { book } = feed;
  if (failure !== null) return <FailedState failure={failure} />;
  if (book.sampling === null) return <TraceSkeleton />;
  if (book.pointsKept > 0) return <TraceView feed={feed} hold={hold} run={run} version={version} />;
  if (book.sampling.problem !== null) {
    return (
      <EmptyState icon={Waypoints} title="No messages">
        <p>{asSentence(book.sampling.problem)}</p>
        <p>Launch with Trace sampled operations, or open this tab while a run of the lab's own image goes on.</p>
      </EmptyState>
    );
  }
  if (isOver(run.state)) {
    return (
      <EmptyState icon={Waypoints} title="No operation was sampled">
        Launch with Trace sampled operations, or open this tab while a run goes on.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Waypoints} title="No sampled operation yet">
      <p>The first arrives within a second of the client's first requests.</p>
      <SamplingLine book={book} run={run} />
    </EmptyState>
  );
}

function asSentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1).replace(/\.$/, '')}.`;
}

function TraceSkeleton() {
  return (
    <Loading className="flex flex-col gap-3 p-4" label="Reading the sampled operations">
      <Skeleton height={20} />
      <Skeleton height={380} />
      <Skeleton height={160} />
    </Loading>
  );
}
