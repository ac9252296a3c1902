import { round } from './box';
import { type SvgNode, svg } from './svg';
import { drawText, LINE_PX, textWidth, wrapText } from './text';
import { drawMark, type Style } from './variant-style';

/** What a colour, a mark or a stroke means. `draw` paints the sample, 14 px wide, around (x, y). */
export type KeyEntry = { draw: (x: number, y: number) => SvgNode; label: string; fill?: string; strong?: boolean };

const SAMPLE_PX = 20;
const APART_PX = 16;

/** Entries in rows, as many beside each other as fit between left and right; `top` is the first row's upper edge. */
export function drawKey(
  entries: readonly KeyEntry[],
  { left, right, top }: { left: number; right: number; top: number },
): { nodes: SvgNode[]; height: number } {
  const nodes: SvgNode[] = [];
  let x = left;
  let y = top + 11;
  for (const { draw, label, fill = 'var(--text-2)', strong } of entries) {
    const room = right - left - SAMPLE_PX;
    const lines = wrapText(label, strong ? room / 1.11 : room);
    const width = SAMPLE_PX + Math.max(...lines.map((line) => textWidth(line, strong)));
    if (x > left && x + width > right) {
      x = left;
      y += LINE_PX + 2;
    }
    nodes.push(draw(round(x + 7), y - 4));
    lines.forEach((line, at) => {
      nodes.push(drawText(x + SAMPLE_PX, y + at * LINE_PX, line, { fill, strong }));
    });
    y += (lines.length - 1) * LINE_PX;
    x = lines.length > 1 ? right : x + width + APART_PX;
  }
  return { nodes, height: entries.length === 0 ? 0 : y + 5 - top };
}

export function markEntry(style: Style, label: string): KeyEntry {
  return { draw: (x, y) => drawMark(style, x, y, 4.2), label, fill: style.colour, strong: true };
}

export function strokeEntry(attributes: Record<string, string | number>, label: string): KeyEntry {
  return { draw: (x, y) => svg('line', { x1: x - 7, x2: x + 7, y1: y, y2: y, ...attributes }), label };
}

export function areaEntry(attributes: Record<string, string | number>, label: string): KeyEntry {
  return { draw: (x, y) => svg('rect', { x: x - 7, y: y - 4, width: 14, height: 8, rx: 1, ...attributes }), label };
}
