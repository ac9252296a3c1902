import type { XTick } from './axis';
import { type Box, round } from './box';
import { formatSeconds } from './figures';
import { drawTitle } from './frame';
import { linePath } from './line-path';
import type { Scale } from './picture';
import { applyScale } from './scale';
import { type SvgNode, svg } from './svg';
import { timeTicks } from './ticks';

/** Milliseconds since measuring began. */
export type TimeWindow = { startMs: number; widthMs: number };

/** The windows whose middle lies in the domain: what is shown. */
export function windowsWithin<T extends TimeWindow>(windows: readonly T[], [low, high]: readonly [number, number]): T[] {
  return windows.filter((window) => middleOf(window) >= low && middleOf(window) <= high);
}

function middleOf({ startMs, widthMs }: TimeWindow): number {
  return startMs + widthMs / 2;
}

/** A line through the middles. A window without a value, or one that is missing, is a gap. */
export function traceWindows<T extends TimeWindow>(
  windows: readonly T[],
  figureOf: (window: T) => number | null,
  { x, y }: { x: Scale; y: Scale },
): string {
  const points = windows.flatMap((window, index) => {
    const value = figureOf(window);
    const point = value === null ? null : { x: applyScale(x, middleOf(window)), y: applyScale(y, value) };
    const before = windows[index - 1];
    const missing = before !== undefined && window.startMs - before.startMs > 1.5 * Math.max(before.widthMs, window.widthMs);
    return missing ? [null, point] : [point];
  });
  return linePath(points);
}

export function labelTimes(x: Scale): XTick[] {
  const ticks = timeTicks(x.domain, (x.range[1] - x.range[0]) / 56);
  return ticks.map((ms, index) => ({
    x: applyScale(x, ms),
    label: `${formatSeconds(ms)}${index === ticks.length - 1 ? ' s' : ''}`,
  }));
}

/** More would make a report large and could not be pointed at. */
const MOST_HOVERS = 60;

/** Invisible columns that tell their numbers; several windows share one where there are many. */
export function drawHovers<T extends TimeWindow>(
  windows: readonly T[],
  { plot, x, say }: { plot: Box; x: Scale; say: (windows: T[]) => string },
): SvgNode[] {
  const size = Math.ceil(windows.length / MOST_HOVERS);
  const chunks = Array.from({ length: Math.ceil(windows.length / size) || 0 }, (_, at) =>
    windows.slice(at * size, (at + 1) * size),
  );
  return chunks.flatMap((chunk) => {
    const [first, last] = [chunk[0], chunk.at(-1)];
    if (first === undefined || last === undefined) return [];
    const [startMs, endMs] = [first.startMs, last.startMs + last.widthMs];
    const [left, right] = [startMs, endMs].map((ms) => Math.min(Math.max(applyScale(x, ms), plot.left), plot.right));
    if (left === undefined || right === undefined) return [];
    const box = { x: round(left), y: plot.top, width: round(right - left), height: plot.bottom - plot.top };
    const title = `${formatSeconds(startMs)} to ${formatSeconds(endMs)} s: ${say(chunk)}`;
    return [svg('rect', { ...box, fill: 'none', 'pointer-events': 'all' }, [drawTitle(title)])];
  });
}
