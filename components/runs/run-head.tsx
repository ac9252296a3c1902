'use client';
import { ArrowLeftRight, Crown, RotateCcw, Zap } from 'lucide-react';
import { activeFaults } from '@/components/faults/afflictions';
import { OffloadReading } from '@/components/proof/offload-reading';
import { VariantTag } from '@/components/scenarios/variant-mark';
import { Badge } from '@/components/ui/badge';
import { LinkButton } from '@/components/ui/button';
import { formatCount, formatPlural } from '@/components/ui/format';
import { PageLink } from '@/components/ui/page-link';
import type { Place, RunView } from '@/server/api/types';
import { againAddress } from './again-address';
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
        <LeaderChanges run={run} />
        <FaultBadge run={run} />
        {reason === null ? null : (
          <a className="text-12 text-fg-2 underline decoration-line-strong underline-offset-2 hover:text-fg" href="#validity">
            {reason}
          </a>
        )}
      </span>
    </span>
  );
}

function LeaderChanges({ run: { leaders } }: { run: RunView }) {
  const changes = Math.max(0, leaders.length - 1);
  if (changes === 0) return null;
  return (
    <Badge icon={Crown}>
      view {formatCount(leaders.at(-1)?.view ?? null)}, {formatPlural(changes, 'leader change', 'leader changes')}
    </Badge>
  );
}

/** What is done to the cluster right now, or how often something was. */
function FaultBadge({ run: { faults } }: { run: RunView }) {
  const active = activeFaults(faults);
  const [first] = active;
  if (faults.length === 0) return null;
  return (
    <Badge icon={Zap} tone={first === undefined ? 'plain' : 'warn'}>
      {first === undefined
        ? formatPlural(faults.length, 'fault', 'faults')
        : active.length === 1
          ? first.title
          : `${active.length} faults in force`}
    </Badge>
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
      {isOver(run.state) ? (
        <LinkButton href={againAddress(run)} icon={RotateCcw} size="small">
          Launch again
        </LinkButton>
      ) : null}
      {isOver(run.state) ? null : <StopRun id={run.config.id} queued={run.state === 'queued'} />}
    </>
  );
}
