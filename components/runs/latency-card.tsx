'use client';
import { type ComponentProps, memo, useCallback, useMemo, useState } from 'react';
import { windowStart } from '@/components/faults/fault-marks';
import { MomentCrosshair } from '@/components/pictures/moment-crosshair';
import { PictureView } from '@/components/pictures/picture-view';
import { variantColour } from '@/components/scenarios/variant-mark';
import { Card, CardHead } from '@/components/ui/card';
import { formatCount, formatDuration } from '@/components/ui/format';
import { drawOverTime } from '@/pictures/latency-over-time';
import { drawRateOverTime } from '@/pictures/throughput-over-time';
import type { LatencyPoint, RunConfig, RunView } from '@/server/api/types';
import { ExploreLatency } from './explore-latency';
import { type Looks, latencyPicture, rateInTime, readMoment, viewsInTime } from './latency-pictures';
import { useLatencyPoints } from './use-latency-points';
import { useLogMoment } from './use-log-moment';
import { isOver } from './use-run-view';
import { ViewTimeline } from './view-timeline';

type LatencyCardProps = { config: RunConfig; state: RunView['state']; looks: Looks };

const NO_POINTS: LatencyPoint[] = [];

/** The client's latency and throughput as they arrive; drawn again when a window closes, not when the run's view changes. */
export const LatencyCard = memo(function LatencyCard({ config, state, looks }: LatencyCardProps) {
  const points = useLatencyPoints(config.id);
  const shown = points ?? NO_POINTS;
  const width = shown.at(-1)?.widthMs;
  const n = shown.reduce((sum, point) => (point.phase === 'measuring' ? sum + point.n : sum), 0);
  return (
    <Card label="Client latency">
      <CardHead
        actions={
          <span className="flex items-center gap-3 text-12 text-fg-2">
            <LineKey colour={variantColour(config.variant.name)} dashed={false} name="p50" />
            <LineKey colour={variantColour(config.variant.name)} dashed name="p99" />
            <ExploreLatency config={config} looks={looks} points={shown} />
          </span>
        }
        context={
          width === undefined ? undefined : `${formatDuration(width)} windows, n = ${formatCount(n)} in the measured window`
        }
        title="Client latency"
      />
      <div className="p-3 md:p-4" style={{ minHeight: leastPx({ config, state, looks }) }}>
        {shown.length === 0 ? (
          <NoLatency over={isOver(state)} waiting={points === null} />
        ) : (
          <Pictures config={config} looks={looks} over={isOver(state)} points={shown} />
        )}
      </div>
    </Card>
  );
}, sameLooks);

/** Room for what will be drawn, so that nothing below moves when it comes: the timeline of views has a lane for each replica. */
function leastPx({ config, state, looks }: LatencyCardProps): number {
  const hasViews = config.clientFormat === 'lab' && (!isOver(state) || looks.views.length > 0);
  return hasViews ? 634 + 22 * config.replicas.length : 528;
}

/** The view comes anew four times a second; only what is drawn here counts. */
function sameLooks(before: LatencyCardProps, after: LatencyCardProps): boolean {
  const isSame = before.config.id === after.config.id && isOver(before.state) === isOver(after.state);
  return isSame && (before.looks === after.looks || drawnOf(before.looks) === drawnOf(after.looks));
}

/** Counters of a fault that goes on change with every view, and stand in no chart. */
function drawnOf({ faults, phases, ...looks }: Looks): string {
  const drawn = faults.map(({ title, targets, startedAt, endedAt }) => [title, targets, startedAt, endedAt]);
  return JSON.stringify([drawn, windowStart({ phases }), looks]);
}

type Over = NonNullable<ComponentProps<typeof PictureView>['over']>;
type PicturesProps = { config: RunConfig; points: LatencyPoint[]; over: boolean; looks: Looks };

function Pictures({ config, points, over, looks }: PicturesProps) {
  const [atMs, moveTo] = useState<number | null>(null);
  const openLog = useLogMoment();
  const latency = useMemo(() => latencyPicture({ config, points, over, looks }), [config, points, over, looks]);
  const views = useMemo(() => viewsInTime(latency, { config, points, over, looks }), [latency, config, points, over, looks]);
  const drawLatency = useCallback((width: number) => drawOverTime(latency, { width }), [latency]);
  const drawRate = useCallback(
    (width: number) => {
      const { plot } = drawLatency(width);
      const edges = plot === null ? undefined : { left: plot.left, right: plot.right };
      return drawRateOverTime({ ...rateInTime(latency, points), edges }, { width });
    },
    [drawLatency, latency, points],
  );
  const crosshair =
    (name: string): Over =>
    (plot, box) => (
      <MomentCrosshair
        atMs={atMs}
        box={box}
        moveTo={moveTo}
        name={name}
        onPick={openLog}
        plot={plot}
        read={(ms) => readMoment(points, ms)}
      />
    );
  return (
    <>
      <PictureView draw={drawLatency} name={`${config.id} latency over time`} over={crosshair('latency over time')} />
      {views === null ? null : (
        <ViewTimeline above={drawLatency} id={config.id} over={crosshair('views over time')} views={views} />
      )}
      <h3 className="mt-1 font-semibold text-13">Throughput</h3>
      <PictureView
        draw={drawRate}
        leastPx={156}
        name={`${config.id} throughput over time`}
        over={crosshair('throughput over time')}
      />
      <p className="min-h-[18px] text-12 text-fg-2">
        {atMs === null
          ? 'Point at a moment to read it; click, or press Enter, to see its log lines.'
          : readMoment(points, atMs)}
      </p>
    </>
  );
}

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
    <div className="flex min-h-[490px] flex-col items-center justify-center gap-1 text-center">
      <p className="font-medium">{over ? 'No latency' : 'No latency yet'}</p>
      <p className="text-12 text-fg-2">{words}</p>
    </div>
  );
}
