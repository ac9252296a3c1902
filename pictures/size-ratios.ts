import { type Axis, BELOW_AXIS_PX, drawXAxis, drawYAxis } from './axis';
import { type Box, round } from './box';
import type { SizeRatios } from './data';
import { formatRange, formatRatio } from './figures';
import { drawEmpty, framePicture, isNarrow, type Sheet, sheetWidth } from './frame';
import { areaEntry, drawKey, type KeyEntry, markEntry, strokeEntry } from './key';
import { layOutPlot } from './lay-out-plot';
import { boxesAlong, linePath } from './line-path';
import type { Picture } from './picture';
import type { Room } from './place-text';
import { spanBand } from './ratio-bands';
import { drawOne, isRatio } from './ratio-marks';
import { applyScale } from './scale';
import { drawClaim, drawPaper, drawSize, type Size, type SizePlace, sayClaim, saySize } from './size-marks';
import { type SvgNode, svg } from './svg';
import { type Style, styleSides } from './variant-style';

type Stage = { plot: Box; axis: Axis; room: Room };

/** Ratios by number of replicas: every pair a dot, each median with its interval or range, noise and claims behind. */
export function drawSizeRatios(data: SizeRatios, sheet: Sheet): Picture {
  const width = sheetWidth(sheet);
  const all = data.series.flatMap(({ sizes }) => sizes);
  const measured = all.flatMap(measuredOf);
  if (measured.length === 0) return drawEmpty(width, `No pair has a ratio of ${data.metricTitle} yet.`);
  const styles = styleSides(data.series.map(({ variant }) => variant));
  const { plot, axis, head } = layOutPlot({
    width,
    plotHeight: isNarrow(width) ? 220 : 250,
    right: 12,
    values: [1, ...measured, ...all.flatMap(bandsOf), ...(data.claim === null ? [] : [data.claim.ratio])],
    unit: 'ratio',
    key: styles.map((style, index) => markEntry(style, data.series[index]?.variant.label ?? '')),
  });
  const stage: Stage = { plot, axis, room: { taken: [], within: plot } };
  const groups = groupSizes(data, plot);
  const series = styles.map((style, index) => placeSeries(data, index, { ...stage, groups, style }));
  const places = series.flat();
  const joined = series.map(joinMedians);
  const sizes = places.map(drawSize);
  stage.room.taken.push(...joined.flatMap(({ covers }) => covers));
  const claim = drawClaim(data.claim, { ...stage, group: groups.get(data.claim?.replicas ?? -1) ?? plot });
  const paper = places.map(drawPaper);
  const footTop = plot.bottom + BELOW_AXIS_PX + 4;
  const entries = [...whiskerEntries(all), ...noiseEntries(all), ...[claim, ...paper].flatMap((noted) => noted.entries)];
  const foot = drawKey(entries, { left: 4, right: width - 4, top: footTop });
  const ticks = [...groups].map(([replicas, { left, right }]) => ({ x: (left + right) / 2, label: `N = ${replicas}` }));
  return framePicture({
    width,
    height: footTop + foot.height,
    says: describe(data),
    nodes: [
      ...places.map(drawNoise),
      ...head,
      ...drawYAxis(plot, axis),
      drawOne(plot, axis),
      ...drawXAxis(plot, ticks, { width }),
      ...joined.map(({ node }) => node),
      ...paper.map(({ node }) => node),
      ...sizes,
      claim.node,
      ...foot.nodes,
    ],
  });
}

function measuredOf({ ratios, median, interval }: Size): number[] {
  return [...ratios, ...(median === null ? [] : [median]), ...(interval?.range ?? [])].filter(isRatio);
}

/** Drawn for sizes without pairs too: what is to be expected there. */
function bandsOf({ noise, paper }: Size): number[] {
  return [...(noise ?? []), ...(paper?.range ?? [])];
}

type Span = { left: number; right: number };

