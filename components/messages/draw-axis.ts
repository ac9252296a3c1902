/** The time axis: round ticks, counted from a round moment whose clock time stands at the left. */
import { formatClock } from '@/components/ui/format';
import { AXIS_PX, type LaneScene, xOf } from './lane-scene';
import { formatSpan, tickStepUs, widthOf } from './time-span';

const TICK_EVERY_PX = 80;

export function drawAxis(context: CanvasRenderingContext2D, scene: LaneScene, heightPx: number): void {
  const { palette, span, widthPx } = scene;
  const step = tickStepUs(widthOf(span), widthPx / TICK_EVERY_PX);
  const base = axisBaseUs(scene);
  const largest = Math.max(Math.abs(span.toUs - base), Math.abs(span.fromUs - base));
  context.font = palette.font;
  context.textBaseline = 'alphabetic';
  context.textAlign = 'center';
  context.fillStyle = palette.text3;
  context.strokeStyle = palette.grid;
  context.lineWidth = 1;
  context.beginPath();
  for (let i = Math.ceil((span.fromUs - base) / step); base + i * step <= span.toUs; i++) {
    const x = Math.round(xOf(scene, base + i * step)) + 0.5;
    context.moveTo(x, AXIS_PX - 6);
    context.lineTo(x, heightPx);
    if (x > 16 && x < widthPx - 22) context.fillText(formatSpan(i * step, largest), x, AXIS_PX - 11);
  }
  context.stroke();
  context.textAlign = 'left';
  context.fillText(baseWords(scene, base), 8, 13);
  context.strokeStyle = palette.axis;
  context.beginPath();
  context.moveTo(0, AXIS_PX - 5.5);
  context.lineTo(widthPx, AXIS_PX - 5.5);
  context.stroke();
}

function baseWords({ selected, book }: LaneScene, baseUs: number): string {
  if (selected !== null && selected.sentUs !== null) return "since the client's send";
  const atUs = Math.round(book.originUs + baseUs);
  const clock = new Date(Math.floor(atUs / 1_000));
  const rest = String(((atUs % 1_000) + 1_000) % 1_000).padStart(3, '0');
  return `since ${formatClock(clock.getTime())}.${String(clock.getMilliseconds()).padStart(3, '0')}${rest}`;
}

/** What the ticks count from: the chosen operation's first point, or the last round moment before the view. */
function axisBaseUs({ span, selected }: Pick<LaneScene, 'span' | 'selected'>): number {
  if (selected !== null) return selected.sentUs ?? selected.firstUs;
  const round = 10 ** Math.floor(Math.log10(widthOf(span)));
  return Math.floor(span.fromUs / round) * round;
}
