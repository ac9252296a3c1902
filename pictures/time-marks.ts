import { type Box, round } from './box';
import type { MarkKind, TimeMarks } from './data';
import { formatSeconds } from './figures';
import { drawTitle } from './frame';
import { areaEntry, type KeyEntry } from './key';
import type { Scale } from './picture';
import { applyScale } from './scale';
import { type SvgNode, svg } from './svg';
import { drawText, fitText, textWidth } from './text';

/** Rooms for labels, one above the other, before they would cover the lines. */
const LABEL_ROWS = 3;
const ROW_PX = 13;

type Look = { edge: string; fill: string; dash: string; words: string };

/** Amber is a fault and what came of it; whoever only looked, or leads now, is grey. */
const LOOKS = {
  fault: { edge: 'var(--fault)', fill: 'var(--fault-fill)', dash: '2 3', words: 'var(--warn)' },
  outage: { edge: 'var(--fault)', fill: 'var(--fault-fill)', dash: '1 2', words: 'var(--warn)' },
  leader: { edge: 'var(--text-2)', fill: 'none', dash: '6 3', words: 'var(--text-2)' },
  look: { edge: 'var(--border-strong)', fill: 'var(--band)', dash: '2 3', words: 'var(--text-2)' },
} as const satisfies Record<MarkKind, Look>;

/** Where labels are many, what was done matters most. */
const FIRST: readonly MarkKind[] = ['fault', 'outage', 'leader', 'look'];

/** Bands for what went on for a while and dashed lines for moments, named where there is room; hovering names all of them. */
export function drawTimeMarks({ moments = [], spans = [] }: TimeMarks, plot: Box, x: Scale): SvgNode[] {
  const within = (ms: number) => Math.min(Math.max(applyScale(x, ms), plot.left), plot.right);
  const bands = spans.filter(({ fromMs, toMs }) => toMs >= x.domain[0] && fromMs <= x.domain[1]);
  const lines = moments.filter(({ atMs }) => atMs >= x.domain[0] && atMs <= x.domain[1]);
  const labels = placeLabels(
    [
      ...bands.map(({ fromMs, label, kind = 'look' }) => ({ x: within(fromMs), label, kind })),
      ...lines.map(({ atMs, label, kind = 'look' }) => ({ x: within(atMs), label, kind })),
    ],
    { left: x.domain[0] < 0 ? within(0) : plot.left, right: plot.right, top: plot.top },
  );
  return [
    ...bands.map((band) => drawBand({ ...band, left: within(band.fromMs), right: within(band.toMs) }, plot)),
    ...lines.map(({ atMs, label, kind = 'look' }) => drawMoment({ at: within(atMs), label, kind }, plot)),
    ...labels,
  ];
}

/** What the bands mean, for a chart's key; nothing where no fault was injected. */
export function faultEntries({ spans = [] }: TimeMarks): KeyEntry[] {
  if (!spans.some(({ kind }) => kind === 'fault')) return [];
  const { fill, edge, dash } = LOOKS.fault;
  return [areaEntry({ fill, stroke: edge, 'stroke-dasharray': dash }, 'fault')];
}

/** ` Faults: kill replica1 from 5 to 9 s.`, for those who do not see the bands; nothing without a fault. */
export function sayFaults({ spans = [] }: TimeMarks): string {
  const said = spans
    .filter(({ kind }) => kind === 'fault')
    .map(({ fromMs, toMs, label }) => `${label} from ${formatSeconds(fromMs)} to ${formatSeconds(toMs)} s`.trim());
  return said.length === 0 ? '' : ` Faults: ${said.join(', ')}.`;
}

type Band = { left: number; right: number; label: string; kind?: MarkKind };

function drawBand({ left, right, label, kind = 'look' }: Band, plot: Box): SvgNode {
  const height = plot.bottom - plot.top;
  const look = LOOKS[kind];
  const edge = { y1: plot.top, y2: plot.bottom, stroke: look.edge, 'stroke-dasharray': look.dash };
  return svg('g', {}, [
    drawTitle(label),
    svg('rect', { x: round(left), y: plot.top, width: round(Math.max(1, right - left)), height, fill: look.fill }),
    svg('line', { x1: round(left), x2: round(left), ...edge }),
    svg('line', { x1: round(right), x2: round(right), ...edge }),
  ]);
}

function drawMoment({ at, label, kind }: { at: number; label: string; kind: MarkKind }, plot: Box): SvgNode {
  const line = { x1: round(at), x2: round(at), y1: plot.top, y2: plot.bottom };
  return svg('line', { ...line, stroke: LOOKS[kind].edge, 'stroke-dasharray': LOOKS[kind].dash }, [drawTitle(label)]);
}

type Wanted = { x: number; label: string; kind: MarkKind };

/**
 * Behind the name of the warm-up, the most important first and each in the first row that is free there; without a free row
 * it is left to hovering.
 */
function placeLabels(wanted: Wanted[], plot: Pick<Box, 'left' | 'right' | 'top'>): SvgNode[] {
  const rows: [number, number][][] = Array.from({ length: LABEL_ROWS }, () => []);
  const named = wanted.filter(({ label }) => label !== '');
  return named
    .toSorted((a, b) => FIRST.indexOf(a.kind) - FIRST.indexOf(b.kind) || a.x - b.x)
    .flatMap(({ x, label, kind }) => {
      const left = Math.max(x, plot.left) + 4;
      const text = fitText(label, plot.right - left, false);
      const right = left + textWidth(text) + 8;
      const row = rows.findIndex((taken) => taken.every(([from, to]) => right <= from || left >= to));
      if (row === -1 || text.length < Math.min(label.length, 8)) return [];
      rows[row]?.push([left, right]);
      return [drawText(left, plot.top + 12 + row * ROW_PX, text, { fill: LOOKS[kind].words, halo: true })];
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
