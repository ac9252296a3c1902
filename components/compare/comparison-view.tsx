'use client';
import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { ProofSide } from '@/components/proof/proof-side';
import { variantColour } from '@/components/scenarios/variant-mark';
import { trpc } from '@/components/trpc/client';
import { describeFailure } from '@/components/trpc/failure';
import { Card, CardHead } from '@/components/ui/card';
import { FailedState } from '@/components/ui/failed-state';
import { loadAgain } from '@/components/ui/load-again';
import { Drawing, Loading, Skeleton } from '@/components/ui/skeleton';
import type { Comparison } from '@/server/api/types';
import { Gates } from './gates';
import { MetricTable } from './metric-table';
import { PairValidity } from './pair-validity';
import { Verdict } from './verdict';

const ComparisonPictures = dynamic(
  () => loadAgain(() => import('./comparison-pictures')).then((module) => module.ComparisonPictures),
  {
    ssr: false,
    loading: () => <Drawing height={560} />,
  },
);

type ComparisonViewProps = { a: string; b: string; onSwap: () => void };

export function ComparisonView({ a, b, onSwap }: ComparisonViewProps) {
  const comparison = useQuery(trpc.compare.pair.queryOptions({ a, b }));
  if (comparison.error !== null) {
    return (
      <Card>
        <FailedState failure={describeFailure(comparison.error)} />
      </Card>
    );
  }
  if (comparison.data === undefined) return <ComparisonSkeleton />;
  return <Shown comparison={comparison.data} onSwap={onSwap} />;
}

function Shown({ comparison, onSwap }: { comparison: Comparison; onSwap: () => void }) {
  const { a, b } = comparison;
  return (
    <>
      <Verdict comparison={comparison} onSwap={onSwap} />
      <Gates gates={comparison.gates} />
      <Card label="Proof of offload">
        <CardHead context="counted between the markers of the measured window" title="Proof of offload" />
        <div className="grid divide-line max-md:divide-y md:grid-cols-2 md:divide-x">
          <ProofSide colour={variantColour(a.config.variant.name)} run={a} />
          <ProofSide colour={variantColour(b.config.variant.name)} run={b} />
        </div>
      </Card>
      <PairValidity a={a} b={b} />
      <ComparisonPictures comparison={comparison} />
      <MetricTable comparison={comparison} />
    </>
  );
}

function ComparisonSkeleton() {
  return (
    <Loading className="flex flex-col gap-4" label="Comparing the runs">
      <Skeleton height={72} />
      <Skeleton height={76} />
      <Skeleton height={170} />
      <Skeleton height={560} />
    </Loading>
  );
}
