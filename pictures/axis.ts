import { type Box, round } from './box';
import type { Scale } from './picture';
import { applyScale } from './scale';
import { type SvgNode, svg } from './svg';
import { drawText, textBox, textWidth } from './text';

/** Numbers on an axis: the ends of `scale` are the first and the last of `ticks`. */
export type Axis = { scale: Scale; ticks: number[]; format: (value: number) => string; unit: string };

const GAP_PX = 8;

/** Room on the left that the numbers take. */
export function axisWidth({ ticks, format }: Pick<Axis, 'ticks' | 'format'>): number {
  return Math.ceil(Math.max(28, ...ticks.map((tick) => textWidth(format(tick))))) + GAP_PX + 2;
}

/** Horizontal grid, numbers at the left, the unit above them. */
export function drawYAxis(plot: Box, { scale, ticks, format, unit }: Axis): SvgNode[] {
  const rows = ticks.map((tick) => ({ tick, y: round(applyScale(scale, tick)) }));
  return [
    ...rows.map(({ y }) => svg('line', { x1: plot.left, x2: plot.right, y1: y, y2: y, stroke: 'var(--grid)' })),
    ...rows.map(({ tick, y }) => drawText(plot.left - GAP_PX, y + 4, format(tick), { anchor: 'end' })),
    drawUnit(plot, unit),
  ];
}

const UNIT_BASE_LINE = 12;

function drawUnit(plot: Box, unit: string): SvgNode {
  const fits = textWidth(unit) <= plot.left - GAP_PX;
  const look = { anchor: fits ? 'end' : 'start', fill: 'var(--text-2)' } as const;
  return drawText(fits ? plot.left - GAP_PX : 0, UNIT_BASE_LINE, unit, look);
}

/** Where on the row of the unit something else may begin. */
export function besideUnit(plot: Pick<Box, 'left'>, unit: string): number {
  return Math.max(plot.left, textWidth(unit) + 12);
}

export type XTick = { x: number; label: string };

/** One line, a short stroke per tick, and as many labels as stand apart; a caption below them that ends at `captionRight`. */
export function drawXAxis(
  plot: Box,
  ticks: readonly XTick[],
  { width, caption, captionRight = plot.right }: { width: number; caption?: string; captionRight?: number },
): SvgNode[] {
  const line = { y1: plot.bottom, y2: plot.bottom, stroke: 'var(--axis)' };
  const shown = keepApart(ticks, width);
  return [
    svg('line', { x1: plot.left, x2: plot.right, ...line }),
    ...shown.map(({ at }) => svg('line', { x1: round(at), x2: round(at), ...line, y2: plot.bottom + 4 })),
    ...shown.map(({ x, label }) => drawText(x, plot.bottom + 17, label, { anchor: 'middle' })),
    ...(caption === undefined
      ? []
      : [
          drawText(Math.max(captionRight, textWidth(caption)), plot.bottom + 32, caption, {
            anchor: 'end',
            fill: 'var(--text-2)',
          }),
        ]),
  ];
}

/** Heights below the axis line: numbers alone, or with a caption. */
export const BELOW_AXIS_PX = 22;
export const BELOW_CAPTION_PX = 38;

/** Leaves out labels that would touch; the last always stays. Labels at the edge are moved inside. */
function keepApart(ticks: readonly XTick[], width: number): (XTick & { at: number })[] {
  const kept: (XTick & { at: number; left: number })[] = [];
  for (const { x: at, label } of [...ticks].reverse()) {
    const half = textWidth(label) / 2;
    const x = Math.min(Math.max(at, half), width - half);
    const { left, right } = textBox(x, 0, label, { anchor: 'middle' });
    const next = kept.at(-1);
    if (next === undefined || right + GAP_PX <= next.left) kept.push({ at, x, label, left });
  }
  return kept.reverse();
}
