/** The operation under a pointer. */
import { type LaneScene, laneY, timeAt, xOf } from './lane-scene';
import { legsOf } from './legs';
import type { Operation } from './operations';

const NEAR_PX = 10;

/** The one whose arrow is nearest among those under way within a finger's width of that time. */
export function pickOperation(scene: LaneScene, x: number, y: number): Operation | null {
  const around = timeAt(scene, x + NEAR_PX) - timeAt(scene, x);
  const t = timeAt(scene, x);
  const candidates = scene.book.within(t - around, t + around);
  let nearest: { operation: Operation; px: number } | null = null;
  for (const operation of candidates) {
    const px = distancePx(scene, operation, { x, y });
    if (nearest === null || px < nearest.px) nearest = { operation, px };
  }
  return nearest?.operation ?? null;
}

function distancePx(scene: LaneScene, operation: Operation, at: { x: number; y: number }): number {
  let nearest = Infinity;
  for (const { from, to } of legsOf(operation)) {
    const a = operation.points[from];
    const b = operation.points[to];
    if (a === undefined || b === undefined) continue;
    const start = { x: xOf(scene, a.tUs), y: laneY(scene, scene.laneOf(a.point, a.at)) };
    const end = { x: xOf(scene, b.tUs), y: laneY(scene, scene.laneOf(b.point, b.at)) };
    nearest = Math.min(nearest, toLinePx(at, start, end));
  }
  return nearest;
}

type Spot = { x: number; y: number };

function toLinePx(at: Spot, start: Spot, end: Spot): number {
  const dx = end.x - start.x;
  const dy = end.y - start.y;
  const squared = dx * dx + dy * dy;
  const share = squared === 0 ? 0 : ((at.x - start.x) * dx + (at.y - start.y) * dy) / squared;
  const held = Math.min(1, Math.max(0, share));
  return Math.hypot(at.x - start.x - held * dx, at.y - start.y - held * dy);
}
