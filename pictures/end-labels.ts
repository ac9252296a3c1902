import type { Box } from './box';
import { spreadApart } from './declutter';
import { drawTitle } from './frame';
import type { SvgNode } from './svg';
import { drawText, fitText, LINE_PX, textWidth } from './text';

export type EndLabel = { y: number; text: string; fill: string; title?: string };

const GAP_PX = 8;

/** Room that labels at the right of a plot take, at most a third of the width. */
export function endLabelsWidth(texts: readonly string[], width: number): number {
  return Math.ceil(Math.min(width / 3, Math.max(0, ...texts.map((text) => textWidth(text, true))))) + GAP_PX + 4;
}

/** Names at the ends of their lines, moved apart. */
export function drawEndLabels(labels: readonly EndLabel[], plot: Box, width: number): SvgNode[] {
  const wanted = labels.map(({ y }) => y);
  const placed = spreadApart(wanted, LINE_PX, [plot.top - 2, plot.bottom - 4]);
  return labels.map(({ text, fill, title }, index) => {
    const short = fitText(text, width - plot.right - GAP_PX, true);
    const node = drawText(plot.right + GAP_PX, (placed[index] ?? plot.top) + 4, short, { strong: true, fill });
    return title === undefined && short === text ? node : { ...node, children: [drawTitle(title ?? text), ...node.children] };
  });
}
