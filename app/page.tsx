import { Suspense } from 'react';
import { ReadinessStrip } from '@/components/readiness/readiness-strip';
import { RunBrowser } from '@/components/runs-list/run-browser';
import { RunningNow } from '@/components/runs-list/running-now';
import { PageFrame } from '@/components/shell/page-frame';
import { NewRun } from '@/components/workload/new-run';

export default function Page() {
  return (
    <PageFrame note="One run measures at a time, so that runs never disturb each other." title="Control panel">
      <Suspense>
        <ReadinessStrip />
        <NewRun />
        <RunningNow />
        <RunBrowser pageSize={10} reach="recent" title="Recent runs" />
      </Suspense>
    </PageFrame>
  );
}
