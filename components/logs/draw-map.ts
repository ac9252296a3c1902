import { MARKS } from './line-marks';
import type { LogBook } from './log-book';
import { mapPlaceOf, mapSlots } from './map-slots';

/** Pixels from one bar to the next; a bar is one thinner. */
export const SLOT_PX = 3;
/** Room for the ticks of what happened, at the left. */
const TICKS_PX = 7;

/** One error among thousands of lines is still seen. */
const LEAST_PX = 4;

/** Draws the whole log into a canvas of the page's own pixels: a bar for each stretch, a tick for all that happened. */
export function drawMap(canvas: HTMLCanvasElement, book: LogBook): void {
  const context = canvas.getContext('2d');
  const { clientWidth: width, clientHeight: height } = canvas;
  if (context === null || width === 0) return;
  const density = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  context.scale(density, density);
  const style = getComputedStyle(canvas);
  const colour = (token: string) => style.getPropertyValue(token.slice(4, -1)).trim();
  const slots = slotsOf(height);
  const room = width - TICKS_PX - 3;
  for (const [at, slot] of mapSlots(book, slots).entries()) {
    if (slot === null) continue;
    const bar = Math.max(LEAST_PX, slot.fill * room);
    const error = slot.error === 0 ? 0 : Math.max(LEAST_PX, slot.error * bar);
    const warn = slot.warn === 0 ? 0 : Math.max(LEAST_PX, slot.warn * bar);
    let left = TICKS_PX;
    for (const [token, widthPx] of [
      ['var(--bad)', error],
      ['var(--warn)', Math.min(warn, bar - error)],
      ['var(--border-strong)', bar - error - warn],
    ] as const) {
      if (widthPx <= 0) continue;
      context.fillStyle = colour(token);
      context.fillRect(left, at * SLOT_PX, widthPx, SLOT_PX - 1);
      left += widthPx;
    }
  }
  for (const { seq, mark } of book.marks) {
    context.fillStyle = colour(MARKS[mark].colour);
    const place = mapPlaceOf(book, Math.min(book.roughRowOfSeq(seq), book.rows - 1), slots);
    context.fillRect(0, Math.min(height - 2, Math.round(place * slots * SLOT_PX)), TICKS_PX - 2, 2);
  }
}

export function slotsOf(heightPx: number): number {
  return Math.max(1, Math.floor(heightPx / SLOT_PX));
}
