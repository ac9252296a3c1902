import { formatDuration } from '@/components/ui/format';
import type { BpfLife } from '@/server/api/types';
import { FaultBands, PLOT_LEFT, placeTime, type TimeSpan } from './rate-chart';

export type LifeBar = BpfLife & { colour: string };

type LivesChartProps = { lives: readonly LifeBar[]; span: TimeSpan; width: number };

const ROW = 26;
const HEAD = 22;

/** Each program from its load to its unloading, over what the run went through. */
export function LivesChart({ lives, span, width }: LivesChartProps) {
  const x = placeTime(span, width);
  const height = HEAD + lives.length * ROW + 4;
  return (
    <svg
      aria-label={`Load to unload: ${lives.map((life) => sayLife(life, span)).join('; ')}`}
      className="block"
      height={height}
      role="img"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
    >
      {span.bands.map(({ title, from, to }, at) => {
        const left = Math.max(PLOT_LEFT, x(from));
        const room = x(to) - left;
        return (
          <g key={title}>
            {at % 2 === 0 ? <rect fill="var(--band)" height={height} width={Math.max(0, room)} x={left} y={0} /> : null}
            {room > title.length * 6.2 + 6 ? (
              <text fill="var(--text-2)" fontSize={11} x={left + 4} y={14}>
                {title}
              </text>
            ) : null}
          </g>
        );
      })}
      <FaultBands bottom={height} named={false} span={span} top={HEAD - 4} width={width} />
      {lives.map((life, at) => {
        const from = Math.max(PLOT_LEFT, x(life.loadedAt ?? life.firstSeenAt));
        const to = Math.max(from + 2, x(life.lastSeenAt));
        const y = HEAD + at * ROW;
        return (
          <g key={`${life.replica} ${life.programId}`}>
            <text fill="var(--text-2)" fontSize={11} x={0} y={y + 14}>
              {life.replica.slice(0, 9)}
            </text>
            <rect
              fill={life.colour}
              fillOpacity={0.25}
              height={16}
              rx={3}
              stroke={life.colour}
              width={to - from}
              x={from}
              y={y + 2}
            />
            {life.gone ? <path d={`M${to} ${y}v20`} stroke={life.colour} strokeWidth={3} /> : null}
            <text fill="var(--text)" fontFamily="var(--face-mono)" fontSize={11} x={from + 6} y={y + 14}>
              {life.name} {life.programId}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** `lab_broadcast (1207) of replica1, loaded 2.1 s after launch, seen for 9.2 s, then gone`. */
export function sayLife(life: BpfLife, span: TimeSpan): string {
  const { replica, programId, name, loadedAt, firstSeenAt, lastSeenAt, gone } = life;
  const begin = loadedAt ?? firstSeenAt;
  const when = begin < span.from ? 'loaded before the run' : `loaded ${formatDuration(begin - span.from)} after launch`;
  const end = gone ? 'then gone' : 'still there at the last look';
  return `${name} (${programId}) of ${replica}, ${when}, there for ${formatDuration(lastSeenAt - begin)}, ${end}`;
}
