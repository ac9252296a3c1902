import { type Box, round } from './box';
import type { TimeMarks } from './data';
import { drawTitle } from './frame';
import type { Scale } from './picture';
import { applyScale } from './scale';
import { type SvgNode, svg } from './svg';
import { drawText, fitText, textWidth } from './text';

/** Rooms for labels, one above the other, before they would cover the lines. */
const LABEL_ROWS = 2;
const ROW_PX = 13;

/** Bands for what went on for a while and dashed lines for moments, named where there is room; hovering names all of them. */
export function drawTimeMarks({ moments = [], spans = [] }: TimeMarks, plot: Box, x: Scale): SvgNode[] {
  const within = (ms: number) => Math.min(Math.max(applyScale(x, ms), plot.left), plot.right);
  const bands = spans.filter(({ fromMs, toMs }) => toMs >= x.domain[0] && fromMs <= x.domain[1]);
  const lines = moments.filter(({ atMs }) => atMs >= x.domain[0] && atMs <= x.domain[1]);
  const labels = placeLabels(
    [
      ...bands.map(({ fromMs, label }) => ({ x: within(fromMs), label })),
      ...lines.map(({ atMs, label }) => ({ x: within(atMs), label })),
    ],
    { left: x.domain[0] < 0 ? within(0) : plot.left, right: plot.right, top: plot.top },
  );
  return [
    ...bands.map(({ fromMs, toMs, label }) => drawBand({ left: within(fromMs), right: within(toMs), label }, plot)),
    ...lines.map(({ atMs, label }) => drawMoment(within(atMs), label, plot)),
    ...labels,
  ];
}

function drawBand({ left, right, label }: { left: number; right: number; label: string }, plot: Box): SvgNode {
  const height = plot.bottom - plot.top;
  const edge = { y1: plot.top, y2: plot.bottom, stroke: 'var(--fault)', 'stroke-dasharray': '2 3' };
  return svg('g', {}, [
    drawTitle(label),
    svg('rect', { x: round(left), y: plot.top, width: round(Math.max(1, right - left)), height, fill: 'var(--fault-fill)' }),
    svg('line', { x1: round(left), x2: round(left), ...edge }),
    svg('line', { x1: round(right), x2: round(right), ...edge }),
  ]);
}

function drawMoment(at: number, label: string, plot: Box): SvgNode {
  const line = { x1: round(at), x2: round(at), y1: plot.top, y2: plot.bottom };
  return svg('line', { ...line, stroke: 'var(--fault)', 'stroke-dasharray': '2 3' }, [drawTitle(label)]);
}

/** From left to right behind the name of the warm-up, each in the first row that is free there; without a free row it is left to hovering. */
function placeLabels(wanted: { x: number; label: string }[], plot: Pick<Box, 'left' | 'right' | 'top'>): SvgNode[] {
  const free = Array.from({ length: LABEL_ROWS }, () => plot.left);
  return wanted
    .toSorted((a, b) => a.x - b.x)
    .flatMap(({ x, label }) => {
      const left = x + 4;
      const row = free.findIndex((end) => end <= left);
      const text = fitText(label, plot.right - left, false);
      if (row === -1 || text.length < Math.min(label.length, 8)) return [];
      free[row] = left + textWidth(text) + 8;
      return [drawText(left, plot.top + 12 + row * ROW_PX, text, { fill: 'var(--warn)' })];
    });
}

/** Time below 0 is warm-up, and not part of what counts. */
export function drawWarmUp(plot: Box, x: Scale): SvgNode[] {
  if (x.domain[0] >= 0) return [];
  const right = Math.min(applyScale(x, 0), plot.right);
  const box = { x: plot.left, y: plot.top, width: round(right - plot.left), height: plot.bottom - plot.top };
  const label = right - plot.left < 60 ? [] : [drawText(plot.left + 6, plot.top + 12, 'warm-up')];
  return [svg('rect', { ...box, fill: 'var(--band)', opacity: 0.6 }), ...label];
}
