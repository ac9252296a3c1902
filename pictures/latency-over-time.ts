import { BELOW_CAPTION_PX, drawXAxis, drawYAxis } from './axis';
import { type Box, round } from './box';
import type { OverTime } from './data';
import { drawEndLabels, endLabelsWidth } from './end-labels';
import { formatCount, formatLatency, formatRange } from './figures';
import { drawEmpty, framePicture, isNarrow, type Sheet, sheetWidth } from './frame';
import { markEntry } from './key';
import { layOutPlot } from './lay-out-plot';
import type { Picture, Scale } from './picture';
import { applyScale, extentOf, medianOf } from './scale';
import { type SvgNode, svg } from './svg';
import { drawText } from './text';
import { drawHovers, labelTimes, traceWindows, windowsWithin } from './time-windows';
import { variantStyle } from './variant-style';

const CAPTION = 'since measuring began; at the right medians of the windows';
const NARROW_CAPTION = 'at the right medians of the windows';

type Point = OverTime['points'][number];
type Line = {
  name: string;
  figureOf: (point: Point) => number | null;
  dash?: string;
  strokeWidth: number;
  median: number | null;
};

/** p50 solid and p99 dashed per window of relative time; at their ends the medians over the windows. */
export function drawOverTime(data: OverTime, sheet: Sheet): Picture {
  const width = sheetWidth(sheet);
  const points = windowsWithin(data.points, data.domainMs);
  const lines = linesOf(points);
  const known = points.flatMap(({ p50Ns, p99Ns }) => [p50Ns, p99Ns]).filter((ns) => ns !== null);
  if (known.length === 0) return drawEmpty(width, `No window of ${data.side.label} has completed requests yet.`);
  const style = variantStyle(data.side.variant);
  const texts = lines.map(({ name, median }) => (median === null ? name : `${name} ${formatLatency(median)}`));
  const { plot, axis, head } = layOutPlot({
    width,
    plotHeight: 140,
    right: endLabelsWidth(texts, width),
    values: [...known, ...(data.rangeNs ?? [])],
    unit: 'ns',
    key: [markEntry(style, data.side.label)],
  });
  const x: Scale = { kind: 'linear', domain: data.domainMs, range: [plot.left, plot.right] };
  const ends = lines.flatMap(({ median }, index) =>
    median === null ? [] : [{ y: applyScale(axis.scale, median), text: texts[index] ?? '', fill: 'var(--text)' }],
  );
  return framePicture({
    width,
    height: plot.bottom + BELOW_CAPTION_PX,
    says: describe(data, points, lines),
    plot: { ...plot, x, y: axis.scale },
    nodes: [
      ...drawWarmUp(plot, x),
      ...head,
      ...drawYAxis(plot, axis),
      ...drawXAxis(plot, labelTimes(x), { width, caption: isNarrow(width) ? NARROW_CAPTION : CAPTION }),
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

function linesOf(points: readonly Point[]): Line[] {
  const medianBy = (figureOf: Line['figureOf']) => medianOf(points.map(figureOf).filter((ns) => ns !== null));
  const p50 = ({ p50Ns }: Point) => p50Ns;
  const p99 = ({ p99Ns }: Point) => p99Ns;
  return [
    { name: 'p99', figureOf: p99, dash: '4 3', strokeWidth: 1.4, median: medianBy(p99) },
    { name: 'p50', figureOf: p50, strokeWidth: 1.9, median: medianBy(p50) },
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

/** Time below 0 is warm-up, and not part of what counts. */
function drawWarmUp(plot: Box, x: Scale): SvgNode[] {
  if (x.domain[0] >= 0) return [];
  const right = Math.min(applyScale(x, 0), plot.right);
  const box = { x: plot.left, y: plot.top, width: round(right - plot.left), height: plot.bottom - plot.top };
  const label = right - plot.left < 60 ? [] : [drawText(plot.left + 6, plot.top + 12, 'warm-up')];
  return [svg('rect', { ...box, fill: 'var(--band)', opacity: 0.6 }), ...label];
}

function describe({ side, points: all }: OverTime, points: readonly Point[], lines: readonly Line[]): string {
  const medians = lines.map(({ name, median }) => `${name} ${median === null ? 'unknown' : formatLatency(median)}`).reverse();
  const empty = points.filter(({ p50Ns }) => p50Ns === null).length;
  const gaps = empty === 0 ? '' : `, ${empty} without requests`;
  const outside = all.length === points.length ? '' : `, ${all.length - points.length} outside the time shown`;
  return `Latency of ${side.label} over ${formatCount(points.length, 'window')}${gaps}${outside}: medians ${medians.join(', ')}.`;
}
