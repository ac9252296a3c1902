import { type Axis, BELOW_CAPTION_PX, drawXAxis, drawYAxis } from './axis';
import { type Box, round } from './box';
import type { Difference } from './data';
import { endLabelsWidth } from './end-labels';
import { formatCount, formatLatency, formatRange } from './figures';
import { drawEmpty, framePicture, type Sheet, sheetWidth } from './frame';
import { markEntry } from './key';
import { layOutPlot } from './lay-out-plot';
import type { Picture, Scale } from './picture';
import { applyScale, extentOf, medianOf } from './scale';
import { type SvgNode, svg } from './svg';
import { drawText } from './text';
import { drawHovers, labelTimes, traceWindows } from './time-windows';
import { variantStyle } from './variant-style';

/** p50 of the variant less the base's, per window, around a line at 0: below it the variant is faster. */
export function drawDifference(data: Difference, sheet: Sheet): Picture {
  const width = sheetWidth(sheet);
  const known = data.points.map(({ differenceNs }) => differenceNs).filter((ns) => ns !== null);
  const times = extentOf(data.points.flatMap(({ startMs, widthMs }) => [startMs, startMs + widthMs]));
  if (known.length === 0 || times === null) return drawEmpty(width, 'No window has completed requests on both sides yet.');
  const style = variantStyle(data.variant.variant);
  const most = Math.max(...known.map(Math.abs)) * 0.2 || 1_000;
  const { plot, axis, head } = layOutPlot({
    width,
    plotHeight: 140,
    right: endLabelsWidth(SIGNS, width),
    values: [...known, -most, most],
    unit: 'ns',
    kind: 'linear',
    signed: true,
    key: [markEntry(style, `${data.variant.label} − ${data.base.label}`)],
  });
  const x: Scale = { kind: 'linear', domain: times, range: [plot.left, plot.right] };
  return framePicture({
    width,
    height: plot.bottom + BELOW_CAPTION_PX,
    says: describe(data, known),
    plot: { ...plot, x, y: axis.scale },
    nodes: [
      ...head,
      ...drawYAxis(plot, axis),
      ...drawXAxis(plot, labelTimes(x), { width, caption: 'since measuring began' }),
      ...drawZero(plot, axis),
      svg('path', {
        d: traceWindows(data.points, ({ differenceNs }) => differenceNs, { x, y: axis.scale }),
        fill: 'none',
        stroke: style.colour,
        'stroke-width': 1.7,
        'stroke-linejoin': 'round',
        'stroke-linecap': 'round',
      }),
      ...drawHovers(data.points, { plot, x, say: sayWindows }),
    ],
  });
}

const SIGNS = ['slower ↑', 'faster ↓'] as const;

function drawZero(plot: Box, { scale }: Axis): SvgNode[] {
  const y = round(applyScale(scale, 0));
  const look = { strong: true, fill: 'var(--text-2)' };
  return [
    svg('line', { x1: plot.left, x2: plot.right + 6, y1: y, y2: y, stroke: 'var(--text-3)', 'stroke-width': 1.2 }),
    drawText(plot.right + 8, y - 6, SIGNS[0], look),
    drawText(plot.right + 8, y + 14, SIGNS[1], look),
  ];
}

function sayWindows(windows: readonly Difference['points'][number][]): string {
  const range = extentOf(windows.map(({ differenceNs }) => differenceNs).filter((ns) => ns !== null));
  if (range === null) return 'no requests on one side';
  return range[0] === range[1] ? formatLatency(range[0]) : formatRange(range, formatLatency);
}

function describe({ base, variant, points }: Difference, known: readonly number[]): string {
  const faster = known.filter((ns) => ns < 0).length;
  const middle = medianOf(known) ?? 0;
  const gaps =
    points.length === known.length ? '' : `, ${points.length - known.length} of ${points.length} windows without one`;
  return (
    `p50 of ${variant.label} less ${base.label} over ${formatCount(known.length, 'window')}: ` +
    `median ${formatLatency(middle)}, faster in ${faster} of ${known.length}${gaps}.`
  );
}
