import { BELOW_CAPTION_PX, drawXAxis } from './axis';
import { type Box, round } from './box';
import type { LaneStatus, ViewLanes } from './data';
import { formatCount, formatSeconds } from './figures';
import { drawEmpty, drawTitle, framePicture, type Sheet, sheetWidth } from './frame';
import { drawKey, type KeyEntry } from './key';
import type { Picture, Scale } from './picture';
import { applyScale } from './scale';
import { type SvgNode, svg } from './svg';
import { drawText, fitText, textWidth } from './text';
import { drawTimeMarks } from './time-marks';
import { labelTimes } from './time-windows';

type Segment = ViewLanes['lanes'][number]['segments'][number];
type Look = {
  words: string;
  /** Stands in the bar where its words have no room. */
  letter: string;
  /** Height of the bar around the lane's middle. */
  high: number;
  fill: string;
  stroke?: string;
  dash?: string;
  /** Slanted strokes over the bar. */
  hatch?: 'forward' | 'both';
  ink: string;
};

/** Told apart by height, fill, strokes and letter, so that colour alone says nothing. */
const LOOKS = {
  leader: { words: 'leads', letter: 'L', high: 14, fill: 'var(--text-2)', ink: 'var(--surface)' },
  normal: { words: 'follows', letter: '', high: 4, fill: 'var(--text-3)', ink: 'var(--text-2)' },
  view_change: {
    words: 'view change',
    letter: 'V',
    high: 14,
    fill: 'var(--surface)',
    stroke: 'var(--fault)',
    hatch: 'forward',
    ink: 'var(--warn)',
  },
  recovering: {
    words: 'recovering',
    letter: 'R',
    high: 14,
    fill: 'var(--surface)',
    stroke: 'var(--accent)',
    dash: '2 2',
    ink: 'var(--accent)',
  },
  down: {
    words: 'down',
    letter: '×',
    high: 14,
    fill: 'none',
    stroke: 'var(--fault)',
    dash: '4 3',
    ink: 'var(--warn)',
  },
  lost_memory: {
    words: 'memory lost',
    letter: 'M',
    high: 14,
    fill: 'var(--surface)',
    stroke: 'var(--bad)',
    hatch: 'both',
    ink: 'var(--bad)',
  },
} as const satisfies Record<LaneStatus, Look>;

const lookOf = (status: LaneStatus): Look => LOOKS[status];

const LANE_PX = 22;
const TOP_PX = 6;
const KEY_GAP_PX = 6;

/** A lane for each replica: what it was at, who led which view. */
export function drawViewTimeline(data: ViewLanes, sheet: Sheet): Picture {
  const width = sheetWidth(sheet);
  const segments = data.lanes.flatMap((lane) => lane.segments);
  if (segments.length === 0) return drawEmpty(width, 'No replica has said yet which view it is in.');
  const { nodes: key, height } = drawKey(keyOf(segments), { left: 0, right: width - 4, top: 1 });
  const edges = data.edges ?? { left: 40, right: width - 12 };
  const top = height + KEY_GAP_PX + TOP_PX;
  const plot: Box = { ...edges, top, bottom: top + data.lanes.length * LANE_PX };
  const x: Scale = { kind: 'linear', domain: data.domainMs, range: [plot.left, plot.right] };
  const unnamed = { spans: data.spans?.filter(({ kind }) => kind === 'fault').map((span) => ({ ...span, label: '' })) };
  return framePicture({
    width,
    height: plot.bottom + BELOW_CAPTION_PX,
    says: describe(data),
    plot: { ...plot, x, y: { kind: 'linear', domain: [0, data.lanes.length], range: [plot.top, plot.bottom] } },
    nodes: [
      ...key,
      ...drawTimeMarks(unnamed, plot, x),
      ...data.lanes.flatMap((lane, at) => drawLane(lane, { plot, x, middle: plot.top + (at + 0.5) * LANE_PX })),
      ...drawXAxis(plot, labelTimes(x), { width, caption: 'since measuring began' }),
    ],
  });
}

function keyOf(segments: readonly Segment[]): KeyEntry[] {
  const shown = new Set(segments.map(({ status }) => status));
  const order: readonly LaneStatus[] = ['leader', 'normal', 'view_change', 'recovering', 'down', 'lost_memory'];
  return order
    .filter((status) => shown.has(status))
    .map((status) => ({
      draw: (x, y) => svg('g', {}, drawBar(status, { left: x - 7, right: x + 7 }, y)),
      label: lookOf(status).words,
    }));
}

type Place = { plot: Box; x: Scale; middle: number };

