'use client';

import { CartesianGrid, Line, LineChart, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { AXIS_LINE, AXIS_TEXT, AxisUnit, axisMicroseconds, GRID } from './axis';
import { linearTicks } from './scale';

export type EcdfPoint = { ns: number; share: number };
type Side = { name: string; color: string; points: EcdfPoint[] };

/** The axis ends where both runs have 95 % of their requests: the tail has its own chart. */
const SHOWN_SHARE = 0.95;

/** Share of requests at or below a latency, both runs on one axis. */
export function EcdfChart({ a, b, heightPx = 240 }: { a: Side; b: Side; heightPx?: number }) {
  const first = Math.min(a.points[0]?.ns ?? 0, b.points[0]?.ns ?? 0);
  const end = Math.max(reaches(a.points), reaches(b.points));
  if (end === 0) return null;
  const ticks = linearTicks({ min: first, max: end }, false);
  return (
    <figure aria-label={`Share of requests at or below a latency, ${a.name} and ${b.name}`}>
      <AxisUnit>share of requests</AxisUnit>
      <ResponsiveContainer width="100%" height={heightPx}>
        <LineChart margin={{ top: 4, right: 24, bottom: 0, left: 0 }}>
          <CartesianGrid {...GRID} />
          <XAxis
            dataKey="ns"
            type="number"
            domain={[ticks[0] ?? 0, ticks.at(-1) ?? 1]}
            ticks={ticks}
            allowDataOverflow
            allowDuplicatedCategory={false}
            tick={AXIS_TEXT}
            tickLine={false}
            axisLine={AXIS_LINE}
            tickFormatter={axisMicroseconds}
          />
          <YAxis
            domain={[0, 1]}
            ticks={[0, 0.25, 0.5, 0.75, 1]}
            tick={AXIS_TEXT}
            tickLine={false}
            axisLine={false}
            width={46}
            tickFormatter={(value: number) => `${Math.round(value * 100)} %`}
          />
          {[a, b].map((side) => (
            <Line
              key={side.name}
              data={side.points}
              dataKey="share"
              type="stepAfter"
              name={side.name}
              stroke={side.color}
              strokeWidth={1.75}
              dot={false}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
      <figcaption className="flex justify-between pl-12 text-[11px] text-[var(--text-3)]">
        <span>
          <span style={{ color: a.color }}>{a.name}</span>
          {', '}
          <span style={{ color: b.color }}>{b.name}</span>
        </span>
        <span>latency, µs, up to the 95th percentile</span>
      </figcaption>
    </figure>
  );
}

function reaches(points: readonly EcdfPoint[]): number {
  return points.find((point) => point.share >= SHOWN_SHARE)?.ns ?? points.at(-1)?.ns ?? 0;
}
