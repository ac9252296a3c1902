import { type Axis, BELOW_CAPTION_PX, drawXAxis, drawYAxis } from './axis';
import { type Box, markBox } from './box';
import type { PercentileLines } from './data';
import { drawEndLabels, endLabelsWidth } from './end-labels';
import { formatLatency, formatNumber, formatRange } from './figures';
import { drawEmpty, drawTitle, framePicture, isNarrow, type Sheet, sheetWidth } from './frame';
import { markEntry } from './key';
import { layOutPlot } from './lay-out-plot';
import { linePath } from './line-path';
import type { Picture, Scale } from './picture';
import { placeText, type Room, type Spot } from './place-text';
import { applyScale } from './scale';
import { type SvgNode, svg } from './svg';
import { percentileTicks } from './ticks';
import { drawMark, type Style, styleSides } from './variant-style';

type Line = PercentileLines['lines'][number] & { style: Style };
type Stage = { plot: Box; axis: Axis; x: Scale };

/** Latency by percentile on a log tail, where rare slow requests get room. The 100th has no place on it. */
export function drawPercentiles({ lines: given }: PercentileLines, sheet: Sheet): Picture {
  const width = sheetWidth(sheet);
  const lines = styleLines(given);
  const points = lines.flatMap((line) => line.points);
  if (points.length === 0) return drawEmpty(width, 'No run has completed requests yet.');
  const narrow = isNarrow(width);
  const names = lines.map(({ side }) => side.label);
  const { plot, axis, head } = layOutPlot({
    width,
    plotHeight: narrow ? 200 : 210,
    right: narrow ? 22 : endLabelsWidth(names, width),
    values: points.flatMap(({ ns, range }) => [ns, ...(range ?? [])]).filter(isDrawable),
    unit: 'ns',
    kind: 'log',
    key: narrow ? lines.map(({ style, side }) => markEntry(style, side.label)) : [],
  });
  const highest = Math.max(...points.map(({ percentile }) => percentile), 50);
  const x: Scale = { kind: 'tail', domain: [0, highest], range: [plot.left, plot.right] };
  const stage = { plot, axis, x };
  const ticks = percentileTicks(highest).map((tick) => ({ x: applyScale(x, tick), label: String(tick) }));
  const ends = lines.map(({ side, style, points: own }) => ({
    y: applyScale(axis.scale, own.at(-1)?.ns ?? 1),
    text: side.label,
    fill: style.colour,
  }));
  return framePicture({
    width,
    height: plot.bottom + BELOW_CAPTION_PX,
    says: describe(lines),
    plot: { ...plot, x, y: axis.scale },
    nodes: [
      ...head,
      ...drawYAxis(plot, axis),
      ...drawXAxis(plot, ticks, { width, caption: 'percentile, log tail' }),
      ...lines.flatMap((line) => drawLine(line, stage)),
      ...lines.flatMap((line) => drawDots(line, stage)),
      ...labelP99(lines, stage),
      ...(narrow ? [] : drawEndLabels(ends, plot, width)),
    ],
  });
}

function isDrawable(ns: number): boolean {
  return Number.isFinite(ns) && ns > 0;
}

/** Lines with what a log axis can show. */
function styleLines(given: PercentileLines['lines']): Line[] {
  const styles = styleSides(given.map(({ side }) => side));
  return given.flatMap(({ side, points }, index) => {
    const style = styles[index];
    const shown = points.filter(({ percentile, ns }) => percentile >= 0 && percentile < 100 && isDrawable(ns));
    const sorted = [...shown].sort((a, b) => a.percentile - b.percentile);
    return style === undefined || sorted.length === 0 ? [] : [{ side, style, points: sorted }];
  });
}

/** The median over the runs, and faintly the lowest and the highest run. */
function drawLine({ points, style }: Line, { axis, x }: Stage): SvgNode[] {
  const trace = (figureOf: (point: Line['points'][number]) => number | undefined) =>
    linePath(
      points.map((point) => {
        const ns = figureOf(point);
        return ns === undefined || !isDrawable(ns)
          ? null
          : { x: applyScale(x, point.percentile), y: applyScale(axis.scale, ns) };
      }),
    );
  const stroke = { fill: 'none', stroke: style.colour, 'stroke-linejoin': 'round' };
  const faint = { ...stroke, 'stroke-width': 1, opacity: 0.35 };
  return [
    svg('path', { d: trace(({ range }) => range?.[0]), ...faint }),
    svg('path', { d: trace(({ range }) => range?.[1]), ...faint }),
    svg('path', { d: trace(({ ns }) => ns), ...stroke, 'stroke-width': 1.8 }),
  ].filter(({ attributes }) => attributes.d !== '');
}

/** Marks, with their figures to hover, where the axis has numbers. */
function drawDots({ side, points, style }: Line, { axis, x }: Stage): SvgNode[] {
  const marked = new Set(percentileTicks(100));
  return points.flatMap(({ percentile, ns, range }) => {
    if (!marked.has(percentile)) return [];
    const runs = range === null ? '' : `, runs from ${formatRange(range, formatLatency)}`;
    const title = drawTitle(`p${percentile} of ${side.label}: ${formatLatency(ns)}${runs}`);
    const at = [applyScale(x, percentile), applyScale(axis.scale, ns)] as const;
    return [svg('g', {}, [title, drawMark(style, ...at, 2.8)])];
  });
}

/** The figures at the 99th, where two lines leave room: above the upper, below the lower. */
function labelP99(lines: readonly Line[], { plot, axis, x }: Stage): (SvgNode | null)[] {
  if (lines.length > 2) return [];
  const room: Room = { taken: [], within: plot };
  const ends = lines.flatMap(({ points, style }) => {
    const ns = points.find(({ percentile }) => percentile === 99)?.ns;
    return ns === undefined ? [] : [{ ns, style, at: applyScale(x, 99), y: applyScale(axis.scale, ns) }];
  });
  for (const { at, y } of ends) room.taken.push(markBox(at, y, 3));
  const upperFirst = [...ends].sort((a, b) => a.y - b.y);
  return upperFirst.map(({ ns, at, y }, index) => {
    const above: Spot = { x: at - 4, y: y - 9, anchor: 'end' };
    const below: Spot = { x: at + 4, y: y + 17, anchor: 'start' };
    return placeText(formatLatency(ns), [index === 0 ? above : below], room, { fill: 'var(--text-2)' });
  });
}

function describe(lines: readonly Line[]): string {
  const said = lines.map(({ side, points }) => {
    const figures = [50, 99, 99.9].flatMap((wanted) => {
      const ns = points.find(({ percentile }) => percentile === wanted)?.ns;
      return ns === undefined ? [] : [`p${wanted} ${formatLatency(ns)}`];
    });
    const last = points.at(-1);
    const end =
      last === undefined ? '' : `p${formatNumber(last.percentile, 3).replace(/\.?0+$/, '')} ${formatLatency(last.ns)}`;
    return `${side.label} ${[...new Set([...figures, end])].join(', ')}`;
  });
  return `Latency by percentile on a log tail: ${said.join('; ')}.`;
}