function drawLane({ name, short, segments }: ViewLanes['lanes'][number], { plot, x, middle }: Place): SvgNode[] {
  const tag = fitText(short, plot.left - 8, true);
  const within = (ms: number) => Math.min(Math.max(applyScale(x, ms), plot.left), plot.right);
  const shown = segments.filter(({ fromMs, toMs }) => toMs >= x.domain[0] && fromMs <= x.domain[1]);
  return [
    svg('line', { x1: plot.left, x2: plot.right, y1: middle, y2: middle, stroke: 'var(--grid)' }),
    drawText(plot.left - 8, middle + 4, tag, { anchor: 'end', fill: 'var(--text-2)', strong: true }),
    ...shown.map((segment, at) => {
      // A moment is drawn one pixel wide: a view change takes milliseconds in runs of a minute.
      const left = within(segment.fromMs);
      const right = Math.min(plot.right, Math.max(within(segment.toMs), left + 2));
      return svg('g', {}, [
        drawTitle(`${name}: ${segment.words}, ${formatSeconds(segment.fromMs)} to ${formatSeconds(segment.toMs)} s`),
        ...drawBar(segment.status, { left: Math.min(left, right - 1), right }, middle),
        ...drawWords(segment, { left, right, isNewView: segment.view !== shown[at - 1]?.view }, middle),
      ]);
    }),
  ];
}

function drawBar(status: LaneStatus, { left, right }: { left: number; right: number }, middle: number): SvgNode[] {
  const { high, fill, stroke, dash, hatch } = lookOf(status);
  const [top, width] = [middle - high / 2, Math.max(1, right - left)];
  const box = { x: round(left), y: round(top), width: round(width), height: high, rx: Math.min(2, width / 4) };
  const strokes = hatch === undefined || width < 4 ? [] : [drawHatch({ left, right, top, bottom: top + high }, hatch, stroke)];
  return [svg('rect', { ...box, fill, stroke, 'stroke-dasharray': dash }), ...strokes];
}

const HATCH_PX = 5;

/** Slanted strokes written out: a pattern would need an id, and a page may hold many pictures. */
function drawHatch({ left, right, top, bottom }: Box, kind: 'forward' | 'both', stroke: string | undefined): SvgNode {
  const high = bottom - top;
  let d = '';
  for (let foot = left; foot < right + high; foot += HATCH_PX) {
    const [fromX, toX] = [Math.max(left, foot - high), Math.min(right, foot)];
    if (fromX >= toX) continue;
    const [fromY, toY] = [top + (foot - fromX), top + (foot - toX)];
    d += `M${round(fromX)} ${round(fromY)}L${round(toX)} ${round(toY)}`;
    if (kind === 'both') d += `M${round(fromX)} ${round(top + bottom - fromY)}L${round(toX)} ${round(top + bottom - toY)}`;
  }
  return svg('path', { d: d === '' ? `M${round(left)} ${round(top)}` : d, fill: 'none', stroke, 'stroke-opacity': 0.55 });
}

/** As much as fits: the words with the view, the view alone, a letter, or nothing. */
function drawWords(segment: Segment, box: { left: number; right: number; isNewView: boolean }, middle: number): SvgNode[] {
  const { letter, words, ink } = lookOf(segment.status);
  const view = segment.view === null ? '' : `v${segment.view}`;
  // Why a replica is not there is known best by who took it away.
  const wordy = segment.status === 'normal' ? '' : segment.status === 'down' ? segment.words : words;
  const wanted = [[view, wordy].filter(Boolean).join(' '), box.isNewView ? view : '', letter].filter(Boolean);
  const text = wanted.find((each) => textWidth(each) + 8 <= box.right - box.left);
  if (text === undefined || (segment.status === 'normal' && !box.isNewView)) return [];
  const isBare = segment.status === 'normal';
  const y = isBare ? middle - 4 : middle + 4;
  const onHatch = LOOKS[segment.status].ink !== 'var(--surface)';
  return [drawText(box.left + 4, y, text, { fill: ink, halo: onHatch && !isBare })];
}

function describe({ lanes }: ViewLanes): string {
  const said = lanes.map(({ name, segments }) => {
    const words = segments.slice(0, 12).map((each) => `${each.words} from ${formatSeconds(each.fromMs)} s`);
    const more = segments.length > words.length ? `, and ${formatCount(segments.length - words.length, 'change')} more` : '';
    return `${name} ${words.length === 0 ? 'unknown' : words.join(', ')}${more}`;
  });
  return `Views over time: ${said.join('; ')}.`;
}
