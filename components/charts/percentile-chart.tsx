'use client';

import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { AXIS_LINE, AXIS_TEXT, AxisUnit, axisMicroseconds, GRID } from './axis';
import { endLabel } from './end-label';
import { logTicks, rangeOf } from './scale';

export type PercentileRow = { percentile: number; aNs: number; bNs: number };
type Side = { name: string; color: string };

/** Position on the log tail: 0 for p0, 1 for p90, 2 for p99 ... */
function tail(percentile: number): number {
  return -Math.log10(1 - percentile / 100);
}

const TICKS = [0, 50, 90, 99, 99.9, 99.99, 99.999];

/** Latency by percentile on a log tail, where rare slow requests get the room they deserve. */
export function PercentileChart({
  rows,
  a,
  b,
  heightPx = 240,
}: {
  rows: PercentileRow[];
  a: Side;
  b: Side;
  heightPx?: number;
}) {
  const data = rows.filter((row) => row.percentile < 100).map((row) => ({ ...row, tail: tail(row.percentile) }));
  const range = rangeOf(data.flatMap((row) => [row.aNs, row.bNs]));
  const end = data.at(-1);
  if (range === null || end === undefined) return null;
  const ticks = logTicks(range);
  const aAbove = end.aNs >= end.bNs;
  return (
    <figure aria-label={`Latency by percentile, ${a.name} and ${b.name}`}>
      <AxisUnit>µs, log</AxisUnit>
      <ResponsiveContainer width="100%" height={heightPx}>
        <LineChart data={data} margin={{ top: 4, right: 92, bottom: 0, left: 0 }}>
          <CartesianGrid {...GRID} />
          <XAxis
            dataKey="tail"
            type="number"
            domain={[0, end.tail]}
            ticks={TICKS.map(tail).filter((tick) => tick <= end.tail + 1e-9)}
            tick={AXIS_TEXT}
            tickLine={false}
            axisLine={AXIS_LINE}
            tickFormatter={(value: number) => String(Number((100 * (1 - 10 ** -value)).toFixed(3)))}
          />
          <YAxis
            scale="log"
            domain={[ticks[0] ?? 1, ticks.at(-1) ?? 10]}
            ticks={ticks}
            tick={AXIS_TEXT}
            tickLine={false}
            axisLine={false}
            width={56}
            tickFormatter={axisMicroseconds}
            allowDataOverflow
          />
          <Tooltip
            content={<PercentileTooltip a={a} b={b} />}
            isAnimationActive={false}
            cursor={{ stroke: 'var(--border-strong)' }}
          />
          <Line
            dataKey="aNs"
            stroke={a.color}
            strokeWidth={1.75}
            dot={false}
            isAnimationActive={false}
            label={endLabel({ at: data.length - 1, text: a.name, color: a.color, shift: aAbove ? -6 : 8 })}
          />
          <Line
            dataKey="bNs"
            stroke={b.color}
            strokeWidth={1.75}
            dot={false}
            isAnimationActive={false}
            label={endLabel({ at: data.length - 1, text: b.name, color: b.color, shift: aAbove ? 8 : -6 })}
          />
        </LineChart>
      </ResponsiveContainer>
      <figcaption className="pr-24 text-right text-[11px] text-[var(--text-3)]">percentile, log tail</figcaption>
    </figure>
  );
}

type TooltipProps = { active?: boolean; payload?: readonly { payload?: PercentileRow }[]; a: Side; b: Side };

function PercentileTooltip({ active, payload, a, b }: TooltipProps) {
  const row = payload?.[0]?.payload;
  if (!active || row === undefined) return null;
  return (
    <div className="rounded-md border border-[var(--border-strong)] bg-[var(--surface)] px-2.5 py-1.5 text-xs tabular-nums">
      <div className="text-[var(--text-3)]">p{row.percentile}</div>
      <div>
        {a.name} {axisMicroseconds(row.aNs)} µs
      </div>
      <div>
        {b.name} {axisMicroseconds(row.bNs)} µs
      </div>
    </div>
  );
}
