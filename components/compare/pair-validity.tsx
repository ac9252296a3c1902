import { Zap } from 'lucide-react';
import { sayFaults, sayPlan } from '@/components/faults/fault-words';
import { GateList } from '@/components/runs/gate-list';
import { RunVerdict } from '@/components/runs/run-verdict';
import { verdictOfView } from '@/components/runs/verdict-of-view';
import { VariantTag } from '@/components/scenarios/variant-mark';
import { Quiet } from '@/components/ui/badge';
import { Card, CardHead } from '@/components/ui/card';
import type { RunView } from '@/server/api/types';

/** The gates of each run by itself. */
export function PairValidity({ a, b }: { a: RunView; b: RunView }) {
  return (
    <Card label="Validity">
      <CardHead context="each run by its own gates" title="Validity" />
      <div className="grid divide-line max-md:divide-y md:grid-cols-2 md:divide-x">
        <Side run={a} />
        <Side run={b} />
      </div>
    </Card>
  );
}

/** What was planned, and what was done: two runs that were disturbed otherwise are not alike. */
function FaultLine({ run: { config, faults } }: { run: RunView }) {
  if (config.faults.length === 0 && faults.length === 0) return null;
  return (
    <p className="px-3 pb-1 text-12 text-fg-2 md:px-4">
      <Quiet icon={Zap} tone="warn" wraps>
        {config.faults.length === 0 ? 'no fault plan' : `fault plan: ${sayPlan(config.faults)}`}
      </Quiet>{' '}
      ({faults.length === 0 ? 'none injected' : sayFaults(faults)})
    </p>
  );
}

function Side({ run }: { run: RunView }) {
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-center gap-2 px-3 pt-3 pb-1 md:px-4">
        <span className="mono text-12">{run.config.id}</span>
        <VariantTag variant={run.config.variant.name} />
        <span className="ml-auto">
          <RunVerdict run={verdictOfView(run)} />
        </span>
      </div>
      <FaultLine run={run} />
      {run.validity === null ? (
        <p className="px-3 pt-1 pb-3 text-12 text-fg-3 md:px-4">Recorded before runs were judged.</p>
      ) : (
        <GateList gates={run.validity.gates} />
      )}
    </div>
  );
}
