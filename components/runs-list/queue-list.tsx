'use client';
import { StopRun } from '@/components/runs/stop-run';
import { VariantMark } from '@/components/scenarios/variant-mark';
import { PageLink } from '@/components/ui/page-link';
import type { RunSummary } from '@/server/api/types';

/** Runs that wait for their turn, in order; each can be taken out. */
export function QueueList({ queue }: { queue: readonly RunSummary[] }) {
  return (
    <>
      <p className="mb-1.5 flex text-12 text-fg-3">
        Queue <span className="ml-auto">{queue.length === 0 ? 'empty' : queue.length}</span>
      </p>
      <ol>
        {queue.map((run, index) => (
          <li className="flex min-h-7 items-center gap-2 whitespace-nowrap text-12" key={run.id}>
            <span className="text-fg-3">{index + 1}</span>
            <PageLink className="font-medium font-mono hover:underline" href={`/runs/${run.id}`}>
              {run.id}
            </PageLink>
            <VariantMark variant={run.variant} />
            <span className="truncate text-fg-2">
              {run.scenario} {run.variant}
            </span>
            <span className="ml-auto">
              <StopRun id={run.id} queued />
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
