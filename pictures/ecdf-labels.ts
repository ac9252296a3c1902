import type { Axis } from './axis';
import type { Box } from './box';
import type { EcdfLines } from './data';
import { placeText, type Room, type Spot } from './place-text';
import { readQuantile } from './read-ecdf';
import { applyScale } from './scale';
import type { SvgNode } from './svg';
import type { Style } from './variant-style';

export type Curve = EcdfLines['lines'][number] & { style: Style };
export type EcdfStage = { plot: Box; x: Axis; y: Axis; room: Room };

/** The names beside their curves, the leftmost's at its left, all others at their right; null if one finds no room. */
export function nameCurves(curves: readonly Curve[], { x, y, room }: EcdfStage): SvgNode[] | null {
  const middles = curves.map(({ points }) => readQuantile(points, 0.5) ?? 0);
  const leftmost = middles.indexOf(Math.min(...middles));
  const names: SvgNode[] = [];
  for (const [index, { points, side, style }] of curves.entries()) {
    const spots = [0.8, 0.7, 0.6, 0.35, 0.25, 0.9].flatMap((share): Spot[] => {
      const ns = readQuantile(points, share);
      if (ns === null) return [];
      const [at, base] = [applyScale(x.scale, ns), applyScale(y.scale, share) + 4];
      const [left, right]: Spot[] = [
        { x: at - 10, y: base, anchor: 'end' },
        { x: at + 12, y: base, anchor: 'start' },
      ];
      return left === undefined || right === undefined ? [] : index === leftmost ? [left, right] : [right];
    });
    const name = placeText(side.label, spots, room, { strong: true, fill: style.colour });
    if (name === null) return null;
    names.push(name);
  }
  return names;
}

/** What a curve covers: the box of each of its stairs. */
export function boxesOf({ points }: Curve, { x, y }: Pick<EcdfStage, 'x' | 'y'>): Box[] {
  return points.slice(1).map((point, index) => {
    const before = points[index] ?? point;
    return {
      left: applyScale(x.scale, before.ns) - 2,
      right: applyScale(x.scale, point.ns) + 2,
      top: applyScale(y.scale, point.share) - 2,
      bottom: applyScale(y.scale, before.share) + 2,
    };
  });
}
