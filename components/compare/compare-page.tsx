'use client';
import { Scale } from 'lucide-react';
import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { PageFrame } from '@/components/shell/page-frame';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { formatCount } from '@/components/ui/format';
import { loadAgain } from '@/components/ui/load-again';
import { Drawing } from '@/components/ui/skeleton';
import { useUrlState } from '@/components/ui/use-url-state';
import type { CompareMost } from '@/server/api/types';
import { RunPicker } from './run-picker';

const MOST: CompareMost = 40;

/** Who only picks does not need them yet. */
const ComparisonView = dynamic(() => loadAgain(() => import('./comparison-view')).then((module) => module.ComparisonView), {
  ssr: false,
  loading: () => <Drawing height={560} />,
});
const ManyView = dynamic(() => loadAgain(() => import('./many-view')).then((module) => module.ManyView), {
  ssr: false,
  loading: () => <Drawing height={560} />,
});

/** Is the difference real? The runs stand in the address: two as a pair, more beside each other. */
export function ComparePage() {
  const [runs, setRuns] = useUrlState('runs');
  const ids = runs.split(',').filter((id) => id !== '');
  const distinct = [...new Set(ids)];
  const [a, b] = ids;
  if (a === undefined || b === undefined) {
    return (
      <PageFrame
        note="Two runs that differ in the variant alone are judged as a pair; more stand beside each other."
        title="Compare"
      >
        <RunPicker />
      </PageFrame>
    );
  }
  if (ids.length === 2) {
    return (
      <PageFrame
        title={
          <Trail>
            <span className="mono">
              {a}, {b}
            </span>
          </Trail>
        }
      >
        <ComparisonView a={a} b={b} onSwap={() => setRuns(`${b},${a}`)} />
      </PageFrame>
    );
  }
  return (
    <PageFrame title={<Trail>{formatCount(distinct.length)} runs</Trail>}>
      {distinct.length > MOST ? (
        <TooMany runs={distinct.length} />
      ) : (
        <ManyView ids={distinct} onRemove={(id) => setRuns(distinct.filter((other) => other !== id).join(','))} />
      )}
    </PageFrame>
  );
}

function Trail({ children }: { children: ReactNode }) {
  return (
    <span className="font-normal text-13 text-fg-2 tracking-normal">
      Compare <span className="mx-1 text-fg-3">/</span>
      {children}
    </span>
  );
}

function TooMany({ runs }: { runs: number }) {
  return (
    <Card>
      <EmptyState
        action={<LinkButton href="/runs">Pick fewer</LinkButton>}
        icon={Scale}
        title={`${formatCount(runs)} runs are too many for one page`}
      >
        Up to {MOST} are compared at once. Runs of one experiment are compared, all of them, on its own page.
      </EmptyState>
    </Card>
  );
}
