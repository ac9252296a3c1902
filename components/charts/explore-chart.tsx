'use client';
import { Brush, CartesianGrid, Line, LineChart, ReferenceArea, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { LatencyPoint } from '@/server/api/types';
import { AXIS_LINE, AXIS_TEXT, AxisUnit, axisMicroseconds, axisSeconds, GRID } from './axis';
import { ChartTooltip } from './chart-tooltip';
import { logTicks, rangeOf } from './scale';

type ExploreChartProps = {
  points: LatencyPoint[];
  /** CSS colour of the run's variant. */
  colour: string;
  label: string;
  /** Faults injected on purpose, in milliseconds since measuring began. */
  faults: readonly { fromMs: number; toMs: number; label: string }[];
};

const LINES = [
  { key: 'maxNs', name: 'max', dash: '1 4', width: 1 },
  { key: 'p99Ns', name: 'p99', dash: '4 3', width: 1.5 },
  { key: 'p90Ns', name: 'p90', dash: '8 3', width: 1.5 },
  { key: 'p50Ns', name: 'p50', dash: undefined, width: 2 },
] as const;

/** Four percentiles per window on a log axis; the handles below choose a stretch of time. A window without requests is a gap. */
export function ExploreChart({ points, colour, label, faults }: ExploreChartProps) {
  const range = rangeOf(points.flatMap((point) => LINES.map(({ key }) => point[key])));
  if (range === null) return <p className="py-10 text-center text-fg-2">No window has completed requests.</p>;
  const ticks = logTicks(range);
  return (
    <figure aria-label={label}>
      <AxisUnit>µs, log</AxisUnit>
      <ResponsiveContainer height={380} width="100%">
        <LineChart data={points} margin={{ top: 4, right: 12, bottom: 0, left: 0 }}>
          <CartesianGrid {...GRID} />
          <XAxis axisLine={AXIS_LINE} dataKey="startMs" tick={AXIS_TEXT} tickFormatter={axisSeconds} tickLine={false} />
          <YAxis
            axisLine={false}
            domain={[ticks[0] ?? 1, ticks.at(-1) ?? 10]}
            scale="log"
            tick={AXIS_TEXT}
            tickFormatter={axisMicroseconds}
            tickLine={false}
            ticks={ticks}
            width={56}
          />
          {faults.map(({ fromMs, toMs, label: name }) => (
            <ReferenceArea
              fill="var(--fault-fill)"
              fillOpacity={1}
              key={`${name} ${fromMs}`}
              label={{ value: name, position: 'insideTopLeft', fill: 'var(--warn)', fontSize: 11 }}
              stroke="var(--fault)"
              strokeDasharray="2 3"
              x1={windowAt(points, fromMs)}
              x2={windowAt(points, toMs)}
            />
          ))}
          <Tooltip content={<ChartTooltip />} cursor={{ stroke: 'var(--border-strong)' }} isAnimationActive={false} />
          {LINES.map(({ key, name, dash, width }) => (
            <Line
              connectNulls={false}
              dataKey={key}
              dot={false}
              isAnimationActive={false}
              key={key}
              name={name}
              stroke={colour}
              strokeDasharray={dash}
              strokeWidth={width}
            />
          ))}
          <Brush
            dataKey="startMs"
            fill="var(--surface-2)"
            height={28}
            stroke="var(--text-3)"
            tickFormatter={axisSeconds}
            travellerWidth={10}
          />
        </LineChart>
      </ResponsiveContainer>
      <figcaption className="mt-2 text-12 text-fg-3">
        Seconds since measuring began. p50 solid, p90 and p99 dashed, max dotted.
        {faults.length === 0 ? '' : ' Amber bands are faults that were injected.'}
      </figcaption>
    </figure>
  );
}

/** The axis knows its windows alone: a band begins and ends with the one that holds the moment. */
function windowAt(points: readonly LatencyPoint[], ms: number): number | undefined {
  return (points.findLast(({ startMs }) => startMs <= ms) ?? points[0])?.startMs;
}
