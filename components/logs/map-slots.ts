import type { LogBook } from './log-book';

/** Logs of at most so many shown lines are drawn line by line, longer ones chunk by chunk. */
const LINE_BY_LINE = 4000;
/** A line that long fills the map's width. */
const FULL_CHARS = 110;

/** One bar of the map: how full, and the shares of warnings and errors in it; all 0..1. */
export type MapSlot = { fill: number; warn: number; error: number };

const isShort = (book: LogBook) => book.rows <= LINE_BY_LINE;

/** The log from top to bottom in that many bars; null where there is none. */
export function mapSlots(book: LogBook, slots: number): (MapSlot | null)[] {
  return Array.from({ length: slots }, (_, slot) => (isShort(book) ? slotOfLines : slotOfChunks)(book, slot, slots));
}

/** How far down the map a row lies, 0..1. */
export function mapPlaceOf(book: LogBook, row: number, slots: number): number {
  if (isShort(book)) return row / Math.max(book.rows, slots);
  const place = book.counts.placeOf(Math.min(row, book.rows - 1));
  if (place === null) return 0;
  return (place.chunk + place.nth / book.counts.shown(place.chunk)) / book.counts.length;
}

/** The row at a place of the map. */
export function mapRowAt(book: LogBook, place: number, slots: number): number {
  const last = Math.max(0, book.rows - 1);
  if (isShort(book)) return Math.max(0, Math.min(last, Math.floor(place * Math.max(book.rows, slots))));
  const at = Math.max(0, Math.min(place, 1)) * book.counts.length;
  const chunk = Math.min(book.counts.length - 1, Math.floor(at));
  return Math.min(last, book.counts.rowsBefore(chunk) + Math.floor((at - chunk) * book.counts.shown(chunk)));
}

function slotOfLines(book: LogBook, slot: number, slots: number): MapSlot | null {
  const rows = Math.max(book.rows, slots);
  const from = Math.floor((slot * rows) / slots);
  const to = Math.min(book.rows, Math.max(from + 1, Math.floor(((slot + 1) * rows) / slots)));
  if (from >= to) return null;
  let [chars, warn, error] = [0, 0, 0];
  for (let row = from; row < to; row += 1) {
    const line = book.lineAt(row);
    chars += line?.text.length ?? FULL_CHARS / 2;
    if (line?.level === 'warn') warn += 1;
    if (line?.level === 'error') error += 1;
  }
  const lines = to - from;
  return { fill: filled(chars / lines / FULL_CHARS), warn: warn / lines, error: error / lines };
}

function slotOfChunks(book: LogBook, slot: number, slots: number): MapSlot | null {
  const { counts } = book;
  const from = Math.floor((slot * counts.length) / slots);
  const to = Math.max(from + 1, Math.floor(((slot + 1) * counts.length) / slots));
  let [shown, warn, error, most] = [0, 0, 0, 0];
  for (let chunk = from; chunk < to; chunk += 1) {
    shown += counts.shown(chunk);
    warn += counts.warn(chunk);
    error += counts.error(chunk);
    most += 2000;
  }
  if (shown === 0) return null;
  return { fill: filled(shown / most), warn: warn / shown, error: error / shown };
}

/** What is there at all can be seen. */
function filled(share: number): number {
  return Math.max(0.12, Math.min(1, share));
}
