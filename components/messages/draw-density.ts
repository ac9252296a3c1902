/** Too many points for arrows: how many there were per column of pixels. */
import { type LaneScene, laneY } from './lane-scene';
import { widthOf } from './time-span';
import { isKernelPoint, POINT } from './trace-points';

export const COLUMN_PX = 2;

/** What is counted: once per operation on the lanes of user space, once per copy on the kernel's. */
function isCounted(point: number): boolean {
  return (
    point === POINT.follower_receive || point === POINT.client_send || point === POINT.leader_receive || isKernelPoint(point)
  );
}

/** Counts per lane and column, kept from frame to frame so that zooming makes no garbage. */
let plain = new Uint32Array(0);
let clones = new Uint32Array(0);

export function drawDensity(context: CanvasRenderingContext2D, scene: LaneScene): void {
  const columns = Math.ceil(scene.widthPx / COLUMN_PX);
  count(scene, columns);
  let most = 1;
  for (let i = 0; i < columns * scene.lanes.length; i++) most = Math.max(most, (plain[i] ?? 0) + (clones[i] ?? 0));
  const unit = (scene.laneGapPx * 0.52) / most;
  scene.lanes.forEach((lane, index) => {
    const bars = { first: index * columns, columns, unit, base: Math.round(laneY(scene, index)) };
    context.fillStyle = lane.kernel ? scene.palette.text2 : (scene.palette.lanes[index] ?? scene.palette.text2);
    fillBars(context, plain, bars);
    if (!lane.kernel) return;
    context.fillStyle = scene.palette.accent;
    fillBars(context, clones, { ...bars, standOn: plain });
  });
}

function count({ book, span, lanes, laneOf }: LaneScene, columns: number): void {
  const cells = columns * lanes.length;
  if (plain.length < cells) {
    plain = new Uint32Array(cells);
    clones = new Uint32Array(cells);
  } else {
    plain.fill(0, 0, cells);
    clones.fill(0, 0, cells);
  }
  const perUs = columns / widthOf(span);
  book.columns.forEachWithin(span.fromUs, span.toUs, (tUs, point, at) => {
    if (!isCounted(point)) return;
    const lane = laneOf(point, at);
    if (lane < 0) return;
    const cell = lane * columns + Math.min(columns - 1, Math.floor((tUs - span.fromUs) * perUs));
    const counts = point === POINT.egress_clone ? clones : plain;
    counts[cell] = (counts[cell] ?? 0) + 1;
  });
}

type Bars = {
  /** Where this lane's cells begin. */
  first: number;
  columns: number;
  unit: number;
  base: number;
  /** Bars that these stand on. */
  standOn?: Uint32Array;
};

/** Neighbours of one height are one rectangle: a dense lane is then a few hundred instead of a thousand. */
function fillBars(context: CanvasRenderingContext2D, counts: Uint32Array, { first, columns, unit, base, standOn }: Bars): void {
  let start = 0;
  let top = 0;
  let height = 0;
  for (let column = 0; column <= columns; column++) {
    const count = column < columns ? (counts[first + column] ?? 0) : 0;
    const nextHeight = count === 0 ? 0 : Math.max(1, Math.round(count * unit));
    const below = standOn === undefined ? 0 : Math.round((standOn[first + column] ?? 0) * unit);
    const nextTop = base - below - nextHeight;
    if (column < columns && nextHeight === height && nextTop === top) continue;
    if (height > 0) context.fillRect(start * COLUMN_PX, top, (column - start) * COLUMN_PX, height);
    start = column;
    top = nextTop;
    height = nextHeight;
  }
}
