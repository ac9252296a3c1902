import { type Axis, BELOW_CAPTION_PX, drawXAxis, drawYAxis, type XTick } from './axis';
import { type Box, markBox, round } from './box';
import type { PairRatios } from './data';
import { formatCount, formatRange, formatRatio } from './figures';
import { drawEmpty, drawTitle, framePicture, isNarrow, type Sheet, sheetWidth } from './frame';
import { drawKey, markEntry } from './key';
import { layOutPlot } from './lay-out-plot';
import type { Picture } from './picture';
import { placeText, type Room } from './place-text';
import { drawBand, nameBand } from './ratio-bands';
import { drawOne, drawWhisker, FEWEST_PAIRS, isRatio } from './ratio-marks';
import { applyScale, extentOf } from './scale';
import { type SvgNode, svg } from './svg';
import { drawMark, type Style, variantStyle } from './variant-style';

type Pair = PairRatios['pairs'][number];
type Summary = { median: number; n: number; range: [number, number] | null; isInterval: boolean };
type Stage = { plot: Box; axis: Axis; room: Room; style: Style };

/** Each pair's ratio with a stem from 1, in the order run; at the right the median with its interval or range. */
export function drawPairRatios(data: PairRatios, sheet: Sheet): Picture {
  const width = sheetWidth(sheet);
  const pairs = data.pairs.filter(({ ratio }) => isRatio(ratio));
  if (pairs.length === 0) return drawEmpty(width, `No pair has a ratio of ${data.metricTitle} yet.`);
  const style = variantStyle(data.variant.variant);
  const summary = summarise(data.summary, pairs);
  const bands = [data.noise, data.paper].flatMap((band) => band?.range ?? []);
  const drawn = [...pairs.map(({ ratio }) => ratio), ...(summary === null ? [] : [summary.median, ...(summary.range ?? [])])];
  const { plot, axis, head } = layOutPlot({
    width,
    plotHeight: 190,
    right: 12,
    values: [1, ...drawn, ...bands],
    unit: 'ratio',
    key: [markEntry(style, data.variant.label)],
  });
  const columnPx = summary === null ? 0 : isNarrow(width) ? 78 : Math.min(180, width * 0.18);
  const inner = { ...plot, right: plot.right - columnPx };
  const stage = { plot, axis, style, room: { taken: [], within: plot } };
  const pitch = (inner.right - inner.left) / pairs.length;
  const xOf = (index: number) => inner.left + (index + 0.5) * pitch;
  const dots = pairs.map((pair, index) => drawPair(pair, xOf(index), { ...stage, pitch, title: data.metricTitle }));
  const column = summary === null ? [] : drawSummary(summary, inner.right, stage);
  const place = { scale: axis.scale, room: { ...stage.room, within: inner } };
  const behind = [
    ...drawBand(data.noise, plot, { ...place, paint: { fill: 'var(--band)', opacity: 1 } }),
    ...drawBand(data.paper, plot, { ...place, paint: { fill: style.colour, opacity: 0.1 } }),
  ];
  const step = [1, 2, 5, 10, 20, 50].find((candidate) => candidate * pitch >= 20) ?? 100;
  const ticks = pairs.flatMap(({ pair }, index): XTick[] =>
    pair % step === 0 ? [{ x: xOf(index), label: String(pair) }] : [],
  );
  if (summary !== null) ticks.push({ x: (inner.right + plot.right) / 2, label: nameSummary(summary, isNarrow(width)) });
  const footTop = plot.bottom + BELOW_CAPTION_PX;
  const foot = drawKey(
    behind.flatMap(({ entry }) => entry ?? []),
    { left: 4, right: width - 4, top: footTop },
  );
  return framePicture({
    width,
    height: footTop + foot.height,
    says: describe(data, pairs, summary),
    nodes: [
      ...behind.map(({ area }) => area),
      ...head,
      ...drawYAxis(plot, axis),
      drawOne(plot, axis),
      ...drawXAxis(plot, ticks, { width, caption: 'pair, in the order run', captionRight: inner.right }),
      ...dots,
      ...column,
      ...behind.map(({ label }) => label),
      ...foot.nodes,
    ],
  });
}

