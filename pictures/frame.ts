import type { Picture, Plot } from './picture';
import { type SvgNode, svg } from './svg';
import { drawText, LINE_PX, wrapText } from './text';

/** What every draw function is told beside its data: CSS pixels. */
export type Sheet = { width: number };

/** Below this, no text would fit. */
const NARROWEST_PX = 240;

export function sheetWidth({ width }: Sheet): number {
  return Math.max(NARROWEST_PX, Math.floor(width));
}

/** A phone: fewer ticks, and names in rows of their own instead of beside the lines. */
export function isNarrow(width: number): boolean {
  return width < 480;
}

type Drawing = { width: number; height: number; says: string; nodes: (SvgNode | null)[]; plot?: Plot | null };

/** The root of a picture. `says` is its one sentence for those who do not see it. */
export function framePicture({ width, height, says, nodes, plot = null }: Drawing): Picture {
  const attributes = { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': says, 'font-size': 11 };
  return { root: svg('svg', attributes, nodes), width, height, plot };
}

/** What stands where there is nothing to draw yet: a frame and why. */
export function drawEmpty(width: number, sentence: string): Picture {
  const height = 120;
  const lines = wrapText(sentence, width - 32);
  const first = height / 2 + 4 - ((lines.length - 1) * LINE_PX) / 2;
  const frame = { x: 0.5, y: 0.5, width: width - 1, height: height - 1, rx: 6, fill: 'none', stroke: 'var(--border-strong)' };
  return framePicture({
    width,
    height,
    says: sentence,
    nodes: [
      svg('rect', { ...frame, 'stroke-dasharray': '4 3' }),
      ...lines.map((line, at) => drawText(width / 2, first + at * LINE_PX, line, { anchor: 'middle', fill: 'var(--text-2)' })),
    ],
  });
}

/** What hovering tells. */
export function drawTitle(text: string): SvgNode {
  return svg('title', {}, [text]);
}
