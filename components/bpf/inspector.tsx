'use client';
import { Cpu, Download, Eye, TriangleAlert } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { isOver } from '@/components/runs/use-run-view';
import { EmptyState } from '@/components/ui/empty-state';
import { FailedState } from '@/components/ui/failed-state';
import { formatClock } from '@/components/ui/format';
import { Icon } from '@/components/ui/icon';
import { loadAgain } from '@/components/ui/load-again';
import { Segmented } from '@/components/ui/segmented';
import { Drawing, Loading, Skeleton } from '@/components/ui/skeleton';
import { useUrlState } from '@/components/ui/use-url-state';
import type { RunView } from '@/server/api/types';
import { CodePart } from './code-part';
import { HostNoise, HostPrograms } from './host-noise';
import { NowPart } from './now-part';
import { lastRunsPerS } from './rate-history';
import { ALL_REPLICAS, ReplicaList } from './replica-list';
import { StatisticsStrip } from './statistics-strip';
import { type InspectionState, useInspection } from './use-inspection';

/** Its charts come when somebody looks back. */
const TimePart = dynamic(() => loadAgain(() => import('./time-part')).then((module) => module.TimePart), {
  ssr: false,
  loading: () => <Drawing height={440} />,
});

const PARTS = [
  { value: 'now', label: 'Programs and maps' },
  { value: 'code', label: 'Code' },
  { value: 'time', label: 'Over the run' },
] as const;

/** Replicas at the left, what one of them (or all) has loaded at the right. */
export function Inspector({ run }: { run: RunView }) {
  const state = useInspection(run);
  const [chosen, choose] = useUrlState('replica', run.config.replicas[0]?.service ?? ALL_REPLICAS);
  const [part, choosePart] = useUrlState('part', 'now');
  const [hostOpen, setHostOpen] = useState(false);
  const { inspection, watch, failure, loading } = state;
  if (failure !== null) return <FailedState failure={failure} />;
  if (loading) return <InspectorSkeleton />;
  const host = inspection?.host ?? [];
  return (
    <div className="md:grid md:grid-cols-[208px_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col border-line border-b md:border-r md:border-b-0">
        <ReplicaList chosen={chosen} inspection={inspection} onChoose={choose} run={run} />
        <HostNoise count={host.length} onToggle={() => setHostOpen(!hostOpen)} open={hostOpen} />
      </div>
      <div className="flex min-w-0 flex-col gap-[18px] p-3 md:p-4">
        <div className="flex flex-wrap items-center gap-3">
          <Segmented
            label="Part of the inspector"
            onChange={choosePart}
            options={PARTS}
            size="small"
            value={PARTS.find(({ value }) => value === part)?.value ?? 'now'}
          />
          <Exports id={run.config.id} />
        </div>
        {watch === null || inspection?.source !== 'live' ? null : (
          <StatisticsStrip run={run} runsPerS={lastRunsPerS(state.rates)} watch={watch} />
        )}
        <Standing run={run} state={state} />
        {hostOpen ? <HostPrograms host={host} /> : null}
        {part === 'code' ? (
          <CodePart chosen={chosen} run={run} />
        ) : part === 'time' ? (
          <TimePart chosen={chosen} run={run} />
        ) : (
          <NowPart chosen={chosen} run={run} state={state} />
        )}
      </div>
    </div>
  );
}

/** How fresh this is, and what is missing from it. */
function Standing({ run, state }: { run: RunView; state: InspectionState }) {
  const { inspection, watchProblem } = state;
  const over = isOver(run.state);
  return (
    <>
      {watchProblem === null || over ? null : (
        <div className="rounded-2 border border-warn-line bg-warn-soft px-3 py-2 text-12" role="alert">
          <p className="flex gap-2 text-warn">
            <Icon className="mt-[2px]" of={TriangleAlert} />
            <span className="min-w-0">Nothing is seen live: {watchProblem.message}</span>
          </p>
          {watchProblem.remedy === null ? null : <p className="mt-1 pl-[22px] text-fg-2">{watchProblem.remedy}</p>}
          <p className="mt-1 pl-[22px] text-fg-2">
            What stands below comes from samples that bpftool took inside the replicas.
          </p>
        </div>
      )}
      {inspection === null ? (
        <EmptyState icon={over ? Cpu : Eye} title={over ? 'Nothing was seen of this run’s eBPF' : 'Waiting for the first look'}>
          {over
            ? 'It ended before its replicas were sampled. Launch it again and open this tab while it runs.'
            : 'The replicas are looked at twice a second as soon as their containers run.'}
        </EmptyState>
      ) : over && inspection.source === 'last_look' && inspection.at !== null ? (
        <p className="text-12 text-fg-2">The run is over: this is the last look, of {formatClock(inspection.at)}.</p>
      ) : over && inspection.at !== null ? (
        <p className="text-12 text-fg-2">
          The run is over: this is the newest sample of each replica, of {formatClock(inspection.at)}. Samples hold programs and
          attach points; what maps held is seen only while a run goes on.
        </p>
      ) : null}
    </>
  );
}

function Exports({ id }: { id: string }) {
  const link =
    'inline-flex h-8 items-center gap-[7px] rounded-2 border border-transparent px-[9px] font-medium text-12 text-fg-2 hover:bg-surface-3 hover:text-fg md:h-[26px]';
  return (
    <span className="flex items-center md:ml-auto">
      {(['json', 'csv'] as const).map((format) => (
        <a className={link} download href={`/api/runs/${id}/bpf.${format}`} key={format}>
          <Icon of={Download} />
          <span className="sr-only">eBPF samples as </span>
          {format.toUpperCase()}
        </a>
      ))}
    </span>
  );
}

function InspectorSkeleton() {
  return (
    <Loading className="flex min-h-[560px] flex-col gap-3 p-4" label="Reading the replicas’ eBPF">
      <Skeleton height={40} />
      <Skeleton height={120} />
      <Skeleton height={160} />
    </Loading>
  );
}
