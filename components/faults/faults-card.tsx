'use client';
import dynamic from 'next/dynamic';
import { isOver } from '@/components/runs/use-run-view';
import { Card, CardBody, CardHead } from '@/components/ui/card';
import { formatPlural } from '@/components/ui/format';
import { loadAgain } from '@/components/ui/load-again';
import { Drawing } from '@/components/ui/skeleton';
import type { RunView } from '@/server/api/types';

/** Most pages are of runs that are over, into which nothing can be injected. */
const InjectDesk = dynamic(() => loadAgain(() => import('./inject-desk')).then((module) => module.InjectDesk), {
  ssr: false,
  loading: () => (
    <>
      <CardHead title="Faults" />
      <CardBody>
        <Drawing height={116} />
      </CardBody>
    </>
  ),
});

/** What the lab does to the cluster on purpose: while the run measures, by a few clicks. */
export function FaultsCard({ run }: { run: RunView }) {
  if (isOver(run.state)) return run.faults.length === 0 && run.config.faults.length === 0 ? null : <FaultsDone run={run} />;
  return (
    <Card label="Faults">
      <InjectDesk run={run} />
    </Card>
  );
}

function FaultsDone({ run: { faults } }: { run: RunView }) {
  return (
    <Card label="Faults">
      <CardHead
        context={
          faults.length === 0 ? 'planned, and none came to be' : `${formatPlural(faults.length, 'fault', 'faults')} injected`
        }
        title="Faults"
        actions={
          faults.length === 0 ? undefined : (
            <a className="text-12 text-accent underline underline-offset-2" href="#safety">
              What came of them
            </a>
          )
        }
      />
    </Card>
  );
}
