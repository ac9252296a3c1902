import { type Axis, BELOW_AXIS_PX, drawYAxis } from './axis';
import { type Box, markBox, round } from './box';
import type { PairLines } from './data';
import { formatCount, formatFigure } from './figures';
import { drawEmpty, drawTitle, framePicture, isNarrow, type Sheet, sheetWidth } from './frame';
import { strokeEntry } from './key';
import { layOutPlot } from './lay-out-plot';
import type { Picture } from './picture';
import { placeText, type Spot } from './place-text';
import { applyScale, medianOf } from './scale';
import { type SvgNode, svg } from './svg';
import { drawText, fitText, textWidth } from './text';
import { drawMark, type Style, styleSides } from './variant-style';

type Pair = PairLines['pairs'][number];
type Ends = { base: number; variant: number };
type Stage = { plot: Box; axis: Axis; columns: Ends; styles: { base: Style; variant: Style } };

/** One line per pair from the base's figure to the variant's, so that what every pair did can be seen; medians on top. */
export function drawPairLines(data: PairLines, sheet: Sheet): Picture {
  const width = sheetWidth(sheet);
  const pairs = data.pairs.filter(({ base, variant }) => Number.isFinite(base) && Number.isFinite(variant));
  if (pairs.length === 0) return drawEmpty(width, `No pair has ${data.metricTitle} on both sides yet.`);
  const [base, variant] = styleSides([data.base, data.variant]);
  if (base === undefined || variant === undefined) throw new Error('Two sides have two styles');
  const medians = mediansOf(pairs);
  const { plot, axis, head } = layOutPlot({
    width,
    plotHeight: 250,
    right: 12,
    values: pairs.flatMap((pair) => [pair.base, pair.variant]),
    unit: data.unit,
    key: keyOf(pairs, medians !== null),
  });
  const stage = { plot, axis, columns: placeColumns(plot, isNarrow(width)), styles: { base, variant } };
  return framePicture({
    width,
    height: plot.bottom + BELOW_AXIS_PX + 4,
    says: describe(data, pairs, medians),
    nodes: [
      ...head,
      ...drawYAxis(plot, axis),
      svg('line', { x1: plot.left, x2: plot.right, y1: plot.bottom, y2: plot.bottom, stroke: 'var(--axis)' }),
      ...nameColumns(data, stage),
      ...pairs.map((pair) => drawPair(pair, data, stage)),
      ...(medians === null ? [] : drawMedians(medians, data, stage)),
    ],
  });
}

function keyOf(pairs: readonly Pair[], hasMedians: boolean) {
  const dashed = { stroke: 'var(--text-3)', 'stroke-dasharray': '3 3' };
  return [
    ...(hasMedians ? [strokeEntry({ stroke: 'var(--text)', 'stroke-width': 2.5 }, 'median')] : []),
    ...(pairs.some(({ counted }) => !counted) ? [strokeEntry(dashed, 'does not count')] : []),
  ];
}

/** Not farther apart than a slope can be compared, and with room for the medians outside. */
function placeColumns({ left, right }: Box, narrow: boolean): Ends {
  const middle = (left + right) / 2;
  const span = right - left;
  const half = narrow ? Math.max(span / 2 - 66, span * 0.25) : Math.min(span * 0.28, 220);
  return { base: middle - half, variant: middle + half };
}

function nameColumns({ base, variant }: PairLines, { plot, columns, styles }: Stage): SvgNode[] {
  const room = Math.min(2 * (plot.right - columns.variant), columns.variant - columns.base) - 20;
  const sides = [
    { x: columns.base, label: base.label, style: styles.base },
    { x: columns.variant, label: variant.label, style: styles.variant },
  ];
  return sides.flatMap(({ x, label, style }) => {
    const text = fitText(label, room, true);
    const shift = textWidth(text, true) / 2;
    return [
      svg('line', { x1: round(x), x2: round(x), y1: plot.top, y2: plot.bottom, stroke: 'var(--axis)' }),
      drawMark(style, x - shift - 2, plot.bottom + 14, 4.2),
      drawText(x - shift + 8, plot.bottom + 18, text, { strong: true, fill: style.colour }),
    ];
  });
}

