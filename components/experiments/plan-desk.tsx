'use client';
import { useQuery } from '@tanstack/react-query';
import { trpc } from '@/components/trpc/client';
import { describeFailure } from '@/components/trpc/failure';
import { Button } from '@/components/ui/button';
import { Card, CardHead } from '@/components/ui/card';
import { FailedState } from '@/components/ui/failed-state';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import type { ExperimentPlan, LaunchPad, PlanPad } from '@/server/api/types';
import { PlanForm } from './plan-form';

type PlanDeskProps = {
  /** As it stands in the address: the name of a ready plan, the id of an experiment whose plan is taken again, or `own`. */
  from: string;
  onClose: () => void;
};

/** The form, once it is known what it begins with. */
export function PlanDesk({ from, onClose }: PlanDeskProps) {
  const catalogue = useQuery(trpc.scenarios.catalogue.queryOptions());
  const pad = useQuery(trpc.experiments.pad.queryOptions());
  const again = useQuery(trpc.experiments.get.queryOptions({ id: from }, { enabled: from.startsWith('x-') }));
  const error = catalogue.error ?? pad.error ?? again.error;
  if (error !== null) return <Unknown error={error} onClose={onClose} />;
  if (catalogue.data === undefined || pad.data === undefined || again.isLoading) {
    return (
      <Card label="Plan">
        <CardHead title="Plan an experiment" />
        <Loading className="p-4" label="Reading the scenarios">
          <Skeleton height={520} />
        </Loading>
      </Card>
    );
  }
  const initial = again.data?.record.plan ?? planFrom(from, catalogue.data, pad.data);
  return <PlanForm bounds={pad.data.bounds} initial={initial} onClose={onClose} pad={catalogue.data} />;
}

function Unknown({ error, onClose }: { error: unknown; onClose: () => void }) {
  return (
    <Card label="Plan">
      <FailedState
        action={
          <Button onClick={onClose} size="small">
            Close
          </Button>
        }
        failure={describeFailure(error)}
      />
    </Card>
  );
}

/** A ready plan, or the first scenario with all of its variants. */
function planFrom(name: string, { scenarios, workloadDefault }: LaunchPad, { presets }: PlanPad): ExperimentPlan {
  const preset = presets.find((each) => each.name === name);
  if (preset !== undefined) return preset.plan;
  const [first] = scenarios;
  return {
    title: '',
    question: '',
    scenarios: first === undefined ? [] : [first.name],
    variants: first?.variants.map((variant) => variant.name) ?? [],
    workloads: [presets[0]?.plan.workloads[0] ?? workloadDefault],
    pairs: 10,
    retriesPerPair: 2,
    seed: 1,
    insist: false,
  };
}
