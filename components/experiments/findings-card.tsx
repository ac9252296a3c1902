'use client';
import { memo, type ReactNode } from 'react';
import { isOver } from '@/components/runs/use-run-view';
import { Card, CardBody, CardHead } from '@/components/ui/card';
import { formatClock, formatCount, formatPlural, UNKNOWN } from '@/components/ui/format';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import type { ExperimentResults, ExperimentView, PlannedRun, Workload } from '@/server/api/types';
import { amountWords, orderWords } from './plan-words';
import { useFinishedRun } from './use-finished-run';

type FindingsCardProps = {
  record: ExperimentView['record'];
  runs: readonly PlannedRun[];
  /** Null until it arrives. */
  verdict: ExperimentResults['verdict'] | null;
  over: boolean;
  /** It stands alone in its row. */
  wide: boolean;
};

/** What is known so far, and under which conditions; once it is over the sentence stands at the head of the page. */
export function FindingsCard({ record, runs, verdict, over, wide }: FindingsCardProps) {
  const title = over ? 'Conditions' : 'So far';
  const measured = runs.find(({ state }) => isOver(state))?.runId ?? null;
  return (
    <Card label={title}>
      <CardHead title={title} />
      <CardBody>
        {over ? null : <SoFar verdict={verdict} />}
        <Conditions measured={measured} record={record} wide={wide} />
      </CardBody>
    </Card>
  );
}

function SoFar({ verdict }: { verdict: ExperimentResults['verdict'] | null }) {
  return (
    <div className="mb-4 min-h-[92px] border-line border-b pb-3.5">
      {verdict === null ? (
        <Loading className="flex flex-col gap-3 pt-1.5" label="Reading what is known so far">
          <Skeleton width="90%" />
          <Skeleton width="60%" />
        </Loading>
      ) : (
        <>
          <p className="font-medium text-16 leading-6 tracking-[-0.005em]">{verdict.headline}</p>
          <p className="mt-2 text-12 text-fg-2">{verdict.detail}</p>
        </>
      )}
    </div>
  );
}

type ConditionsProps = { record: ExperimentView['record']; measured: string | null; wide: boolean };

const Conditions = memo(function Conditions({ record, measured, wide }: ConditionsProps) {
  const { plan } = record;
  const [first] = plan.workloads;
  return (
    <dl className={wide ? 'grid gap-x-8 gap-y-1.5 lg:grid-cols-2' : 'flex flex-col gap-1.5'}>
      {plan.question === '' ? null : <Fact name="Question">{plan.question}</Fact>}
      {first === undefined ? null : (
        <>
          <Fact name="Workload">
            closed loop, {clientsOf(plan.workloads)}, {formatCount(first.payloadBytes)} B, {first.getPercent} % GETs
          </Fact>
          <Fact name="Window">
            {first.warmupSeconds} s warm-up, {amountWords(first)} measured
          </Fact>
        </>
      )}
      <Fact name="Order">
        {orderWords(plan)}, seed {plan.seed}
      </Fact>
      <Fact name="Retries">{plan.retriesPerPair === 0 ? 'none' : `up to ${plan.retriesPerPair} a pair`}</Fact>
      {first === undefined ? null : <Fact name="Placement">{first.placement}</Fact>}
      {measured === null ? null : <Machine run={measured} />}
      <Fact name="Started">
        {formatClock(record.createdAt)}, from the {record.origin === 'panel' ? 'control panel' : 'command line'}
      </Fact>
    </dl>
  );
});

/** Where the first run that is over was measured; the others ran there too. */
function Machine({ run }: { run: string }) {
  const data = useFinishedRun(run);
  const host = data?.host ?? null;
  return (
    <>
      <Fact name="Kernel">{host === null ? UNKNOWN : host.kernel}</Fact>
      <Fact name="CPU">{host === null ? UNKNOWN : `${formatPlural(host.cores, 'core', 'cores')}, ${host.cpuModel}`}</Fact>
      <Fact name="Image">
        <span className="mono [overflow-wrap:anywhere]">
          {data?.imageDigest?.replace('sha256:', '').slice(0, 12) ?? UNKNOWN}
        </span>
      </Fact>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[88px_minmax(0,1fr)] gap-2">
      <dt className="text-fg-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

/** `1 client`, `1, 2, 4 and 8 clients` for a sweep. */
function clientsOf(workloads: readonly Workload[]): string {
  const counts = [...new Set(workloads.map(({ clients }) => clients))];
  const [only] = counts;
  return counts.length === 1 && only !== undefined ? formatPlural(only, 'client', 'clients') : `${counts.join(', ')} clients`;
}
