'use client';

import type { LatencyPoint } from '@/server/api/types';
import { axisMicroseconds, axisSeconds } from './axis';

type TooltipProps = { active?: boolean; payload?: readonly { payload?: LatencyPoint }[] };

/** One window's numbers with its place, width and n. */
export function ChartTooltip({ active, payload }: TooltipProps) {
  const point = payload?.[0]?.payload;
  if (!active || point === undefined) return null;
  return (
    <div className="rounded-md border border-[var(--border-strong)] bg-[var(--surface)] px-2.5 py-1.5 text-xs tabular-nums">
      <div className="text-[var(--text-3)]">
        {axisSeconds(point.startMs)} to {axisSeconds(point.startMs + point.widthMs)} s, n = {point.n.toLocaleString('en-US')}
      </div>
      <Row name="p50" ns={point.p50Ns} />
      <Row name="p90" ns={point.p90Ns} />
      <Row name="p99" ns={point.p99Ns} />
      <Row name="max" ns={point.maxNs} />
      <div className="flex justify-between gap-4">
        <span className="text-[var(--text-2)]">rate</span>
        <span>{Math.round(point.throughputPerS).toLocaleString('en-US')} req/s</span>
      </div>
    </div>
  );
}

function Row({ name, ns }: { name: string; ns: number | null }) {
  return (
    <div className="flex justify-between gap-4">
      <span className="text-[var(--text-2)]">{name}</span>
      <span>{ns === null ? 'none' : `${axisMicroseconds(ns)} µs`}</span>
    </div>
  );
}
