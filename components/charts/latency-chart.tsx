'use client';

import { memo } from 'react';
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { LatencyPoint } from '@/server/api/types';
import { AXIS_LINE, AXIS_TEXT, AxisUnit, axisMicroseconds, axisSeconds, GRID } from './axis';
import { ChartTooltip } from './chart-tooltip';
import { endLabel, lastKnown } from './end-label';
import { logTicks, rangeOf, timeTicks } from './scale';

export type LatencyChartProps = {
  points: LatencyPoint[];
  /** CSS colour of the run's variant. */
  color: string;
  /** Milliseconds since measuring began; the axis doesn't move while points arrive. */
  domainMs: { min: number; max: number };
  /** Moments when somebody inspected eBPF inside the window. */
  observedAtMs?: readonly number[];
  heightPx?: number;
  label: string;
};

/** p50 solid, p99 dashed, per window, on a log axis. A window without requests is a gap. */
export const LatencyChart = memo(function LatencyChart({
  points,
  color,
  domainMs,
  observedAtMs = [],
  heightPx = 200,
  label,
}: LatencyChartProps) {
  const range = rangeOf(points.flatMap((point) => [point.p50Ns, point.p99Ns]));
  if (range === null) return null;
  const ticks = logTicks(range);
  const lastP50 = lastKnown(points, (point) => point.p50Ns);
  const lastP99 = lastKnown(points, (point) => point.p99Ns);
  const p50 = points[lastP50]?.p50Ns ?? null;
  const p99 = points[lastP99]?.p99Ns ?? null;
  const close = p50 !== null && p99 !== null && p99 / p50 < 1.15;
  return (
    <figure aria-label={label}>
      <AxisUnit>µs, log</AxisUnit>
      <ResponsiveContainer width="100%" height={heightPx}>
        <LineChart data={points} margin={{ top: 4, right: 76, bottom: 0, left: 0 }}>
          <CartesianGrid {...GRID} />
          <XAxis
            dataKey="startMs"
            type="number"
            domain={[domainMs.min, domainMs.max]}
            allowDataOverflow
            tick={AXIS_TEXT}
            tickLine={false}
            axisLine={AXIS_LINE}
            tickFormatter={axisSeconds}
            ticks={timeTicks(domainMs)}
          />
          <YAxis
            scale="log"
            domain={[ticks[0] ?? 1, ticks.at(-1) ?? 10]}
            ticks={ticks}
            tick={AXIS_TEXT}
            tickLine={false}
            axisLine={false}
            width={50}
            tickFormatter={axisMicroseconds}
            allowDataOverflow
          />
          <Tooltip content={<ChartTooltip />} isAnimationActive={false} cursor={{ stroke: 'var(--border-strong)' }} />
          {domainMs.min < 0 && (
            <ReferenceArea x1={domainMs.min} x2={0} fill="var(--band)" fillOpacity={0.6} stroke="none" label={warmupLabel} />
          )}
          {observedAtMs.map((at) => (
            <ReferenceLine
              key={at}
              x={at}
              stroke="var(--fault)"
              strokeDasharray="2 3"
              label={{ ...AXIS_TEXT, value: 'eBPF inspected', position: 'insideTopLeft', fill: 'var(--warn)' }}
            />
          ))}
          <Line
            dataKey="p99Ns"
            name="p99"
            stroke={color}
            strokeWidth={1.5}
            strokeDasharray="4 3"
            dot={false}
            connectNulls={false}
            isAnimationActive={false}
            label={
              p99 === null
                ? false
                : endLabel({ at: lastP99, text: `p99 ${axisMicroseconds(p99)}`, color: 'var(--text)', shift: close ? -8 : 0 })
            }
          />
          <Line
            dataKey="p50Ns"
            name="p50"
            stroke={color}
            strokeWidth={2}
            dot={false}
            connectNulls={false}
            isAnimationActive={false}
            label={
              p50 === null
                ? false
                : endLabel({ at: lastP50, text: `p50 ${axisMicroseconds(p50)}`, color: 'var(--text)', shift: close ? 8 : 0 })
            }
          />
        </LineChart>
      </ResponsiveContainer>
    </figure>
  );
});

const warmupLabel = { ...AXIS_TEXT, value: 'warm-up', position: 'insideTopLeft' as const };