function drawPair({ pair, base, variant, counted }: Pair, data: PairLines, { axis, columns, styles }: Stage): SvgNode {
  const [y1, y2] = [round(applyScale(axis.scale, base)), round(applyScale(axis.scale, variant))];
  const ends = { x1: round(columns.base), x2: round(columns.variant), y1, y2 };
  const figures = `${formatFigure(base, data.unit)} to ${formatFigure(variant, data.unit)}`;
  const marks = counted ? [drawMark(styles.base, ends.x1, y1, 3.2), drawMark(styles.variant, ends.x2, y2, 3.2)] : [];
  const grey = { stroke: 'var(--text-3)', 'stroke-dasharray': '3 3' };
  return svg('g', {}, [
    drawTitle(`pair ${pair}: ${figures}${counted ? '' : ', does not count'}`),
    svg('line', { ...ends, ...(counted ? { stroke: styles.variant.colour, opacity: 0.5 } : grey) }),
    ...marks,
  ]);
}

function mediansOf(pairs: readonly Pair[]): Ends | null {
  const counted = pairs.filter((pair) => pair.counted);
  const base = medianOf(counted.map((pair) => pair.base));
  const variant = medianOf(counted.map((pair) => pair.variant));
  return base === null || variant === null ? null : { base, variant };
}

function drawMedians(medians: Ends, { unit }: PairLines, { axis, columns, plot }: Stage): (SvgNode | null)[] {
  const [y1, y2] = [round(applyScale(axis.scale, medians.base)), round(applyScale(axis.scale, medians.variant))];
  const [x1, x2] = [round(columns.base), round(columns.variant)];
  const fill = 'var(--text)';
  const square = (x: number, y: number) => svg('rect', { x: x - 4, y: round(y - 4), width: 8, height: 8, fill });
  const room = { taken: [markBox(x1, y1, 5), markBox(x2, y2, 5)], within: plot };
  const look = { strong: true, fill };
  return [
    svg('g', {}, [
      drawTitle(`medians: ${formatFigure(medians.base, unit)} and ${formatFigure(medians.variant, unit)}`),
      svg('line', { x1, x2, y1, y2, stroke: fill, 'stroke-width': 2.5 }),
      square(x1, y1),
      square(x2, y2),
    ]),
    placeText(formatFigure(medians.base, unit), spotsBeside(x1, y1, 'end'), room, look),
    placeText(formatFigure(medians.variant, unit), spotsBeside(x2, y2, 'start'), room, look),
  ];
}

/** Outside the columns, level with the median if the plot's edge allows; else above or below it. */
function spotsBeside(x: number, y: number, anchor: 'start' | 'end'): Spot[] {
  const away = anchor === 'end' ? -9 : 9;
  return [4, -4, 10, -12, 20].flatMap((down): Spot[] => [
    { x: x + away, y: y + down, anchor },
    ...(Math.abs(down) < 12 ? [] : [{ x, y: y + down, anchor: 'middle' as const }]),
  ]);
}

function describe({ metricTitle, base, variant, unit }: PairLines, pairs: readonly Pair[], medians: Ends | null): string {
  const counted = pairs.filter((pair) => pair.counted);
  const lower = counted.filter((pair) => pair.variant < pair.base).length;
  const apart = pairs.length - counted.length;
  const parts = [
    `${metricTitle} of ${formatCount(pairs.length, 'pair')} from ${base.label} to ${variant.label}`,
    medians === null
      ? null
      : `medians ${formatFigure(medians.base, unit)} and ${formatFigure(medians.variant, unit)}, lower in ${lower} of ${counted.length}`,
    apart === 0 ? null : `${apart} shown but not counted`,
  ];
  return `${parts.filter((part) => part !== null).join(', ')}.`;
}
