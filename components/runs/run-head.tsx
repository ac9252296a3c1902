'use client';
import { ArrowLeftRight } from 'lucide-react';
import { OffloadReading } from '@/components/proof/offload-reading';
import { VariantTag } from '@/components/scenarios/variant-mark';
import { LinkButton } from '@/components/ui/button';
import type { RunView } from '@/server/api/types';
import { RunVerdict } from './run-verdict';
import { StopRun } from './stop-run';
import { isOver } from './use-run-view';

export function RunTitle({ run }: { run: RunView }) {
  const reading = run.proof?.mechanism.verdict ?? run.offloadSoFar;
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <span className="mono">{run.config.id}</span>
      <span className="flex flex-wrap items-center gap-2 font-normal text-13 tracking-normal">
        <span className="mono text-12 text-fg-2">{run.config.scenario}</span>
        <VariantTag variant={run.config.variant.name} />
        <RunVerdict run={{ state: run.state, valid: validityOf(run) }} />
        {reading === null ? null : <OffloadReading boxed soFar={run.proof === null} verdict={reading} />}
      </span>
    </span>
  );
}

/** null: a third-party image without counters is neither proven nor disproven. */
function validityOf({ proof }: RunView): boolean | null {
  if (proof === null) return null;
  return proof.fits && proof.mechanism.verdict === 'unknown' ? null : proof.fits;
}

export function RunActions({ run }: { run: RunView }) {
  return (
    <>
      <LinkButton href={`/compare?runs=${run.config.id}`} icon={ArrowLeftRight} size="small">
        Compare with
      </LinkButton>
      {isOver(run.state) ? null : <StopRun id={run.config.id} queued={run.state === 'queued'} />}
    </>
  );
}
