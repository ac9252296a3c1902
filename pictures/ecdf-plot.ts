import { type Axis, axisWidth, BELOW_CAPTION_PX, besideUnit, drawXAxis, drawYAxis } from './axis';
import { round } from './box';
import type { EcdfLines } from './data';
import { boxesOf, type Curve, type EcdfStage, nameCurves } from './ecdf-labels';
import { formatLatency, formatNumber, formatShare } from './figures';
import { drawEmpty, drawTitle, framePicture, isNarrow, type Sheet, sheetWidth } from './frame';
import { drawKey, markEntry } from './key';
import { stairPath } from './line-path';
import type { Picture } from './picture';
import { placeText } from './place-text';
import { readQuantile, readShare } from './read-ecdf';
import { applyScale, extentOf } from './scale';
import { type SvgNode, svg } from './svg';
import { textWidth } from './text';
import { valueAxis } from './value-axis';
import { drawMark, styleSides } from './variant-style';

const SHARES = [0, 0.25, 0.5, 0.75, 1];
const formatPercent = (share: number) => `${formatNumber(share * 100, 0)} %`;

/** Share of requests at or below a latency, as stairs. The axis ends before the tail, which the percentile plot shows. */
export function drawEcdf({ lines }: EcdfLines, sheet: Sheet): Picture {
  const width = sheetWidth(sheet);
  const styles = styleSides(lines.map(({ side }) => side));
  const curves = lines.flatMap(({ side, points }, index): Curve[] => {
    const style = styles[index];
    return style === undefined || points.length === 0 ? [] : [{ side, points, style }];
  });
  if (curves.length === 0) return drawEmpty(width, 'No run has completed requests yet.');
  const keyed = curves.map(({ style, side }) => markEntry(style, side.label));
  const left = axisWidth({ ticks: SHARES, format: formatPercent });
  const key = drawKey(keyed, { left: besideUnit({ left }, 'share'), right: width - 4, top: 1 });
  const plain = layOut(curves, width, 34);
  const names = isNarrow(width) ? null : nameCurves(curves, plain);
  const stage = names === null ? layOut(curves, width, 34 + Math.max(0, key.height - 17)) : plain;
  const { plot, x, y } = stage;
  const ticks = x.ticks.map((tick, index) => {
    const unit = index === x.ticks.length - 1 ? ` ${x.unit}` : '';
    return { x: applyScale(x.scale, tick), label: `${x.format(tick)}${unit}` };
  });
  return framePicture({
    width,
    height: plot.bottom + BELOW_CAPTION_PX,
    says: describe(curves),
    plot: { ...plot, x: x.scale, y: y.scale },
    nodes: [
      ...(names === null ? key.nodes : []),
      ...drawYAxis(plot, y),
      ...drawXAxis(plot, ticks, { width, caption: nameEdge(curves, x, width) }),
      ...curves.map((curve) => drawCurve(curve, stage)),
      ...drawMedians(curves, stage, width),
      ...(names ?? []),
    ],
  });
}

function layOut(curves: readonly Curve[], width: number, top: number): EcdfStage {
  const left = axisWidth({ ticks: SHARES, format: formatPercent });
  const plot = { left, top, right: width - 28, bottom: top + (isNarrow(width) ? 200 : 210) };
  const most = Math.max(2, Math.floor((plot.right - left) / 80));
  const x = valueAxis(shownRange(curves), { unit: 'ns', kind: 'linear', range: [left, plot.right], most });
  const scale = { kind: 'linear', domain: [0, 1], range: [plot.bottom, plot.top] } satisfies Axis['scale'];
  const y = { scale, ticks: SHARES, format: formatPercent, unit: 'share' };
  return { plot, x, y, room: { taken: curves.flatMap((curve) => boxesOf(curve, { x, y })), within: plot } };
}

