'use client';
import { useQuery } from '@tanstack/react-query';
import { Link2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect } from 'react';
import { trpc } from '@/components/trpc/client';
import { describeFailure } from '@/components/trpc/failure';
import { Button, LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { FailedState } from '@/components/ui/failed-state';
import { loadAgain } from '@/components/ui/load-again';
import { Drawing, Loading, Skeleton } from '@/components/ui/skeleton';
import type { RunsComparison } from '@/server/api/types';
import { copyAddress } from './copy-address';
import { GroupTable } from './group-table';
import { ManyTable } from './many-table';

const loadPictures = () => loadAgain(() => import('./many-pictures')).then((module) => module.ManyPictures);

const ManyPictures = dynamic(loadPictures, { ssr: false, loading: () => <Drawing height={340} /> });

type ManyViewProps = { ids: readonly string[]; onRemove: (id: string) => void };

/** Three runs and more beside each other: medians by group, every run, both distributions. No claim is drawn. */
export function ManyView({ ids, onRemove }: ManyViewProps) {
  const comparison = useQuery(trpc.compare.many.queryOptions({ ids: [...ids] }));
  // Their script comes while the server merges histograms, not after it; a failure is the drawing's to show.
  useEffect(() => void loadPictures().catch(() => undefined), []);
  if (comparison.error !== null) {
    return (
      <Card>
        <FailedState
          action={
            <LinkButton href="/runs" size="small">
              All runs
            </LinkButton>
          }
          failure={describeFailure(comparison.error)}
        />
      </Card>
    );
  }
  if (comparison.data === undefined) return <ManySkeleton />;
  return <Shown comparison={comparison.data} onRemove={onRemove} />;
}

function Shown({ comparison, onRemove }: { comparison: RunsComparison; onRemove: (id: string) => void }) {
  return (
    <>
      <section aria-label="What these runs can carry" className="flex flex-wrap items-end gap-3 py-1">
        <p className="min-w-0 flex-1 basis-80 text-14 text-fg-2 leading-[21px] md:text-16 md:leading-6">{comparison.note}</p>
        <Button icon={Link2} onClick={copyAddress}>
          Copy link
        </Button>
      </section>
      <GroupTable groups={comparison.groups} />
      <ManyPictures comparison={comparison} />
      <ManyTable onRemove={onRemove} runs={comparison.runs} />
    </>
  );
}

function ManySkeleton() {
  return (
    <Loading className="flex flex-col gap-4" label="Comparing the runs">
      <Skeleton height={48} />
      <Skeleton height={150} />
      <Skeleton height={340} />
      <Skeleton height={300} />
    </Loading>
  );
}
