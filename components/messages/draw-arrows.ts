/** Operations as arrows between lanes; gathered by kind first, so that a screen full of them is a dozen strokes. */
import { ArrowPaths } from './arrow-paths';
import { drawNames } from './draw-names';
import { type LaneScene, laneY, xOf } from './lane-scene';
import { type Leg, type LegName, legsOf } from './legs';
import type { Operation, TracePoint } from './operations';
import { POINT } from './trace-points';

/** With more operations in view their dashes would run together, and dashing is what costs most. */
const DASHED_UP_TO = 40;
const NAMED_UP_TO = 2;
const NARROW_PX = 120;

export function drawArrows(context: CanvasRenderingContext2D, scene: LaneScene, operations: readonly Operation[]): void {
  const paths = new ArrowPaths(scene.widthPx, isNarrow(scene, operations) ? 2.5 : 5);
  for (const operation of operations) gather(paths, scene, operation);
  const { palette } = scene;
  const dash = operations.length <= DASHED_UP_TO ? [2, 3] : [];
  paths.strokeBars(context, palette);
  paths.stroke(context, 'ack', { colour: palette.text3, width: 1.2, dash });
  paths.stroke(context, 'plain', { colour: palette.text2, width: 1.4 });
  paths.stroke(context, 'client', { colour: palette.text, width: 1.4 });
  paths.stroke(context, 'clone', { colour: palette.accent, width: 1.4 });
  paths.stroke(context, 'flagged', { colour: palette.accent, width: 4 });
  paths.fillMarks(context, palette);
  if (operations.length <= NAMED_UP_TO) for (const operation of operations) drawNames(context, scene, operation);
}

/** Marks of their full size would cover an operation that is drawn no wider than a few of them. */
function isNarrow(scene: LaneScene, [first]: readonly Operation[]): boolean {
  return first !== undefined && xOf(scene, first.lastUs) - xOf(scene, first.firstUs) < NARROW_PX;
}

function gather(paths: ArrowPaths, scene: LaneScene, operation: Operation): void {
  for (const leg of legsOf(operation)) {
    const from = operation.points[leg.from];
    const to = operation.points[leg.to];
    if (from !== undefined && to !== undefined) gatherLeg(paths, scene, { leg, from, to });
  }
  for (const point of operation.points) gatherMark(paths, scene, point);
}

type DrawnLeg = { leg: Leg; from: TracePoint; to: TracePoint };

/** Ways along one lane are work of user space: bars. Ways between lanes are messages: arrows. */
function gatherLeg(paths: ArrowPaths, scene: LaneScene, { leg, from, to }: DrawnLeg): void {
  const a = placeOf(scene, from);
  const b = placeOf(scene, to);
  if (a === null || b === null) return;
  if (WORK.has(leg.name)) {
    paths.bar(a.lane, { x1: a.x, x2: b.x, y: a.y });
    return;
  }
  if (leg.name !== 'hook') {
    paths.arrow(kindOf(leg.name, from), { x1: a.x, y1: a.y, x2: b.x, y2: b.y });
    return;
  }
  // A clone never left user space: the flagged datagram's way is drawn once, to the original, and the kernel's work as a bar.
  if (to.point === POINT.egress_clone) paths.bar(b.lane, { x1: Math.max(a.x, b.x - 1), x2: b.x, y: b.y });
  else paths.arrow(from.peer === -1 ? 'flagged' : 'plain', { x1: a.x, y1: a.y, x2: b.x, y2: b.y });
}

const WORK: ReadonlySet<LegName> = new Set<LegName>(['prepare', 'turnaround', 'quorum', 'commit']);

function kindOf(leg: LegName, from: TracePoint): 'client' | 'ack' | 'clone' | 'plain' {
  if (leg === 'ack') return 'ack';
  if (leg === 'request' || leg === 'reply') return 'client';
  return from.point === POINT.egress_clone ? 'clone' : 'plain';
}

function gatherMark(paths: ArrowPaths, scene: LaneScene, point: TracePoint): void {
  const place = placeOf(scene, point);
  if (place === null || place.x < -8 || place.x > scene.widthPx + 8) return;
  if (point.point === POINT.egress_clone) paths.mark('clone', place);
  else if (point.point === POINT.egress) paths.mark('original', place);
  else if (point.point === POINT.leader_commit) paths.mark('commit', place);
}

function placeOf(scene: LaneScene, { point, at, tUs }: TracePoint): { lane: number; x: number; y: number } | null {
  const lane = scene.laneOf(point, at);
  return lane < 0 ? null : { lane, x: xOf(scene, tUs), y: laneY(scene, lane) };
}
