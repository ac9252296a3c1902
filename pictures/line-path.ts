import { type Box, markBox, round } from './box';

export type Point = { x: number; y: number };

/** A path through the points; a null lifts the pen, since a gap is never bridged. A point alone becomes a dot. */
export function linePath(points: readonly (Point | null)[]): string {
  return strokesOf(points)
    .map((stroke) => {
      const [first, ...rest] = stroke.map(({ x, y }) => `${round(x)} ${round(y)}`);
      return rest.length === 0 ? `M${first}h0.1` : `M${first}L${rest.join('L')}`;
    })
    .join('');
}

/** Stairs: each point's height begins at its x. What moves less than half a pixel is left out. */
export function stairPath(points: readonly Point[]): string {
  let path = '';
  let last: Point | null = null;
  points.forEach(({ x, y }, index) => {
    if (last === null) path += `M${round(x)} ${round(y)}`;
    else if (index < points.length - 1 && x - last.x < 0.5 && Math.abs(y - last.y) < 0.5) return;
    else path += `H${round(x)}${y === last.y ? '' : `V${round(y)}`}`;
    last = { x, y };
  });
  return path;
}

/** What a line covers, for texts that keep off it: small boxes along its segments. */
export function boxesAlong(points: readonly Point[]): Box[] {
  return points.slice(1).flatMap((to, index) => {
    const from = points[index] ?? to;
    const count = Math.max(1, Math.ceil(Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y)) / 5));
    return Array.from({ length: count + 1 }, (_, at) =>
      markBox(from.x + ((to.x - from.x) * at) / count, from.y + ((to.y - from.y) * at) / count, 1),
    );
  });
}

function strokesOf(points: readonly (Point | null)[]): Point[][] {
  const strokes: Point[][] = [[]];
  for (const point of points) {
    if (point === null) strokes.push([]);
    else strokes.at(-1)?.push(point);
  }
  return strokes.filter((stroke) => stroke.length > 0);
}