/** Below six pairs the range of those that count stands in for the interval. */
function summarise(summary: PairRatios['summary'], pairs: readonly Pair[]): Summary | null {
  if (summary === null || !isRatio(summary.median)) return null;
  const { median, n, ci95 } = summary;
  if (n >= FEWEST_PAIRS && ci95 !== null) return { median, n, range: ci95, isInterval: true };
  const range = extentOf(pairs.filter(({ counted }) => counted).map(({ ratio }) => ratio));
  return { median, n, range, isInterval: false };
}

function nameSummary({ range, isInterval }: Summary, short: boolean): string {
  if (range === null) return 'median';
  return isInterval ? (short ? '95 % CI' : 'median, 95 % CI') : short ? 'range' : 'median, range';
}

type PairStage = Stage & { pitch: number; title: string };

function drawPair({ pair, ratio, counted }: Pair, x: number, { axis, style, room, pitch, title }: PairStage): SvgNode {
  const [at, one, y] = [round(x), round(applyScale(axis.scale, 1)), round(applyScale(axis.scale, ratio))];
  const radius = Math.max(2, Math.min(4.2, pitch * 0.35));
  room.taken.push(markBox(x, y, radius), { left: x - 1, right: x + 1, top: Math.min(one, y), bottom: Math.max(one, y) });
  const colour = counted ? style.colour : 'var(--text-3)';
  const stem = { x1: at, x2: at, y1: one, y2: y, stroke: colour, opacity: counted ? 0.4 : 1 };
  return svg('g', {}, [
    drawTitle(`pair ${pair}: ${title} ratio ${formatRatio(ratio)}${counted ? '' : ', does not count'}`),
    svg('line', { ...stem, 'stroke-dasharray': counted ? undefined : '2 3' }),
    counted
      ? drawMark(style, x, y, radius)
      : svg('circle', { cx: at, cy: y, r: radius, fill: 'var(--surface)', stroke: colour, 'stroke-dasharray': '2 2' }),
  ]);
}

function drawSummary(summary: Summary, left: number, { plot, axis, room }: Stage): (SvgNode | null)[] {
  const x = (left + plot.right) / 2;
  const y = applyScale(axis.scale, summary.median);
  const colour = 'var(--text)';
  const ends = (summary.range ?? [summary.median]).map((ratio) => applyScale(axis.scale, ratio));
  room.taken.push({ left: x - 6, right: x + 6, top: Math.min(y - 5, ...ends), bottom: Math.max(y + 5, ...ends) });
  const look = { strong: true, fill: colour };
  const spots = [y + 4, y - 8, y + 16].map((base) => ({ x: x + 9, y: base, anchor: 'start' as const }));
  const says = summary.range === null ? '' : `, ${sayRange(summary)}`;
  return [
    svg('line', { x1: round(left), x2: round(left), y1: plot.top, y2: plot.bottom, stroke: 'var(--border-strong)' }),
    svg('g', {}, [
      drawTitle(`median ${formatRatio(summary.median)}${says}, ${formatCount(summary.n, 'pair')}`),
      summary.range === null ? null : drawWhisker({ x, range: summary.range, colour, isInterval: summary.isInterval }, axis),
      svg('rect', { x: round(x - 4), y: round(y - 4), width: 8, height: 8, fill: colour }),
    ]),
    placeText(formatRatio(summary.median), spots, { ...room, within: { ...plot, right: plot.right + 12 } }, look),
  ];
}

function sayRange({ range, isInterval }: Summary): string {
  return range === null ? '' : `${isInterval ? '95 % interval' : 'range of the pairs'} ${formatRange(range, formatRatio)}`;
}

function describe(data: PairRatios, pairs: readonly Pair[], summary: Summary | null): string {
  const { metricTitle, variant, noise, paper } = data;
  const apart = pairs.filter(({ counted }) => !counted).length;
  const parts = [
    `Ratio of ${metricTitle} of ${variant.label} in ${formatCount(pairs.length, 'pair')}`,
    summary === null ? null : `median ${formatRatio(summary.median)} of ${formatCount(summary.n, 'pair')}`,
    summary === null ? null : sayRange(summary),
    apart === 0 ? null : `${apart} shown but not counted`,
    noise === null ? null : nameBand(noise),
    paper === null ? null : nameBand(paper),
  ];
  return `${parts.filter((part) => part !== null && part !== '').join(', ')}.`;
}
