import type { Axis } from './axis';
import { type Box, round } from './box';
import { applyScale } from './scale';
import { type SvgNode, svg } from './svg';

/** From six pairs on an interval says something; below, the pictures show the range of the pairs and say so. */
export const FEWEST_PAIRS = 6;

/** What has a place on a ratio's axis. */
export function isRatio(ratio: number): boolean {
  return Number.isFinite(ratio) && ratio > 0;
}

/** The line at 1: no difference. */
export function drawOne({ left, right }: Box, { scale }: Axis): SvgNode {
  const y = round(applyScale(scale, 1));
  return svg('line', { x1: left, x2: right, y1: y, y2: y, stroke: 'var(--text-3)', 'stroke-width': 1.2 });
}

type Whisker = { x: number; range: readonly [number, number]; colour: string; isInterval: boolean };

/** Interval solid, mere range of the pairs dashed. */
export function drawWhisker({ x, range, colour, isInterval }: Whisker, { scale }: Axis): SvgNode {
  const [low, high] = [round(applyScale(scale, range[0])), round(applyScale(scale, range[1]))];
  const at = round(x);
  const stroke = { fill: 'none', stroke: colour, 'stroke-width': isInterval ? 2 : 1.4 };
  return svg('g', {}, [
    svg('path', { d: `M${at} ${low}V${high}`, ...stroke, 'stroke-dasharray': isInterval ? undefined : '3 2' }),
    svg('path', { d: `M${round(at - 5)} ${low}h10M${round(at - 5)} ${high}h10`, ...stroke }),
  ]);
}