/** A column per number of replicas, the claim's too. */
function groupSizes({ series, claim }: SizeRatios, { left, right }: Box): Map<number, Span> {
  const known = series.flatMap(({ sizes }) => sizes.map(({ replicas }) => replicas));
  const sorted = [...new Set([...known, ...(claim === null ? [] : [claim.replicas])])].sort((a, b) => a - b);
  const pitch = (right - left) / sorted.length;
  return new Map(sorted.map((replicas, at) => [replicas, { left: left + at * pitch, right: left + (at + 1) * pitch }]));
}

/** Variants stand beside each other in each size's column, in their own order of sizes from left to right. */
function placeSeries(
  { series }: SizeRatios,
  index: number,
  { plot, axis, room, groups, style }: Stage & { groups: Map<number, Span>; style: Style },
): SizePlace[] {
  const own = series[index];
  if (own === undefined) return [];
  const sizes = [...own.sizes].sort((a, b) => a.replicas - b.replicas);
  return sizes.map((size) => {
    const group = groups.get(size.replicas) ?? plot;
    const pitch = (group.right - group.left) / series.length;
    const slot = { left: group.left + index * pitch, right: group.left + (index + 1) * pitch };
    return { size, label: own.variant.label, style, slot, x: (slot.left + slot.right) / 2, axis, room };
  });
}

function drawNoise({ size, slot, axis }: SizePlace): SvgNode | null {
  if (size.noise === null) return null;
  const [low, high] = spanBand(size.noise, axis.scale);
  const box = { x: round(slot.left), y: round(high), width: round(slot.right - slot.left), height: round(low - high) };
  return svg('rect', { ...box, fill: 'var(--band)', 'shape-rendering': 'crispEdges' });
}

/** The eye's help from size to size; nothing was measured between. */
function joinMedians(places: readonly SizePlace[]): { node: SvgNode; covers: Box[] } {
  const points = places.map(({ size, x, axis }) =>
    size.median === null || !isRatio(size.median) ? null : { x, y: applyScale(axis.scale, size.median) },
  );
  const stroke = places[0]?.style.colour ?? 'var(--text-3)';
  const node = svg('path', { d: linePath(points), fill: 'none', stroke, 'stroke-width': 1.2, opacity: 0.45 });
  return { node, covers: boxesAlong(points.filter((point) => point !== null)) };
}

function whiskerEntries(sizes: readonly Size[]): KeyEntry[] {
  const kinds = new Set(sizes.flatMap(({ interval }) => interval?.isInterval ?? []));
  const stroke = { stroke: 'var(--text-2)', 'stroke-width': 2 };
  const dashed = { ...stroke, 'stroke-width': 1.4, 'stroke-dasharray': '3 2' };
  return [
    ...(kinds.has(true) ? [strokeEntry(stroke, '95 % interval of the median')] : []),
    ...(kinds.has(false) ? [strokeEntry(dashed, 'range of the pairs: fewer than six')] : []),
  ];
}

function noiseEntries(sizes: readonly Size[]): KeyEntry[] {
  const said = sizes.flatMap(({ replicas, noise }) =>
    noise === null ? [] : [{ replicas, range: formatRange(noise, formatRatio) }],
  );
  const ranges = new Set(said.map(({ range }) => range));
  const each = new Set(said.map(({ replicas, range }) => `${range} at N = ${replicas}`));
  const text = ranges.size === 1 ? [...ranges] : [...each];
  if (said.length === 0) return [];
  return [areaEntry({ fill: 'var(--band)', stroke: 'var(--border-strong)' }, `noise floor ${text.join(', ')}`)];
}

function describe({ metricTitle, series, claim }: SizeRatios): string {
  const sizes = series.flatMap(({ variant, sizes }) => sizes.map((size) => saySize(size, variant.label)));
  const apart = claim === null ? '' : `; ${sayClaim(claim)} ${claim.remark}`;
  return `Ratio of ${metricTitle} by number of replicas: ${sizes.join('; ')}${apart}.`;
}
