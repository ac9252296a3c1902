/** The messages' names along the arrows, one of each kind: where one or two operations fill the view. */
import { type LaneScene, laneY, xOf } from './lane-scene';
import { legsOf } from './legs';
import type { Operation, TracePoint } from './operations';
import { POINT } from './trace-points';

type Named = { from: TracePoint; to: TracePoint; words: string };

/** Below this many pixels for the whole operation the words would lie on each other. */
const LEAST_PX = 260;

export function drawNames(context: CanvasRenderingContext2D, scene: LaneScene, operation: Operation): void {
  if (xOf(scene, operation.lastUs) - xOf(scene, operation.firstUs) < LEAST_PX) return;
  context.font = scene.palette.font;
  context.textBaseline = 'middle';
  const taken: Patch[] = [];
  for (const named of namesOf(operation)) {
    const patch = patchOf(context, scene, named);
    // Two names on one spot are none: the first stays, and the key tells the marks' names.
    if (taken.some((other) => overlap(other, patch))) continue;
    taken.push(patch);
    write(context, scene, { words: named.words, patch });
  }
}

function namesOf(operation: Operation): Named[] {
  const found = new Map<string, Named>();
  for (const { name, from: first, to: second } of legsOf(operation)) {
    const from = operation.points[first];
    const to = operation.points[second];
    if (from === undefined || to === undefined) continue;
    const words = wordsOf(name, from, to);
    // The last of a kind: its arrow is the one with room below it.
    if (words !== null) found.set(words, { from, to, words });
  }
  // What the key names as well comes last, when names are many for the room.
  return [...found.values()].sort((a, b) => Number(a.words === 'quorum') - Number(b.words === 'quorum'));
}

function wordsOf(leg: string, from: TracePoint, to: TracePoint): string | null {
  if (leg === 'request') return 'REQUEST';
  if (leg === 'reply') return 'REPLY';
  if (leg === 'ack') return 'PREPARE-OK';
  if (leg === 'copy') return from.point === POINT.egress_clone ? 'clone' : 'PREPARE';
  if (leg === 'hook' && to.point === POINT.egress) return from.peer === -1 ? '1 flagged datagram' : 'own send';
  return leg === 'quorum' ? 'quorum' : null;
}

type Patch = { left: number; top: number; width: number };

const PATCH_PX = 14;

/** Beside the middle of an arrow. */
function patchOf(context: CanvasRenderingContext2D, scene: LaneScene, { from, to, words }: Named): Patch {
  const fromY = laneY(scene, scene.laneOf(from.point, from.at));
  const toY = laneY(scene, scene.laneOf(to.point, to.at));
  const share = words === 'PREPARE-OK' ? 0.25 : 0.5;
  const x = xOf(scene, from.tUs + (to.tUs - from.tUs) * share) + 8;
  const y = words === 'quorum' ? toY - 16 : fromY + (toY - fromY) * share;
  const width = context.measureText(words).width + 4;
  return { left: Math.min(Math.max(0, x), scene.widthPx - width - 2), top: y - PATCH_PX / 2, width };
}

function overlap(a: Patch, b: Patch): boolean {
  return Math.abs(a.top - b.top) < PATCH_PX && a.left < b.left + b.width && b.left < a.left + a.width;
}

/** On a patch of the background, so that crossing lines do not strike it through. */
function write(
  context: CanvasRenderingContext2D,
  { palette }: LaneScene,
  { words, patch }: { words: string; patch: Patch },
): void {
  context.fillStyle = palette.surface;
  context.fillRect(patch.left, patch.top, patch.width, PATCH_PX);
  context.fillStyle = words === 'clone' || words === '1 flagged datagram' ? palette.accent : palette.text2;
  context.textAlign = 'left';
  context.fillText(words, patch.left + 2, patch.top + PATCH_PX / 2);
}
