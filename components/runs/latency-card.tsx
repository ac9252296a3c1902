'use client';
import dynamic from 'next/dynamic';
import { memo, useMemo, useRef } from 'react';
import { ChartFiles } from '@/components/charts/chart-files';
import { variantColour } from '@/components/scenarios/variant-mark';
import { Card, CardBody, CardHead } from '@/components/ui/card';
import { formatCount, formatDuration } from '@/components/ui/format';
import { loadAgain } from '@/components/ui/load-again';
import { Drawing } from '@/components/ui/skeleton';
import type { LatencyPoint, RunConfig, RunView } from '@/server/api/types';
import { useLatencyPoints } from './use-latency-points';
import { isOver } from './use-run-view';

const LatencyChart = dynamic(
  () => loadAgain(() => import('@/components/charts/latency-chart')).then((module) => module.LatencyChart),
  {
    ssr: false,
    loading: () => <Drawing height={220} />,
  },
);
const ThroughputChart = dynamic(
  () => loadAgain(() => import('@/components/charts/throughput-chart')).then((module) => module.ThroughputChart),
  {
    ssr: false,
    loading: () => <Drawing height={130} />,
  },
);

type LatencyCardProps = { config: RunConfig; state: RunView['state']; observedAtMs: readonly number[] };

const NO_POINTS: LatencyPoint[] = [];

/** The client's latency and throughput as they arrive; drawn again when a window closes, not when the run's view changes. */
export const LatencyCard = memo(function LatencyCard({ config, state, observedAtMs }: LatencyCardProps) {
  const points = useLatencyPoints(config.id);
  const colour = variantColour(config.variant.name);
  const shown = points ?? NO_POINTS;
  const domainMs = useMemo(() => timeAxis(config, isOver(state), shown), [config, state, shown]);
  const width = shown.at(-1)?.widthMs;
  const latency = useRef<HTMLDivElement>(null);
  const throughput = useRef<HTMLDivElement>(null);
  const n = shown.reduce((sum, point) => (point.phase === 'measuring' ? sum + point.n : sum), 0);
  return (
    <Card label="Client latency">
      <CardHead
        actions={
          <span className="flex items-center gap-3 text-12 text-fg-2">
            <LineKey colour={colour} dashed={false} name="p50" />
            <LineKey colour={colour} dashed name="p99" />
          </span>
        }
        context={
          width === undefined ? undefined : `${formatDuration(width)} windows, n = ${formatCount(n)} in the measured window`
        }
        title="Client latency"
      />
      <CardBody className="min-h-[380px]">
        {shown.length === 0 ? (
          <NoLatency over={isOver(state)} waiting={points === null} />
        ) : (
          <>
            <div ref={latency}>
              <LatencyChart
                color={colour}
                domainMs={domainMs}
                label={`Latency of ${config.id} over time, p50 and p99 per window`}
                observedAtMs={observedAtMs}
                points={shown}
              />
            </div>
            <div className="flex items-center text-11 text-fg-3">
              seconds since measuring began
              <ChartFiles box={latency} title={`Latency of ${config.id}, p50 and p99, µs by seconds`} />
            </div>
            <h3 className="mt-2 mb-1 font-semibold text-13">Throughput</h3>
            <div ref={throughput}>
              <ThroughputChart
                color={colour}
                domainMs={domainMs}
                label={`Throughput of ${config.id} over time`}
                points={shown}
              />
            </div>
            <div className="flex items-center text-11 text-fg-3">
              seconds since measuring began
              <ChartFiles box={throughput} title={`Throughput of ${config.id}, req per s by seconds`} />
            </div>
          </>
        )}
      </CardBody>
    </Card>
  );
});

function LineKey({ colour, dashed, name }: { colour: string; dashed: boolean; name: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg aria-hidden="true" height="2" width="20">
        <line stroke={colour} strokeDasharray={dashed ? '4 3' : undefined} strokeWidth="2" x1="0" x2="20" y1="1" y2="1" />
      </svg>
      {name}
    </span>
  );
}

function NoLatency({ over, waiting }: { over: boolean; waiting: boolean }) {
  const words = over
    ? 'No latency was measured.'
    : waiting
      ? 'Waiting for the server.'
      : 'The first window closes 0.5 s after warm-up begins.';
  return (
    <div className="flex min-h-[340px] flex-col items-center justify-center gap-1 text-center">
      <p className="font-medium">{over ? 'No latency' : 'No latency yet'}</p>
      <p className="text-12 text-fg-2">{words}</p>
    </div>
  );
}

/** The axis stands still while points arrive: warm-up to the planned end, or what there is once it is over. */
function timeAxis({ workload }: RunConfig, over: boolean, points: readonly LatencyPoint[]): { min: number; max: number } {
  const first = points[0]?.startMs ?? 0;
  const last = points.at(-1);
  const reached = last === undefined ? 0 : last.startMs + last.widthMs;
  const planned = workload.amount.kind === 'seconds' && !over ? workload.amount.seconds * 1000 : 0;
  return { min: Math.min(0, first), max: Math.max(reached, planned, 1000) };
}
