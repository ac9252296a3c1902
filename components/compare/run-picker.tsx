'use client';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeftRight } from 'lucide-react';
import { useState } from 'react';
import { OffloadReading } from '@/components/proof/offload-reading';
import { VariantTag } from '@/components/scenarios/variant-mark';
import { trpc } from '@/components/trpc/client';
import { describeFailure } from '@/components/trpc/failure';
import { LinkButton } from '@/components/ui/button';
import { Card, CardFoot, CardHead } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { FailedState } from '@/components/ui/failed-state';
import { formatMicros, formatRate, formatWhen } from '@/components/ui/format';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import type { RunSummary } from '@/server/api/types';

type RunPickerProps = { first: string; onPick: (pair: [string, string]) => void };

/** Finished runs to choose two from; the second choice opens the comparison. */
export function RunPicker({ first, onPick }: RunPickerProps) {
  const runs = useQuery(trpc.runs.list.queryOptions({ limit: 100 }));
  const [chosen, setChosen] = useState(first);
  if (runs.error !== null) {
    return (
      <Card>
        <FailedState failure={describeFailure(runs.error)} />
      </Card>
    );
  }
  if (runs.data === undefined) {
    return (
      <Loading label="Loading the runs">
        <Skeleton height={300} />
      </Loading>
    );
  }
  const measured = runs.data.rows.filter((run) => run.completed > 0 && run.endedAt !== null);
  if (measured.length < 2) return <TooFew />;
  const choose = (run: RunSummary) => {
    if (chosen === '' || chosen === run.id) setChosen(chosen === run.id ? '' : run.id);
    else onPick([chosen, run.id]);
  };
  return (
    <Card label="Runs to compare">
      <CardHead
        context={chosen === '' ? 'choose the first run' : `${chosen} is chosen, choose the second`}
        title="Runs to compare"
      />
      <Table
        head={
          <>
            <Th>Run</Th>
            <Th>Scenario</Th>
            <Th>Variant</Th>
            <Th numeric>p50, µs</Th>
            <Th numeric>p99, µs</Th>
            <Th numeric>req/s</Th>
            <Th>Offload</Th>
            <Th numeric>Started</Th>
          </>
        }
        label="Runs to compare"
      >
        {measured.map((run) => (
          <Tr key={run.id} tone={run.id === chosen ? 'selected' : 'plain'}>
            <Td>
              <label className="inline-flex items-center gap-2">
                <input checked={run.id === chosen} onChange={() => choose(run)} type="checkbox" />
                <span className="mono text-12">{run.id}</span>
              </label>
            </Td>
            <Td className="mono text-12">{run.scenario}</Td>
            <Td>
              <VariantTag variant={run.variant} />
            </Td>
            <Td numeric>{formatMicros(run.p50Ns)}</Td>
            <Td numeric>{formatMicros(run.p99Ns)}</Td>
            <Td numeric>{formatRate(run.throughputPerS)}</Td>
            <Td>{run.mechanism === null ? null : <OffloadReading verdict={run.mechanism} />}</Td>
            <Td className="text-fg-2" numeric>
              {formatWhen(run.createdAt)}
            </Td>
          </Tr>
        ))}
      </Table>
      <CardFoot>The newest 100 runs that measured something. The first one chosen is the base of each ratio.</CardFoot>
    </Card>
  );
}

function TooFew() {
  return (
    <Card>
      <EmptyState
        action={
          <LinkButton href="/" kind="primary">
            Open control panel
          </LinkButton>
        }
        icon={ArrowLeftRight}
        title="Two runs are needed"
      >
        Launch baseline, then tc_broadcast, with the same scenario and workload.
      </EmptyState>
    </Card>
  );
}
