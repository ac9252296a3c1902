import { type Box, isInside, overlap } from './box';
import type { SvgNode } from './svg';
import { type Anchor, drawText, LINE_PX, type TextLook, textBox } from './text';

/** Base line and anchor where a text could stand. */
export type Spot = { x: number; y: number; anchor: Anchor };

/** What is in use already, and what texts must stay inside. */
export type Room = { taken: Box[]; within: Box };

/** The text at the first spot where it covers nothing, which is then taken; null if there is none. */
export function placeText(content: string, spots: readonly Spot[], room: Room, look: TextLook = {}): SvgNode | null {
  return placeLines([content], spots, room, [look]);
}

/** Several lines below each other, as one block that begins at the spot. */
export function placeLines(
  contents: readonly string[],
  spots: readonly Spot[],
  { taken, within }: Room,
  looks: readonly TextLook[],
): SvgNode | null {
  const look = (at: number) => looks[at] ?? looks.at(-1) ?? {};
  for (const { x, y, anchor } of spots) {
    const boxes = contents.map((content, at) => textBox(x, y + at * LINE_PX, content, { ...look(at), anchor }));
    if (!boxes.every((box) => isInside(box, within) && !taken.some((other) => overlap(box, other)))) continue;
    taken.push(...boxes);
    const lines = contents.map((content, at) => drawText(x, y + at * LINE_PX, content, { halo: true, ...look(at), anchor }));
    return lines.length === 1 ? (lines[0] ?? null) : { tag: 'g', attributes: {}, children: lines };
  }
  return null;
}
