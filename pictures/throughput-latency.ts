import { type Axis, BELOW_CAPTION_PX, drawXAxis, drawYAxis } from './axis';
import { type Box, markBox } from './box';
import type { ThroughputLatency } from './data';
import { formatCount, formatLatency, formatNumber, formatRate } from './figures';
import { drawEmpty, drawTitle, framePicture, type Sheet, sheetWidth } from './frame';
import { drawKey, markEntry, strokeEntry } from './key';
import { layOutPlot } from './lay-out-plot';
import { boxesAlong, linePath } from './line-path';
import type { Picture, Scale } from './picture';
import { placeText, type Room, type Spot } from './place-text';
import { applyScale } from './scale';
import { type SvgNode, svg } from './svg';
import { drawText } from './text';
import { linearTicks } from './ticks';
import { drawMark, type Style, styleSides } from './variant-style';

type Curve = ThroughputLatency['curves'][number] & { style: Style };
type Stage = { plot: Box; axis: Axis; x: Scale; room: Room };

/** Latency over throughput, one curve per variant in order of clients: p50 solid, p99 dashed, clients at the points. */
export function drawThroughputLatency({ curves: given }: ThroughputLatency, sheet: Sheet): Picture {
  const width = sheetWidth(sheet);
  const styles = styleSides(given.map(({ side }) => side));
  const curves = given.flatMap(({ side, points }, index): Curve[] => {
    const style = styles[index];
    const sorted = [...points].sort((a, b) => a.clients - b.clients);
    return style === undefined || sorted.length === 0 ? [] : [{ side, points: sorted, style }];
  });
  const points = curves.flatMap((curve) => curve.points);
  if (points.length === 0) return drawEmpty(width, 'No number of clients has finished pairs yet.');
  const { plot, axis, head } = layOutPlot({
    width,
    plotHeight: 240,
    right: 28,
    values: points.flatMap(({ p50Ns, p99Ns }) => [p50Ns, p99Ns]),
    unit: 'ns',
    key: curves.map(({ style, side }) => markEntry(style, side.label)),
  });
  const most = Math.max(2, Math.floor((plot.right - plot.left) / 90));
  const end = Math.max(...points.map(({ throughputPerS }) => throughputPerS)) * 1.06 || 1;
  const ticks = linearTicks([0, end], most).filter((tick) => tick <= end);
  const x: Scale = { kind: 'linear', domain: [0, end], range: [plot.left, plot.right] };
  const stage = { plot, axis, x, room: { taken: [], within: plot } };
  const drawn = curves.map((curve) => drawCurve(curve, stage));
  const footTop = plot.bottom + BELOW_CAPTION_PX;
  const foot = drawKey(STROKES, { left: 4, right: width - 4, top: footTop });
  return framePicture({
    width,
    height: footTop + foot.height,
    says: describe(curves),
    plot: { ...plot, x, y: axis.scale },
    nodes: [
      ...head,
      ...drawYAxis(plot, axis),
      ...drawXAxis(
        plot,
        ticks.map((tick) => ({ x: applyScale(x, tick), label: formatNumber(tick, tick % 1 === 0 ? 0 : 1) })),
        { width, caption: 'requests per second' },
      ),
      ...drawn,
      ...curves.flatMap((curve) => labelClients(curve, stage)),
      ...foot.nodes,
    ],
  });
}

const DASH = '4 3';
const STROKES = [
  strokeEntry({ stroke: 'var(--text-2)', 'stroke-width': 1.9 }, 'p50'),
  strokeEntry({ stroke: 'var(--text-2)', 'stroke-width': 1.4, 'stroke-dasharray': DASH }, 'p99'),
  { draw: (x: number, y: number) => drawText(x, y + 4, '4', { anchor: 'middle' }), label: 'clients at the point' },
];

function drawCurve({ side, points, style }: Curve, { axis, x, room }: Stage): SvgNode {
  const stroke = { fill: 'none', stroke: style.colour, 'stroke-linejoin': 'round' };
  const placed = points.map((point) => {
    const at = applyScale(x, point.throughputPerS);
    return { ...point, at, p50: applyScale(axis.scale, point.p50Ns), p99: applyScale(axis.scale, point.p99Ns) };
  });
  const marks = placed.map(({ at, p50, p99, ...point }) => {
    room.taken.push(markBox(at, p50, 4), markBox(at, p99, 3));
    const figures = `p50 ${formatLatency(point.p50Ns)}, p99 ${formatLatency(point.p99Ns)}`;
    const title = `${side.label}, ${formatCount(point.clients, 'client')}: ${formatRate(point.throughputPerS)}, ${figures}`;
    return svg('g', {}, [drawTitle(title), drawMark(style, at, p50, 4), drawMark(style, at, p99, 2.6)]);
  });
  room.taken.push(...boxesAlong(placed.map(({ at, p50 }) => ({ x: at, y: p50 }))));
  room.taken.push(...boxesAlong(placed.map(({ at, p99 }) => ({ x: at, y: p99 }))));
  return svg('g', {}, [
    svg('path', {
      d: linePath(placed.map(({ at, p99 }) => ({ x: at, y: p99 }))),
      ...stroke,
      'stroke-width': 1.4,
      'stroke-dasharray': DASH,
    }),
    svg('path', { d: linePath(placed.map(({ at, p50 }) => ({ x: at, y: p50 }))), ...stroke, 'stroke-width': 1.9 }),
    ...marks,
  ]);
}

/** The number of clients beside each p50; where it finds no room, hovering tells it. */
function labelClients({ points, style }: Curve, { plot, axis, x, room }: Stage): (SvgNode | null)[] {
  return points.map(({ clients, throughputPerS, p50Ns }) => {
    const [at, y] = [applyScale(x, throughputPerS), applyScale(axis.scale, p50Ns)];
    const spots: Spot[] = [
      { x: at, y: y - 8, anchor: 'middle' },
      { x: at + 6, y: y + 15, anchor: 'start' },
      { x: at - 6, y: y - 7, anchor: 'end' },
      { x: at, y: y + 17, anchor: 'middle' },
      { x: at + 9, y: y + 4, anchor: 'start' },
      { x: at - 9, y: y + 4, anchor: 'end' },
    ];
    return placeText(
      formatNumber(clients, 0),
      spots,
      { ...room, within: { ...plot, right: plot.right + 24 } },
      { fill: style.colour },
    );
  });
}

function describe(curves: readonly Curve[]): string {
  const said = curves.map(({ side, points }) => {
    const best = points.reduce((a, b) => (b.throughputPerS > a.throughputPerS ? b : a));
    const from = `${formatNumber(points[0]?.clients ?? 0, 0)} to ${formatCount(points.at(-1)?.clients ?? 0, 'client')}`;
    return `${side.label}, ${from}, at most ${formatRate(best.throughputPerS)} with p50 ${formatLatency(best.p50Ns)}`;
  });
  return `Latency by throughput: ${said.join('; ')}.`;
}
