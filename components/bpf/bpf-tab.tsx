'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { Cpu, RefreshCw } from 'lucide-react';
import { isOver } from '@/components/runs/use-run-view';
import { ReplicaTag } from '@/components/scenarios/replica-tag';
import { trpc } from '@/components/trpc/client';
import { describeFailure } from '@/components/trpc/failure';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { FailedState } from '@/components/ui/failed-state';
import { formatPlural } from '@/components/ui/format';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { useUrlState } from '@/components/ui/use-url-state';
import type { BpfSample, RunView } from '@/server/api/types';
import { SampleView } from './sample-view';

/** What eBPF each replica has loaded and where, as bpftool in that container sees it. */
export function BpfTab({ run }: { run: RunView }) {
  const { id } = run.config;
  const samples = useQuery(trpc.bpf.samples.queryOptions({ id }, { refetchInterval: isOver(run.state) ? false : 2_000 }));
  const [chosen, choose] = useUrlState('replica', run.config.replicas[0]?.service ?? '');
  if (samples.error !== null) return <FailedState failure={describeFailure(samples.error)} />;
  if (samples.data === undefined) return <BpfSkeleton />;
  const own = samples.data.filter((sample) => sample.replica === chosen);
  return (
    <div className="md:grid md:grid-cols-[208px_minmax(0,1fr)]">
      <ReplicaList chosen={chosen} onChoose={choose} run={run} samples={samples.data} />
      <div className="min-w-0 p-3 md:p-4">
        <SampleNow chosen={chosen} run={run} />
        {own.length === 0 ? (
          <EmptyState icon={Cpu} title={`No sample of ${chosen} yet`}>
            Each replica is sampled before warm-up and after measuring.
          </EmptyState>
        ) : (
          <SampleView samples={own} />
        )}
      </div>
    </div>
  );
}

type ReplicaListProps = { run: RunView; samples: readonly BpfSample[]; chosen: string; onChoose: (replica: string) => void };

function ReplicaList({ run, samples, chosen, onChoose }: ReplicaListProps) {
  return (
    <ul
      aria-label="Replicas"
      className="flex gap-1 overflow-x-auto border-line border-b p-2 md:flex-col md:border-r md:border-b-0"
    >
      {run.replicas.map((replica) => {
        const last = samples.findLast((sample) => sample.replica === replica.name);
        const owned = last?.programs.filter((program) => program.owner === 'replica').length ?? null;
        return (
          <li key={replica.name}>
            <button
              aria-pressed={replica.name === chosen}
              className={clsx(
                'flex w-full flex-col gap-0.5 whitespace-nowrap rounded-2 border px-2.5 py-2 text-left',
                replica.name === chosen ? 'border-accent-line bg-accent-soft' : 'border-transparent hover:bg-surface-2',
              )}
              onClick={() => onChoose(replica.name)}
              type="button"
            >
              <span className="flex items-center gap-2">
                <ReplicaTag source={replica.name} />
                <span className="mono text-12">{replica.name}</span>
                <span className="ml-auto text-11 text-fg-3">{replica.role}</span>
              </span>
              <span className="text-11 text-fg-3">
                {owned === null ? 'no sample yet' : `${formatPlural(owned, 'program', 'programs')} of its own`}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** Asking while the run measures costs the replica CPU; the page says so before and the chart after. */
function SampleNow({ run, chosen }: { run: RunView; chosen: string }) {
  const cache = useQueryClient();
  const sample = useMutation(
    trpc.bpf.sample.mutationOptions({ onSuccess: () => cache.invalidateQueries(trpc.bpf.samples.pathFilter()) }),
  );
  if (isOver(run.state) || run.state === 'queued') return null;
  return (
    <div className="mb-4 flex flex-wrap items-center gap-3">
      <Button
        disabled={sample.isPending}
        icon={RefreshCw}
        onClick={() => sample.mutate({ id: run.config.id, replica: chosen })}
        size="small"
      >
        Sample {chosen} now
      </Button>
      <span className="text-12 text-fg-3">
        {run.state === 'measuring'
          ? 'Costs the replica about 20 ms of CPU inside the measured window; it is marked on the chart.'
          : 'Runs bpftool in the container.'}
      </span>
      {sample.error === null ? null : (
        <span className="text-12 text-bad" role="alert">
          {describeFailure(sample.error).message}
        </span>
      )}
    </div>
  );
}

function BpfSkeleton() {
  return (
    <Loading className="flex flex-col gap-3 p-4" label="Reading the eBPF samples">
      <Skeleton height={120} />
      <Skeleton height={80} />
      <Skeleton height={160} />
    </Loading>
  );
}
