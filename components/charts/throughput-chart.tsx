'use client';

import { memo } from 'react';
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { LatencyPoint } from '@/server/api/types';
import { AXIS_LINE, AXIS_TEXT, AxisUnit, axisSeconds, GRID } from './axis';
import { ChartTooltip } from './chart-tooltip';
import { endLabel } from './end-label';
import { linearTicks, rangeOf, timeTicks } from './scale';

export type ThroughputChartProps = {
  points: LatencyPoint[];
  color: string;
  domainMs: { min: number; max: number };
  heightPx?: number;
  label: string;
};

/** Completed requests per second, per window, from zero. */
export const ThroughputChart = memo(function ThroughputChart({
  points,
  color,
  domainMs,
  heightPx = 110,
  label,
}: ThroughputChartProps) {
  const range = rangeOf(points.map((point) => point.throughputPerS));
  if (range === null) return null;
  const ticks = linearTicks(range, true);
  const last = points.length - 1;
  const rate = points[last]?.throughputPerS;
  return (
    <figure aria-label={label}>
      <AxisUnit>req/s</AxisUnit>
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
            domain={[0, ticks.at(-1) ?? 1]}
            ticks={ticks}
            tick={AXIS_TEXT}
            tickLine={false}
            axisLine={false}
            width={50}
            tickFormatter={(value: number) => value.toLocaleString('en-US')}
          />
          <Tooltip content={<ChartTooltip />} isAnimationActive={false} cursor={{ stroke: 'var(--border-strong)' }} />
          <Line
            dataKey="throughputPerS"
            stroke={color}
            strokeWidth={1.5}
            dot={false}
            isAnimationActive={false}
            label={
              rate === undefined
                ? false
                : endLabel({ at: last, text: `${Math.round(rate).toLocaleString('en-US')} /s`, color: 'var(--text)' })
            }
          />
        </LineChart>
      </ResponsiveContainer>
    </figure>
  );
});
