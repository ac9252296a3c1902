/** Faults as amber bands behind the lanes, named where there is room. */
import { AXIS_PX, type LaneScene, xOf } from './lane-scene';

export function drawFaults(context: CanvasRenderingContext2D, scene: LaneScene, heightPx: number): void {
  const { faults, span, palette, widthPx } = scene;
  for (const { fromUs, toUs, title } of faults) {
    if (toUs < span.fromUs || fromUs > span.toUs) continue;
    const left = Math.max(0, xOf(scene, fromUs));
    const right = Math.min(widthPx, Math.max(left + 1, xOf(scene, toUs)));
    context.fillStyle = palette.faultFill;
    context.fillRect(left, AXIS_PX - 5, right - left, heightPx);
    context.strokeStyle = palette.fault;
    context.lineWidth = 1;
    context.setLineDash([2, 3]);
    context.beginPath();
    for (const [x, edge] of [
      [left, fromUs >= span.fromUs],
      [right, toUs <= span.toUs],
    ] as const) {
      if (!edge) continue;
      context.moveTo(Math.round(x) + 0.5, AXIS_PX - 5);
      context.lineTo(Math.round(x) + 0.5, heightPx);
    }
    context.stroke();
    context.setLineDash([]);
    context.font = palette.font;
    context.fillStyle = palette.warn;
    context.textAlign = 'left';
    context.textBaseline = 'alphabetic';
    if (context.measureText(title).width < widthPx - left - 8) context.fillText(title, left + 4, heightPx - 8);
  }
}
