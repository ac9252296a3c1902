'use client';
import { LoaderCircle } from 'lucide-react';
import { sayFaults } from '@/components/faults/fault-words';
import { PHASE_TITLES } from '@/components/runs/phase-titles';
import { StopRun } from '@/components/runs/stop-run';
import { useLatencyPoints } from '@/components/runs/use-latency-points';
import { isOver } from '@/components/runs/use-run-view';
import { VariantTag, variantColour } from '@/components/scenarios/variant-mark';
import { useOverview } from '@/components/trpc/overview';
import { useConnection } from '@/components/trpc/use-connection';
import { Quiet } from '@/components/ui/badge';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { formatClock, formatEstimate, formatLatency, formatRate } from '@/components/ui/format';
import { PageLink } from '@/components/ui/page-link';
import { ProgressBar } from '@/components/ui/progress-bar';
import { Spark } from '@/components/ui/spark';
import { useNow } from '@/components/ui/use-now';
import type { Overview, RunView } from '@/server/api/types';
import { faultBands } from './fault-bands';
import { measuredSoFar } from './live-rows';
import { QueueList } from './queue-list';

/** What is measuring now and what waits; absent while the lab is idle. */
export function RunningNow() {
  const { overview } = useOverview();
  if (overview === null || (overview.running === null && overview.queue.length === 0)) return null;
  return <Now overview={overview} />;
}

function Now({ overview: { running, queue } }: { overview: Overview }) {
  const part = 'min-w-0 border-line p-3 not-first:border-t md:px-4 md:py-3.5 lg:not-first:border-t-0 lg:not-first:border-l';
  return (
    <Card className="lg:flex" label="Running now">
      {running === null ? (
        <p className={`${part} lg:flex-1`}>Nothing of this panel is running yet: the next run begins when the host is free.</p>
      ) : (
        <>
          <div className={`${part} lg:w-[350px]`}>
            <Progress view={running} />
          </div>
          <div className={`${part} lg:flex-1`}>
            <LiveFigures key={running.config.id} view={running} />
          </div>
        </>
      )}
      <div className={`${part} lg:w-[292px]`}>
        <QueueList queue={queue} />
      </div>
      {running === null ? null : (
        <div className={`${part} flex gap-2 lg:w-[92px] lg:flex-col lg:justify-center [&>*]:flex-1 lg:[&>*]:flex-none`}>
          {isOver(running.state) ? null : <StopRun id={running.config.id} />}
          <LinkButton href={`/runs/${running.config.id}`} size="small">
            Open
          </LinkButton>
        </div>
      )}
    </Card>
  );
}

function Progress({ view }: { view: RunView }) {
  const { state: connection } = useConnection();
  const now = useNow(connection === 'live' ? 1_000 : null);
  const { config, state, progress } = view;
  const stateWord = isOver(state) ? state : PHASE_TITLES[state].toLowerCase();
  const eta = progress?.etaMs ?? null;
  const phase = view.phases.find((entry) => entry.phase === state);
  return (
    <>
      <div className="flex items-center gap-2 whitespace-nowrap">
        <PageLink className="font-medium font-mono text-12 hover:underline" href={`/runs/${config.id}`}>
          {config.id}
        </PageLink>
        <span className="truncate font-mono text-12 text-fg-2">{config.scenario}</span>
        <VariantTag variant={config.variant.name} />
        <span className="ml-auto text-12">
          <Quiet icon={isOver(state) ? undefined : LoaderCircle} tone="accent" turning>
            {stateWord}
          </Quiet>
        </span>
      </div>
      <p className="mt-3.5 mb-[7px] flex gap-2 text-12 text-fg-2">
        <span className="truncate">{measuredSoFar(view, now) ?? phase?.detail ?? stateWord}</span>
        {eta === null || connection === 'gone' ? null : (
          <span className="ml-auto whitespace-nowrap">
            done at {formatClock(now + eta)}, in {formatEstimate(eta)}
          </span>
        )}
      </p>
      <ProgressBar fraction={progress?.fraction ?? null} label={`Progress of ${config.id}`} />
    </>
  );
}

function LiveFigures({ view }: { view: RunView }) {
  const points = (useLatencyPoints(view.config.id) ?? []).filter(({ phase }) => phase === 'measuring');
  const width = points[0]?.widthMs;
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-12 text-fg-2">
        <span>
          p50 <b className="text-fg">{formatLatency(view.latency?.p50Ns ?? null)}</b>
        </span>
        <span>
          p99 <b className="text-fg">{formatLatency(view.latency?.p99Ns ?? null)}</b>
        </span>
        <span>{formatRate(view.throughputPerS)} req/s</span>
        <span className="hidden text-fg-3 md:inline">
          {width === undefined ? 'no window yet' : `p50 in ${width} ms windows`}
        </span>
      </div>
      <div className="mt-2 border-axis border-b [&>svg]:h-[42px] [&>svg]:w-full">
        <Spark
          bands={faultBands(view, points)}
          colour={variantColour(view.config.variant.name)}
          height={42}
          label={`p50 so far: ${formatLatency(view.latency?.p50Ns ?? null)} over ${points.length} windows${view.faults.length === 0 ? '' : `; ${sayFaults(view.faults)}`}`}
          stretch
          values={points.map((point) => point.p50Ns)}
          width={420}
        />
      </div>
    </>
  );
}
