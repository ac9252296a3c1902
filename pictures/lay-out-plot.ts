import { type Axis, axisWidth, besideUnit } from './axis';
import type { Box } from './box';
import { drawKey, type KeyEntry } from './key';
import type { SvgNode } from './svg';
import { type Unit, valueAxis } from './value-axis';

type Wish = {
  width: number;
  plotHeight: number;
  /** Room kept free at the right of the plot. */
  right: number;
  values: readonly number[];
  unit: Unit;
  kind?: 'log' | 'linear';
  /** Values above 0 are written with a plus. */
  signed?: boolean;
  /** Left and right edge of another picture, to stand below it edge below edge; kept as far as the numbers leave room. */
  edges?: { left: number; right: number };
  /** Stands on the row of the unit, above the plot. */
  key?: readonly KeyEntry[];
};

const HEAD_PX = 34;
const KEY_ROW_PX = 17;
const TICK_APART_PX = 42;

/** The plot's box with an axis that holds the values: as far left as its numbers allow, as far down as its key needs. */
export function layOutPlot(wish: Wish): { plot: Box; axis: Axis; head: SvgNode[] } {
  const { width, plotHeight, values, unit, kind, signed = false, key = [] } = wish;
  const bare = valueAxis(values, { unit, kind, range: [1, 0], most: Math.max(2, Math.round(plotHeight / TICK_APART_PX)) });
  const axis = signed ? { ...bare, format: (value: number) => `${value > 0 ? '+' : ''}${bare.format(value)}` } : bare;
  const left = Math.max(axisWidth(axis), wish.edges?.left ?? 0);
  const head = drawKey(key, { left: besideUnit({ left }, axis.unit), right: width - 4, top: 1 });
  const top = HEAD_PX + Math.max(0, head.height - KEY_ROW_PX);
  const plot = { left, top, right: Math.min(width - wish.right, wish.edges?.right ?? width), bottom: top + plotHeight };
  return { plot, axis: { ...axis, scale: { ...axis.scale, range: [plot.bottom, plot.top] } }, head: head.nodes };
}
