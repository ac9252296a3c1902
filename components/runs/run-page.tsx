'use client';
import dynamic from 'next/dynamic';
import { BpfTab } from '@/components/bpf/bpf-tab';
import { FaultsCard } from '@/components/faults/faults-card';
import { SafetyCard } from '@/components/faults/safety-card';
import { PageFrame } from '@/components/shell/page-frame';
import { Card } from '@/components/ui/card';
import { FailedState } from '@/components/ui/failed-state';
import { formatCount } from '@/components/ui/format';
import { loadAgain } from '@/components/ui/load-again';
import { PageLink } from '@/components/ui/page-link';
import { Drawing, Loading, Skeleton } from '@/components/ui/skeleton';
import { Tabs } from '@/components/ui/tabs';
import type { RunView } from '@/server/api/types';
import { ClusterCard } from './cluster-card';
import { ConfigTab } from './config-tab';
import { LatencyCard } from './latency-card';
import { Roster } from './roster';
import { RunError } from './run-error';
import { RunActions, RunTitle } from './run-head';
import { Stepper } from './stepper';
import { isOver, useRunView } from './use-run-view';
import { ValidityCard } from './validity-card';

/** The heavy tabs come when they are opened. */
const LogTab = dynamic(() => loadAgain(() => import('@/components/logs/log-tab')).then((module) => module.LogTab), {
  ssr: false,
  loading: () => <Drawing height={520} />,
});
const MessagesTab = dynamic(
  () => loadAgain(() => import('@/components/messages/messages-tab')).then((module) => module.MessagesTab),
  { ssr: false, loading: () => <Drawing height={380} /> },
);

/** What is the cluster doing right now, and did it do what its variant claims? */
export function RunPage({ id }: { id: string }) {
  const { view, failure } = useRunView(id);
  return (
    <PageFrame
      actions={view === null ? undefined : <RunActions run={view} />}
      title={
        <>
          <nav aria-label="Breadcrumb" className="mb-1 font-normal text-12 text-fg-3 leading-4 tracking-normal">
            <PageLink className="text-fg-2 underline decoration-line-strong underline-offset-2 hover:text-fg" href="/runs">
              Runs
            </PageLink>
            <span className="mx-1">/</span>
            <span className="mono">{id}</span>
          </nav>
          {view === null ? <TitleSkeleton id={id} /> : <RunTitle run={view} />}
        </>
      }
    >
      {failure === null ? (
        view === null ? (
          <RunSkeleton />
        ) : (
          <RunBody run={view} />
        )
      ) : (
        <Card>
          <FailedState
            action={
              <PageLink className="text-accent underline" href="/runs">
                All runs
              </PageLink>
            }
            failure={failure}
          />
        </Card>
      )}
    </PageFrame>
  );
}

function RunBody({ run }: { run: RunView }) {
  return (
    <>
      <Stepper run={run} />
      {run.error === null ? null : <RunError error={run.error} run={run} />}
      <div className="grid gap-3 md:gap-4 lg:grid-cols-2 [&>*]:min-w-0">
        <div className="flex flex-col gap-3 md:gap-4">
          <ClusterCard run={run} />
          <FaultsCard run={run} />
        </div>
        <LatencyCard config={run.config} looks={run} state={run.state} />
      </div>
      <Roster run={run} />
      <div id="safety">
        <SafetyCard run={run} />
      </div>
      <div id="validity">
        <ValidityCard run={run} />
      </div>
      <Card label="Details">
        <Tabs
          label="Details of the run"
          tabs={[
            {
              id: 'logs',
              label: 'Logs',
              note: formatCount(run.logLines),
              panel: () => <LogTab config={run.config} isOver={isOver(run.state)} />,
            },
            { id: 'ebpf', label: 'eBPF', panel: () => <BpfTab run={run} /> },
            { id: 'messages', label: 'Messages', panel: () => <MessagesTab run={run} /> },
            { id: 'config', label: 'Config', panel: () => <ConfigTab run={run} /> },
          ]}
        />
      </Card>
    </>
  );
}

/** On a phone variant, verdict, reading and buttons stand in rows of their own below the id. */
function TitleSkeleton({ id }: { id: string }) {
  return (
    <span className="block min-h-[134px] md:min-h-0">
      <span className="mono">{id}</span>
    </span>
  );
}

function RunSkeleton() {
  return (
    <Loading className="flex flex-col gap-3 md:gap-4" label="Loading the run">
      <Skeleton height={116} />
      <div className="grid gap-3 md:gap-4 lg:grid-cols-2">
        <Skeleton height={572} />
        <Skeleton height={572} />
      </div>
      <Skeleton height={220} />
    </Loading>
  );
}
