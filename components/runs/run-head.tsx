'use client';
import { ArrowLeftRight } from 'lucide-react';
import { OffloadReading } from '@/components/proof/offload-reading';
import { VariantTag } from '@/components/scenarios/variant-mark';
import { LinkButton } from '@/components/ui/button';
import { PageLink } from '@/components/ui/page-link';
import type { Place, RunView } from '@/server/api/types';
import { RunVerdict } from './run-verdict';
import { StopRun } from './stop-run';
import { isOver } from './use-run-view';
import { decidingReason, verdictOfView } from './verdict-of-view';

export function RunTitle({ run }: { run: RunView }) {
  const reading = run.proof?.mechanism.verdict ?? run.offloadSoFar;
  const reason = decidingReason(run);
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <span className="mono">{run.config.id}</span>
      <span className="flex flex-wrap items-center gap-2 font-normal text-13 tracking-normal">
        <span className="mono text-12 text-fg-2">{run.config.scenario}</span>
        <VariantTag variant={run.config.variant.name} />
        {run.config.place === null ? null : <ExperimentLink place={run.config.place} />}
        <RunVerdict run={verdictOfView(run)} />
        {reading === null ? null : <OffloadReading boxed soFar={run.proof === null} verdict={reading} />}
        {reason === null ? null : (
          <a className="text-12 text-fg-2 underline decoration-line-strong underline-offset-2 hover:text-fg" href="#validity">
            {reason}
          </a>
        )}
      </span>
    </span>
  );
}

/** Where the run stands in its experiment. */
function ExperimentLink({ place }: { place: Place }) {
  return (
    <PageLink
      className="text-12 text-fg-2 underline decoration-line-strong underline-offset-2 hover:text-fg"
      href={`/experiments/${place.experimentId}`}
    >
      round {place.pair} of <span className="mono">{place.experimentId}</span>
    </PageLink>
  );
}

export function RunActions({ run }: { run: RunView }) {
  return (
    <>
      <LinkButton href={`/compare?pick=${run.config.id}`} icon={ArrowLeftRight} size="small">
        Compare with
      </LinkButton>
      {isOver(run.state) ? null : <StopRun id={run.config.id} queued={run.state === 'queued'} />}
    </>
  );
}
