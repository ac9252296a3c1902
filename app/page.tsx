import { FlaskConical } from 'lucide-react';
import { Suspense } from 'react';
import { ReadinessStrip } from '@/components/readiness/readiness-strip';
import { RunBrowser } from '@/components/runs-list/run-browser';
import { RunningNow } from '@/components/runs-list/running-now';
import { PageFrame } from '@/components/shell/page-frame';
import { LinkButton } from '@/components/ui/button';
import { NewRun } from '@/components/workload/new-run';

export default function Page() {
  return (
    <PageFrame
      actions={
        <>
          <LinkButton href="/experiments?plan=own" kind="ghost" size="small">
            Plan an experiment
          </LinkButton>
          <LinkButton href="/experiments" icon={FlaskConical} size="small">
            Reproduce the paper
          </LinkButton>
        </>
      }
      note="One run measures at a time, so that runs never disturb each other."
      title="Control panel"
    >
      <Suspense>
        <ReadinessStrip />
        <NewRun />
        <RunningNow />
        <RunBrowser pageSize={10} title="Recent runs" />
      </Suspense>
    </PageFrame>
  );
}
