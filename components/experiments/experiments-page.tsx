'use client';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { PageFrame } from '@/components/shell/page-frame';
import { trpc } from '@/components/trpc/client';
import { describeFailure } from '@/components/trpc/failure';
import { Button } from '@/components/ui/button';
import { Card, CardHead } from '@/components/ui/card';
import { FailedState } from '@/components/ui/failed-state';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { useUrlState } from '@/components/ui/use-url-state';
import { ExperimentList } from './experiment-list';
import { ImportButton } from './import-button';
import { PlanDesk } from './plan-desk';
import { PresetCards } from './preset-cards';

/** Plans that are one click away, a plan of one's own, and every experiment there is. */
export function ExperimentsPage() {
  const [planning, setPlanning] = useUrlState('plan');
  return (
    <PageFrame
      actions={
        <>
          <ImportButton />
          <Button icon={Plus} onClick={() => setPlanning('own')} size="small">
            Plan your own
          </Button>
        </>
      }
      note="A plan of runs, interleaved so that a machine which drifts favours no side."
      title="Experiments"
    >
      <Presets onChange={setPlanning} quiet={planning !== ''} />
      {planning === '' ? null : <PlanDesk from={planning} key={planning} onClose={() => setPlanning('')} />}
      <ExperimentList />
    </PageFrame>
  );
}

type PresetsProps = { quiet: boolean; onChange: (preset: string) => void };

function Presets({ quiet, onChange }: PresetsProps) {
  const { data, error, refetch } = useQuery(trpc.experiments.pad.queryOptions());
  return (
    <Card label="Ready plans">
      <CardHead context="one click starts all of their runs, one after the other" title="Ready plans" />
      {data === undefined && error === null ? (
        <Loading className="grid gap-4 p-4 lg:grid-cols-3" label="Reading the ready plans">
          <Skeleton height={150} />
          <Skeleton height={150} />
          <Skeleton height={150} />
        </Loading>
      ) : null}
      {data === undefined && error !== null ? (
        <FailedState
          action={
            <Button onClick={() => void refetch()} size="small">
              Try again
            </Button>
          }
          failure={describeFailure(error)}
        />
      ) : null}
      {data?.presets.length === 0 ? (
        <p className="p-4 text-fg-2">
          No scenario here has three, five or seven replicas and an x-lab section. Plan your own instead.
        </p>
      ) : null}
      {data === undefined || data.presets.length === 0 ? null : (
        <PresetCards onChange={({ name }) => onChange(name)} presets={data.presets} quiet={quiet} />
      )}
    </Card>
  );
}