/** From the first request to the 99th percentile, but not beyond 2.5 times the median: a far tail would flatten all. */
function shownRange(curves: readonly Curve[]): [number, number] {
  const ends = curves.map(({ points }) => {
    const last = points.at(-1)?.ns ?? 0;
    return Math.min(readQuantile(points, 0.99) ?? last, 2.5 * (readQuantile(points, 0.5) ?? last));
  });
  return extentOf([...curves.map(({ points }) => points[0]?.ns ?? 0), ...ends]) ?? [0, 1];
}

function drawCurve({ points, style }: Curve, { plot, x, y }: EcdfStage): SvgNode {
  const end = x.scale.domain[1];
  const shown = points.filter(({ ns }) => ns <= end);
  const stairs = [
    { x: plot.left, y: plot.bottom },
    ...shown.map(({ ns, share }) => ({ x: applyScale(x.scale, ns), y: applyScale(y.scale, share) })),
    { x: plot.right, y: applyScale(y.scale, readShare(points, end)) },
  ];
  const stroke = { fill: 'none', stroke: style.colour, 'stroke-width': 1.8, 'stroke-linejoin': 'round' };
  return svg('path', { d: stairPath(stairs), ...stroke });
}

/** Both medians, and how far apart they are where there are two. */
function drawMedians(curves: readonly Curve[], { plot, x, y, room }: EcdfStage, width: number): (SvgNode | null)[] {
  const at = applyScale(y.scale, 0.5);
  const known = curves.flatMap((curve) => {
    const ns = readQuantile(curve.points, 0.5);
    return ns === null || ns > x.scale.domain[1] ? [] : [{ curve, ns, x: applyScale(x.scale, ns) }];
  });
  const marks = known.map(({ curve: { side, style }, ns, x: cx }) =>
    svg('g', {}, [drawTitle(`median of ${side.label}: ${formatLatency(ns)}`), drawMark(style, cx, at, 3.4)]),
  );
  const [first, second] = known;
  if (first === undefined || second === undefined || known.length > 2) return marks;
  const [left, right] = [Math.min(first.x, second.x), Math.max(first.x, second.x)];
  const bar = { x1: round(left), x2: round(right), y1: at, y2: at, stroke: 'var(--text)', 'stroke-width': 1.5 };
  const text = `median, ${formatLatency(Math.abs(first.ns - second.ns))} apart`;
  const spots = [at + 4, at + 18].flatMap((base) => [
    { x: right + 9, y: base, anchor: 'start' as const },
    { x: left - 9, y: base, anchor: 'end' as const },
  ]);
  const look = { strong: true, fill: 'var(--text)' };
  return [svg('line', bar), ...marks, placeText(text, spots, { ...room, within: { ...plot, right: width } }, look)];
}

/** What lies beyond the axis' end, so that a curve that stops below 100 % is not read as finished. */
function nameEdge(curves: readonly Curve[], { scale, format, ticks, unit }: Axis, width: number): string {
  const end = `${format(ticks.at(-1) ?? 0)} ${unit}`;
  const beyond = curves.map(({ points, side }) => ({ side, share: 1 - readShare(points, scale.domain[1]) }));
  if (beyond.every(({ share }) => share < 5e-5)) return 'latency';
  const full = `beyond ${end}: ${beyond.map(({ side, share }) => `${side.label} ${formatShare(share)}`).join(', ')}`;
  const most = formatShare(Math.max(...beyond.map(({ share }) => share)));
  return textWidth(full) < width - 40 ? full : `beyond ${end}: up to ${most}`;
}

function describe(curves: readonly Curve[]): string {
  const said = curves.map(({ side, points }) => {
    const figures = [0.5, 0.9, 0.99].flatMap((share) => {
      const ns = readQuantile(points, share);
      return ns === null ? [] : [`${formatPercent(share)} within ${formatLatency(ns)}`];
    });
    return `${side.label} ${figures.join(', ')}`;
  });
  return `Share of requests at or below a latency: ${said.join('; ')}.`;
}
