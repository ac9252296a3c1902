'use client';
import { formatCount } from '@/components/ui/format';
import { linearTicks, timeTicks } from '@/pictures/ticks';

export type RateLine = {
  name: string;
  colour: string;
  /** Of several lines of one colour, all but the first are dashed. */
  dashed: boolean;
  points: readonly { at: number; mean: number | null; most: number | null }[];
};

type Stretch = { title: string; from: number; to: number };

/** bands: the run's phases; faults: what was done to the cluster on purpose. */
export type TimeSpan = { from: number; to: number; bands: readonly Stretch[]; faults: readonly Stretch[] };

type RateChartProps = {
  label: string;
  unit: string;
  lines: readonly RateLine[];
  span: TimeSpan;
  width: number;
  /** Draws the highest of each point's looks as a thin dotted line. */
  showMost: boolean;
};

export const PLOT_LEFT = 58;
export const PLOT_RIGHT = 8;
const HEIGHT = 150;
const TOP = 20;
const BOTTOM = 20;

/** One quantity over the whole run, a line for each program; a stretch that was not counted is a gap. */
export function RateChart({ label, unit, lines, span, width, showMost }: RateChartProps) {
  const values = lines.flatMap(({ points }) => points.map((point) => (showMost ? point.most : point.mean)));
  const highest = Math.max(0, ...values.filter((value) => value !== null));
  const ticks = linearTicks([0, highest || 1], 4);
  const top = ticks.at(-1) ?? 1;
  const x = placeTime(span, width);
  const y = (value: number) => HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM);
  return (
    <svg aria-label={label} className="block" height={HEIGHT} role="img" viewBox={`0 0 ${width} ${HEIGHT}`} width={width}>
      <FaultBands bottom={HEIGHT - BOTTOM} span={span} top={TOP} width={width} />
      <text fill="var(--text-3)" fontSize={11} x={0} y={11}>
        {unit}
      </text>
      {ticks.map((tick) => (
        <g key={tick}>
          <line stroke="var(--grid)" x1={PLOT_LEFT} x2={width - PLOT_RIGHT} y1={y(tick)} y2={y(tick)} />
          <text fill="var(--text-3)" fontSize={11} textAnchor="end" x={PLOT_LEFT - 8} y={y(tick) + 4}>
            {formatCount(tick)}
          </text>
        </g>
      ))}
      <line stroke="var(--axis)" x1={PLOT_LEFT} x2={width - PLOT_RIGHT} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} />
      {timeTicks([0, span.to - span.from], width < 500 ? 4 : 8).map((tick) => (
        <text fill="var(--text-3)" fontSize={11} key={tick} textAnchor="middle" x={x(span.from + tick)} y={HEIGHT - 5}>
          {tick / 1_000}
          {tick === 0 ? ' s' : ''}
        </text>
      ))}
      {lines.map(({ name, colour, dashed, points }) => (
        <g fill="none" key={name} stroke={colour} strokeLinecap="round" strokeLinejoin="round">
          <path
            d={linePath(points.map(({ at, mean }) => ({ x: x(at), y: mean === null ? null : y(mean) })))}
            strokeDasharray={dashed ? '5 3' : undefined}
            strokeWidth={1.5}
          />
          {showMost ? (
            <path
              d={linePath(points.map(({ at, most }) => ({ x: x(at), y: most === null ? null : y(most) })))}
              strokeDasharray="1 3"
              strokeWidth={1}
            />
          ) : null}
        </g>
      ))}
      {highest === 0 ? (
        <text fill="var(--text-2)" fontSize={12} x={PLOT_LEFT + 8} y={HEIGHT / 2}>
          not counted: statistics were off
        </text>
      ) : null}
    </svg>
  );
}

type FaultBandsProps = {
  span: TimeSpan;
  width: number;
  top: number;
  bottom: number;
  /** Absent: with its name, where there is room. */
  named?: boolean;
};

/** Amber with dashed edges and a name, as on every chart. */
export function FaultBands({ span, width, top, bottom, named = true }: FaultBandsProps) {
  const x = placeTime(span, width);
  const within = (at: number) => Math.min(width - PLOT_RIGHT, Math.max(PLOT_LEFT, x(at)));
  return span.faults.map(({ title, from, to }) => {
    const [left, right] = [within(from), Math.max(within(from) + 1, within(to))];
    return (
      <g key={`${title} ${from}`}>
        <title>{title}</title>
        <rect fill="var(--fault-fill)" height={bottom - top} width={right - left} x={left} y={top} />
        <path d={`M${left} ${top}V${bottom}M${right} ${top}V${bottom}`} stroke="var(--fault)" strokeDasharray="2 3" />
        {named && width - left > title.length * 6.2 + 8 ? (
          <text fill="var(--warn)" fontSize={11} x={left + 4} y={top + 11}>
            {title}
          </text>
        ) : null}
      </g>
    );
  });
}

export function placeTime({ from, to }: TimeSpan, width: number): (at: number) => number {
  const room = width - PLOT_LEFT - PLOT_RIGHT;
  return (at) => PLOT_LEFT + ((at - from) / Math.max(1, to - from)) * room;
}

/** A null lifts the pen; a point between two of them is drawn as a dot's worth of line. */
export function linePath(points: readonly { x: number; y: number | null }[]): string {
  let path = '';
  let down = false;
  for (const { x, y } of points) {
    if (y === null) {
      down = false;
      continue;
    }
    path += `${down ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
    if (!down) path += 'h0.1';
    down = true;
  }
  return path;
}
