import type { Axis } from './axis';
import { markBox, round } from './box';
import type { SizeRatios } from './data';
import { formatCount, formatRange, formatRatio } from './figures';
import { drawTitle } from './frame';
import { areaEntry, type KeyEntry } from './key';
import { placeLines, placeText, type Room, type Spot } from './place-text';
import { nameBand, spanBand } from './ratio-bands';
import { drawWhisker, isRatio } from './ratio-marks';
import { applyScale } from './scale';
import { type SvgNode, svg } from './svg';
import { wrapText } from './text';
import { drawMark, type Style } from './variant-style';

export type Size = SizeRatios['series'][number]['sizes'][number];

/** Where one variant at one number of replicas is drawn: `x` is the median's, `slot` what it may use. */
export type SizePlace = {
  size: Size;
  label: string;
  style: Style;
  slot: { left: number; right: number };
  x: number;
  axis: Axis;
  room: Room;
};

/** In the plot, or below it where there is no room. */
export type Noted = { node: SvgNode | null; entries: KeyEntry[] };

/** Dots at the left, the median with its whisker in the middle, its figure above it. */
export function drawSize({ size, label, style, slot, x, axis, room }: SizePlace): SvgNode {
  const width = slot.right - slot.left;
  const aside = x - Math.min(18, width * 0.2);
  const radius = Math.max(1.4, Math.min(2.8, width * 0.06));
  const dots = size.ratios.filter(isRatio).map((ratio) => {
    const y = applyScale(axis.scale, ratio);
    room.taken.push(markBox(aside, y, radius));
    const dot = { cx: round(aside), cy: round(y), r: round(radius), fill: style.colour, opacity: 0.7 };
    return svg('circle', dot, [drawTitle(`N = ${size.replicas}, ${label}: ${formatRatio(ratio)}`)]);
  });
  return svg('g', {}, [...dots, ...drawMedian({ size, label, style, slot, x, axis, room })]);
}

function drawMedian({ size, label, style, slot, x, axis, room }: SizePlace): (SvgNode | null)[] {
  if (size.median === null || !isRatio(size.median)) return [];
  const y = applyScale(axis.scale, size.median);
  const radius = Math.max(2, Math.min(5, (slot.right - slot.left) * 0.08));
  const { interval } = size;
  const ends = [y - radius, y + radius, ...(interval?.range ?? []).map((ratio) => applyScale(axis.scale, ratio))];
  const [top, bottom] = [Math.min(...ends), Math.max(...ends)];
  room.taken.push({ left: x - 6, right: x + 6, top, bottom });
  const spots: Spot[] = [
    { x, y: top - 6, anchor: 'middle' },
    { x, y: bottom + 14, anchor: 'middle' },
    { x: x + 9, y: y + 4, anchor: 'start' },
  ];
  return [
    svg('g', {}, [
      drawTitle(saySize(size, label)),
      interval === null ? null : drawWhisker({ x, ...interval, colour: style.colour }, axis),
      drawMark(style, x, y, radius),
    ]),
    placeText(formatRatio(size.median), spots, room, { strong: true, fill: 'var(--text)' }),
  ];
}

/** `N = 5, tc_broadcast: median 0.90, 95 % interval 0.88 to 0.92, 10 pairs`. */
export function saySize({ replicas, median, interval, ratios }: Size, label: string): string {
  const name = interval?.isInterval === true ? '95 % interval' : 'range of the pairs';
  const range = interval === null ? '' : `, ${name} ${formatRange(interval.range, formatRatio)}`;
  const middle = median === null ? 'no median' : `median ${formatRatio(median)}`;
  return `N = ${replicas}, ${label}: ${middle}${range}, ${formatCount(ratios.length, 'pair')}`;
}

/** What a paper says, as a bar beside the median. */
export function drawPaper({ size, label, style, slot, x, axis, room }: SizePlace): Noted {
  const { paper } = size;
  if (paper === null) return { node: null, entries: [] };
  const width = slot.right - slot.left;
  const [low, high] = spanBand(paper.range, axis.scale);
  const left = x + Math.max(7, Math.min(36, width * 0.14));
  const right = Math.min(slot.right - 1, left + Math.max(4, Math.min(40, width * 0.17)));
  room.taken.push({ left, right, top: high, bottom: low });
  const text = nameBand(paper);
  const middle = (left + right) / 2;
  const spots: Spot[] = [
    { x: right + 6, y: (low + high) / 2 + 4, anchor: 'start' },
    { x: middle, y: high - 6, anchor: 'middle' },
    { x: middle, y: low + 14, anchor: 'middle' },
    { x: right, y: high - 6, anchor: 'end' },
    { x: right, y: low + 14, anchor: 'end' },
  ];
  const paint = { fill: style.colour, opacity: 0.45 };
  const note = placeText(text, spots, room, { fill: style.colour });
  const box = { x: round(left), y: round(high), width: round(right - left), height: round(low - high), ...paint };
  const bar = svg('rect', box, [drawTitle(`N = ${size.replicas}, ${label}: ${text}`)]);
  return {
    node: note === null ? bar : svg('g', {}, [bar, note]),
    entries: note === null ? [areaEntry(paint, `N = ${size.replicas}, ${label}: ${text}`)] : [],
  };
}

type ClaimPlace = { group: { left: number; right: number }; axis: Axis; room: Room };

/** A claim that is not compared: crossed out, with why. */
export function drawClaim(claim: SizeRatios['claim'], { group, axis, room }: ClaimPlace): Noted {
  if (claim === null) return { node: null, entries: [] };
  const width = group.right - group.left;
  const [x, y] = [round(group.left + width * 0.16), round(applyScale(axis.scale, claim.ratio))];
  room.taken.push(markBox(x, y, 6));
  const remark = wrapText(claim.remark, Math.max(60, width * 0.9));
  const lines = [sayClaim(claim), ...remark];
  const left = Math.max(group.left + 4, x - 5);
  const spots = [y + 20, y - 12 - remark.length * 14].map((base): Spot => ({ x: left, y: base, anchor: 'start' }));
  const note = placeLines(lines, spots, room, [{ fill: 'var(--bad)' }, { fill: 'var(--text-2)' }]);
  const cross = svg('g', {}, [drawTitle(`${sayClaim(claim)} ${claim.remark}`), drawCross(x, y)]);
  return {
    node: svg('g', {}, [cross, note]),
    entries: note === null ? [{ draw: drawCross, label: `${sayClaim(claim)} ${claim.remark}` }] : [],
  };
}

/** `PoC claim 0.79, not compared:`, before why. */
export function sayClaim({ label }: NonNullable<SizeRatios['claim']>): string {
  return `${label}, not compared:`;
}

function drawCross(x: number, y: number): SvgNode {
  const d = `M${round(x - 5)} ${round(y - 5)}l10 10m0-10l-10 10`;
  return svg('path', { d, fill: 'none', stroke: 'var(--bad)', 'stroke-width': 1.8 });
}
