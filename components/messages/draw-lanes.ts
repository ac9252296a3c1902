/** Draws one picture of the swim-lane onto a canvas. */
import { drawArrows } from './draw-arrows';
import { drawAxis } from './draw-axis';
import { drawDensity } from './draw-density';
import { drawFaults } from './draw-faults';
import { heightPx, type LaneScene, laneY } from './lane-scene';

/** With more points than this in view arrows would only be a smear, and cost frames. */
export const ARROWS_UP_TO = 2_500;

/** arrows: every message; density: how many per pixel column. */
export type Drawn = 'arrows' | 'density';

export function drawLanes(context: CanvasRenderingContext2D, scene: LaneScene): Drawn {
  const height = heightPx(scene.lanes.length, scene.laneGapPx);
  context.clearRect(0, 0, scene.widthPx, height);
  drawFaults(context, scene, height);
  drawTracks(context, scene);
  drawAxis(context, scene, height);
  if (scene.selected === null && pointsInView(scene) > ARROWS_UP_TO) {
    drawDensity(context, scene);
    return 'density';
  }
  drawArrows(context, scene, scene.selected === null ? inView(scene) : [scene.selected]);
  return 'arrows';
}

function pointsInView({ book, span }: LaneScene): number {
  return book.columns.countWithin(span.fromUs, span.toUs);
}

function inView({ book, span }: LaneScene): ReturnType<typeof book.within> {
  return book.within(span.fromUs, span.toUs);
}

/** A line per lane; the kernel's lies on a band, so that it is told from user space without its colour. */
function drawTracks(context: CanvasRenderingContext2D, scene: LaneScene): void {
  const { palette, widthPx, laneGapPx } = scene;
  scene.lanes.forEach((lane, index) => {
    const y = Math.round(laneY(scene, index)) + 0.5;
    if (lane.kernel) {
      context.fillStyle = palette.band;
      context.fillRect(0, y - laneGapPx * 0.36, widthPx, laneGapPx * 0.72);
    }
    context.strokeStyle = lane.kernel ? palette.axis : palette.grid;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(0, y);
    context.lineTo(widthPx, y);
    context.stroke();
  });
}
