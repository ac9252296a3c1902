import { type Box, round } from './box';
import type { Band } from './data';
import { formatRange, formatRatio } from './figures';
import { drawTitle } from './frame';
import { areaEntry, type KeyEntry } from './key';
import type { Scale } from './picture';
import { placeText, type Room, type Spot } from './place-text';
import { applyScale } from './scale';
import { type SvgNode, svg } from './svg';

/** Fill, and the opacity that lets the grid through. */
export type Paint = { fill: string; opacity: number };

type BandPlace = { paint: Paint; scale: Scale; room: Room };

/** A band behind the ratios. `label` goes into the plot where it covers nothing, else `entry` goes below it. */
export type DrawnBand = { area: SvgNode; label: SvgNode | null; entry: KeyEntry | null };

export function drawBand(
  band: Band | null,
  across: Pick<Box, 'left' | 'right'>,
  { paint, scale, room }: BandPlace,
): DrawnBand[] {
  if (band === null) return [];
  const text = nameBand(band);
  const [low, high] = spanBand(band.range, scale);
  const box = { x: round(across.left), y: round(high), width: round(across.right - across.left), height: round(low - high) };
  const label = placeText(text, spotsOf({ ...across, top: high, bottom: low }), room, { fill: 'var(--text-2)' });
  const entry = areaEntry({ fill: paint.fill, opacity: Math.min(1, paint.opacity * 3), stroke: 'var(--axis)' }, text);
  return [
    {
      area: svg('rect', { ...box, ...paint, 'shape-rendering': 'crispEdges' }, [drawTitle(text)]),
      label,
      entry: label === null ? entry : null,
    },
  ];
}

/** Lower and upper edge of a range in pixels, at least 2 px apart so that a single figure is a line. */
export function spanBand([low, high]: readonly [number, number], scale: Scale): [lowPx: number, highPx: number] {
  const edges = [applyScale(scale, low), applyScale(scale, high)] as const;
  const missing = Math.max(0, 2 - (edges[0] - edges[1])) / 2;
  return [edges[0] + missing, edges[1] - missing];
}

/** `noise floor: 0.95 to 1.10`; a label that says its figure already stays as it is. */
export function nameBand({ label, range }: Band): string {
  const same = formatRatio(range[0]) === formatRatio(range[1]);
  const figures = same ? formatRatio(range[0]) : formatRange(range, formatRatio);
  const said = label.match(/\d+(\.\d+)?/g)?.map((digits) => formatRatio(Number(digits))) ?? [];
  return said.includes(formatRatio(range[0])) ? label : `${label}: ${figures}`;
}

function spotsOf({ left, right, top, bottom }: Box): Spot[] {
  return [top + 14, bottom - 7, top - 5, bottom + 13].flatMap((y): Spot[] => [
    { x: left + 6, y, anchor: 'start' },
    { x: right - 6, y, anchor: 'end' },
  ]);
}
