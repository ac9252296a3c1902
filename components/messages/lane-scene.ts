/** Everything one picture of the swim-lane is drawn from. */
import type { Lane } from './lanes';
import type { Operation } from './operations';
import type { Palette } from './palette';
import { type TimeSpan, widthOf } from './time-span';
import type { TraceBook } from './trace-book';

export const AXIS_PX = 44;
/** From the line of the last lane to the lower edge. */
const FOOT_PX = 30;

export type LaneFault = { fromUs: number; toUs: number; title: string };

export type LaneScene = {
  book: TraceBook;
  span: TimeSpan;
  lanes: readonly Lane[];
  laneOf: (point: number, at: number) => number;
  /** Drawn alone. */
  selected: Operation | null;
  palette: Palette;
  /** Done to the cluster on purpose; microseconds since the trace's origin. */
  faults: readonly LaneFault[];
  widthPx: number;
  laneGapPx: number;
};

/** Few lanes are drawn far apart, many closer, so that three and nine replicas both fit a screen. */
export function laneGapPx(lanes: number): number {
  return Math.round(Math.min(62, Math.max(38, 400 / Math.max(1, lanes))));
}

export function laneY(scene: Pick<LaneScene, 'laneGapPx'>, lane: number): number {
  return AXIS_PX + scene.laneGapPx * (lane + 0.6);
}

export function heightPx(lanes: number, gapPx: number): number {
  return Math.round(AXIS_PX + gapPx * (lanes - 0.4)) + FOOT_PX;
}

export function xOf({ span, widthPx }: Pick<LaneScene, 'span' | 'widthPx'>, tUs: number): number {
  return ((tUs - span.fromUs) / widthOf(span)) * widthPx;
}

export function timeAt({ span, widthPx }: Pick<LaneScene, 'span' | 'widthPx'>, x: number): number {
  return span.fromUs + (x / widthPx) * widthOf(span);
}
