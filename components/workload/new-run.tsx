'use client';
import { useQuery } from '@tanstack/react-query';
import { FolderPlus } from 'lucide-react';
import { trpc } from '@/components/trpc/client';
import { describeFailure } from '@/components/trpc/failure';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHead } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { FailedState } from '@/components/ui/failed-state';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { LaunchDesk } from './launch-desk';

/** Scenario, variant and workload, from the catalogue: the way into every run. */
export function NewRun() {
  const { data, error, refetch } = useQuery(trpc.scenarios.catalogue.queryOptions());
  if (data === undefined) {
    return (
      <Card label="New run">
        <CardHead title="New run" />
        {error === null ? (
          <NewRunSkeleton />
        ) : (
          <FailedState
            action={
              <Button onClick={() => void refetch()} size="small">
                Try again
              </Button>
            }
            failure={describeFailure(error)}
          />
        )}
      </Card>
    );
  }
  if (data.scenarios.length === 0 && data.broken.length === 0) {
    return (
      <Card label="New run">
        <CardHead title="New run" />
        <EmptyState icon={FolderPlus} title="No scenario yet">
          Put a folder with a docker-compose.yaml into <span className="mono">scenarios/</span>. It appears here without code.
        </EmptyState>
      </Card>
    );
  }
  return <LaunchDesk pad={data} />;
}

function NewRunSkeleton() {
  return (
    <Loading label="Reading the scenarios">
      <CardBody className="flex min-h-[1000px] flex-col gap-4 md:min-h-[440px]">
        <div className="grid grid-cols-2 gap-2.5 md:grid-cols-4">
          {['a', 'b', 'c', 'd'].map((key) => (
            <Skeleton height={126} key={key} />
          ))}
        </div>
        <Skeleton height={50} />
        <Skeleton height={50} />
      </CardBody>
    </Loading>
  );
}
