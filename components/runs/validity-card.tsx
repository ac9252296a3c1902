import { CircleDashed } from 'lucide-react';
import { Card, CardHead } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import type { RunView } from '@/server/api/types';
import { ConditionsLine } from './conditions-line';
import { GateList } from './gate-list';
import { RunVerdict } from './run-verdict';
import { isOver } from './use-run-view';
import { verdictOfView } from './verdict-of-view';

/** May this run's numbers be used? Every gate with its number, and what the host did meanwhile. */
export function ValidityCard({ run }: { run: RunView }) {
  const { validity, conditions, state } = run;
  return (
    <Card label="Validity">
      <CardHead
        actions={isOver(state) ? <RunVerdict run={verdictOfView(run)} /> : undefined}
        context="whether these numbers may be used"
        title="Validity"
      />
      {validity === null ? <NotJudged over={isOver(state)} /> : <GateList gates={validity.gates} />}
      {conditions === null ? null : <ConditionsLine conditions={conditions} />}
    </Card>
  );
}

function NotJudged({ over }: { over: boolean }) {
  return over ? (
    <p className="px-3 py-3 text-12 text-fg-2 md:px-4">
      This run was recorded before runs were judged: its proof of offload alone says whether it counts.
    </p>
  ) : (
    <EmptyState icon={CircleDashed} title="Not judged yet">
      The gates are read when the run is over: they look at the whole measured window.
    </EmptyState>
  );
}
