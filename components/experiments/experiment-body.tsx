'use client';
import { Hourglass } from 'lucide-react';
import dynamic from 'next/dynamic';
import { describeFailure } from '@/components/trpc/failure';
import { Button } from '@/components/ui/button';
import { Card, CardHead } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { FailedState } from '@/components/ui/failed-state';
import { loadAgain } from '@/components/ui/load-again';
import { Drawing } from '@/components/ui/skeleton';
import type { ExperimentView } from '@/server/api/types';
import { FindingsCard } from './findings-card';
import { GateTable } from './gate-table';
import { PlanMatrix } from './plan-matrix';
import { ResultsCard } from './results-card';
import { StatStrip } from './stat-strip';
import { isExperimentOver } from './use-experiment';
import { useFindings } from './use-findings';
import { Verdict } from './verdict';

const SizeRatioCard = dynamic(() => loadAgain(() => import('./size-ratio-card')).then((module) => module.SizeRatioCard), {
  ssr: false,
  loading: () => <Drawing height={420} />,
});
const CellPictures = dynamic(() => loadAgain(() => import('./cell-pictures')).then((module) => module.CellPictures), {
  ssr: false,
  loading: () => <Drawing height={900} />,
});

type ExperimentBodyProps = { view: ExperimentView; receivedAt: number; onChange: () => void };

export function ExperimentBody({ view, receivedAt, onChange }: ExperimentBodyProps) {
  const { results, pictures } = useFindings(view);
  const { record, cells } = view;
  const over = isExperimentOver(record.state);
  const found = results.data ?? null;
  const empty = found?.verdict.kind === 'none';
  const sizes = pictures.data?.sizeRatios ?? [];
  // Where a picture by cluster size is to come, its room is kept.
  const bySize = sizes.length > 0 || (empty && record.plan.scenarios.length > 1);
  return (
    <>
      {over && found !== null ? <Verdict verdict={found.verdict} /> : null}
      <StatStrip receivedAt={receivedAt} view={view} />
      <PlanMatrix onChange={onChange} rows={found?.rows ?? null} view={view} />
      <Failed error={results.error} onRetry={() => void results.refetch()} title="Results" />
      <div className={bySize ? 'grid gap-3 md:gap-4 lg:grid-cols-[minmax(0,1fr)_380px] [&>*]:min-w-0' : ''}>
        {bySize ? <SizeRatioCard id={record.id} ratios={sizes} /> : null}
        <FindingsCard over={over} record={record} runs={view.runs} verdict={found?.verdict ?? null} wide={!bySize} />
      </div>
      {found === null ? null : empty ? (
        <NothingYet control={found.isControl} over={over} />
      ) : (
        <ResultsCard cells={cells} record={record} results={found} />
      )}
      <Failed error={pictures.error} onRetry={() => void pictures.refetch()} title="Pictures" />
      {pictures.data === undefined || empty ? null : <CellPictures id={record.id} pictures={pictures.data} />}
      {found === null ? null : <GateTable gates={found.gates} id={record.id} runs={view.progress.runsOver} />}
    </>
  );
}

function NothingYet({ control, over }: { control: boolean; over: boolean }) {
  return (
    <Card label="Statistics">
      <CardHead title="Statistics" />
      <EmptyState icon={Hourglass} title={over ? 'No pair counts' : 'No pair counts yet'}>
        {over
          ? 'Every pair has a run that is not valid: look at the runs left out, above.'
          : `Ratios and pictures begin with the first pair whose ${control ? 'sides' : 'variants'} both ran and are valid.`}
      </EmptyState>
    </Card>
  );
}

type FailedProps = { error: Error | null; title: string; onRetry: () => void };

function Failed({ error, title, onRetry }: FailedProps) {
  if (error === null) return null;
  return (
    <Card label={title} tone="bad">
      <CardHead title={title} />
      <FailedState
        action={
          <Button onClick={onRetry} size="small">
            Try again
          </Button>
        }
        failure={describeFailure(error)}
      />
    </Card>
  );
}
