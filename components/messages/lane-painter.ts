/** Keeps a canvas true to its scene: at most one picture per frame, and none when nothing changed. */
import { type Drawn, drawLanes } from './draw-lanes';
import { heightPx, type LaneScene } from './lane-scene';

export class LanePainter {
  private scene: LaneScene | null = null;
  private frame: number | null = null;
  private frames = 0;
  private drawn: Drawn | null = null;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly onKind: (drawn: Drawn) => void,
  ) {}

  /** The scene to draw next; the picture follows with the next frame of the screen. */
  show(scene: LaneScene): void {
    this.scene = scene;
    this.frame ??= requestAnimationFrame(() => this.paint());
  }

  stop(): void {
    if (this.frame !== null) cancelAnimationFrame(this.frame);
    this.frame = null;
  }

  private paint(): void {
    this.frame = null;
    const { scene, canvas } = this;
    const context = canvas.getContext('2d');
    if (scene === null || context === null) return;
    const ratio = window.devicePixelRatio;
    const width = Math.round(scene.widthPx * ratio);
    const height = Math.round(heightPx(scene.lanes.length, scene.laneGapPx) * ratio);
    // Setting the size clears the canvas and is dear, so only when it changed.
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const drawn = drawLanes(context, scene);
    this.frames++;
    canvas.dataset.frames = String(this.frames);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    canvas.dataset.drawn = drawn;
    this.onKind(drawn);
  }
}
