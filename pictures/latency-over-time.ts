import { BELOW_CAPTION_PX, drawXAxis, drawYAxis } from './axis';
import type { OverTime } from './data';
import { drawEndLabels, endLabelsWidth } from './end-labels';
import { formatCount, formatLatency, formatRange } from './figures';
import { drawEmpty, framePicture, isNarrow, type Sheet, sheetWidth } from './frame';
import { markEntry } from './key';
import { layOutPlot } from './lay-out-plot';
import type { Picture, Scale } from './picture';
import { applyScale, extentOf, medianOf } from './scale';
import { svg } from './svg';
import { drawTimeMarks, drawWarmUp, faultEntries, sayFaults } from './time-marks';
import { drawHovers, labelTimes, traceWindows, windowsWithin } from './time-windows';
import { variantStyle } from './variant-style';

const CAPTION = 'since measuring began; at the right medians of the windows';
const NARROW_CAPTION = 'at the right medians of the windows';
const NEWEST_CAPTION = 'since measuring began';

type Point = OverTime['points'][number];
type Line = {
  name: string;
  figureOf: (point: Point) => number | null;
  dash?: string;
  strokeWidth: number;
  /** What its end says. */
  end: number | null;
};

/** p50 solid and p99 dashed per window of relative time; at their ends the medians over the windows. */
export function drawOverTime(data: OverTime, sheet: Sheet): Picture {
  const width = sheetWidth(sheet);
  const points = windowsWithin(data.points, data.domainMs);
  const lines = linesOf(points, data.ends);
  const known = points.flatMap(({ p50Ns, p99Ns }) => [p50Ns, p99Ns]).filter((ns) => ns !== null);
  if (known.length === 0) return drawEmpty(width, `No window of ${data.side.label} has completed requests yet.`);
  const style = variantStyle(data.side.variant);
  const texts = lines.map(({ name, end }) => (end === null ? name : `${name} ${formatLatency(end)}`));
  const { plot, axis, head } = layOutPlot({
    width,
    plotHeight: 140,
    right: endLabelsWidth(texts, width),
    values: [...known, ...(data.rangeNs ?? [])],
    unit: 'ns',
    key: [markEntry(style, data.side.label), ...faultEntries(data)],
  });
  const x: Scale = { kind: 'linear', domain: data.domainMs, range: [plot.left, plot.right] };
  const ends = lines.flatMap(({ end }, index) =>
    end === null ? [] : [{ y: applyScale(axis.scale, end), text: texts[index] ?? '', fill: 'var(--text)' }],
  );
  return framePicture({
    width,
    height: plot.bottom + BELOW_CAPTION_PX,
    says: describe(data, points, lines),
    plot: { ...plot, x, y: axis.scale },
    nodes: [
      ...drawWarmUp(plot, x),
      ...drawTimeMarks(data, plot, x),
      ...head,
      ...drawYAxis(plot, axis),
      ...drawXAxis(plot, labelTimes(x), { width, caption: captionOf(data, width) }),
      ...lines.map(({ figureOf, dash, strokeWidth }) =>
        svg('path', {
          d: traceWindows(points, figureOf, { x, y: axis.scale }),
          fill: 'none',
          stroke: style.colour,
          'stroke-width': strokeWidth,
          'stroke-dasharray': dash,
          'stroke-linejoin': 'round',
          'stroke-linecap': dash === undefined ? 'round' : undefined,
        }),
      ),
      ...drawEndLabels(ends, plot, width),
      ...drawHovers(points, { plot, x, say: (chunk) => sayLines(linesOf(chunk), chunk) }),
    ],
  });
}

function captionOf({ ends }: OverTime, width: number): string {
  if (ends === 'newest') return NEWEST_CAPTION;
  return isNarrow(width) ? NARROW_CAPTION : CAPTION;
}

function linesOf(points: readonly Point[], ends: OverTime['ends'] = 'medians'): Line[] {
  const endBy = (figureOf: Line['figureOf']) => {
    const known = points.map(figureOf).filter((ns) => ns !== null);
    return ends === 'medians' ? medianOf(known) : (known.at(-1) ?? null);
  };
  const p50 = ({ p50Ns }: Point) => p50Ns;
  const p99 = ({ p99Ns }: Point) => p99Ns;
  return [
    { name: 'p99', figureOf: p99, dash: '4 3', strokeWidth: 1.4, end: endBy(p99) },
    { name: 'p50', figureOf: p50, strokeWidth: 1.9, end: endBy(p50) },
  ];
}

/** `p50 207.1 µs, p99 402.3 µs`, or ranges where there are several windows. */
function sayLines(lines: readonly Line[], points: readonly Point[]): string {
  const said = [...lines].reverse().map(({ name, figureOf }) => {
    const range = extentOf(points.map(figureOf).filter((ns) => ns !== null));
    if (range === null) return `${name} none`;
    return `${name} ${range[0] === range[1] ? formatLatency(range[0]) : formatRange(range, formatLatency)}`;
  });
  return said.join(', ');
}

function describe(
  { side, points: all, ends: kept, ...marks }: OverTime,
  points: readonly Point[],
  lines: readonly Line[],
): string {
  const ends = lines.map(({ name, end }) => `${name} ${end === null ? 'unknown' : formatLatency(end)}`).reverse();
  const kind = kept === 'newest' ? 'newest' : 'medians';
  const empty = points.filter(({ p50Ns }) => p50Ns === null).length;
  const gaps = empty === 0 ? '' : `, ${empty} without requests`;
  const outside = all.length === points.length ? '' : `, ${all.length - points.length} outside the time shown`;
  return `Latency of ${side.label} over ${formatCount(points.length, 'window')}${gaps}${outside}: ${kind} ${ends.join(', ')}.${sayFaults(marks)}`;
}
