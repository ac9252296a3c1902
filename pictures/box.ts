/** A rectangle in CSS pixels of a picture. */
export type Box = { left: number; top: number; right: number; bottom: number };

export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

export function isInside(box: Box, within: Box): boolean {
  return box.left >= within.left && box.right <= within.right && box.top >= within.top && box.bottom <= within.bottom;
}

/** The box around a mark. */
export function markBox(x: number, y: number, radius: number): Box {
  return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
}

/** One decimal is a tenth of a pixel; more would only make reports larger. */
export function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
