'use client';
import dynamic from 'next/dynamic';
import { loadAgain } from '@/components/ui/load-again';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import type { RunView } from '@/server/api/types';

/** Who reads logs does not need the inspector's code yet. */
const Inspector = dynamic(() => loadAgain(() => import('./inspector')).then((module) => module.Inspector), {
  ssr: false,
  loading: () => (
    <Loading className="flex min-h-[560px] flex-col gap-3 p-4" label="Loading the inspector">
      <Skeleton height={40} />
      <Skeleton height={120} />
      <Skeleton height={160} />
    </Loading>
  ),
});

/** What eBPF each replica has loaded and where, and what it does at the moment. */
export function BpfTab({ run }: { run: RunView }) {
  return <Inspector run={run} />;
}
