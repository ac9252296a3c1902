import type { LogLine } from '@/server/api/types';
import type { LogReader } from './log-reader';
import type { Rows } from './row-window';

/**
 * What a page script can hear of a paint: the highest line in it and its time, lines received and lines told of instead so far,
 * and how far the server says it is behind.
 */
type Painted = { lastSeq: number; lastTime: string; received: number; skipped: number; lagMs: number | null };

/** Writes on the list what it shows. Attributes and no text: nobody but a script reads them. */
export function describeList(element: HTMLElement, { book, window: rows }: LogReader): Painted | null {
  const last = lastInSight(book, rows.inSight);
  element.dataset.total = String(book.total);
  element.dataset.shown = String(book.shown);
  element.dataset.held = String(book.held.lines);
  element.dataset.behind = String(book.behind);
  element.dataset.lastSeq = String(last?.seq ?? 0);
  if (last === null) return null;
  const { received, skipped, lagMs } = book;
  return { lastSeq: last.seq, lastTime: last.time, received, skipped, lagMs };
}

/** Dispatches `lab:log-painted` on the window once the frame that shows these lines was painted; at most once per frame. */
export function paintAnnouncer(): (painted: Painted) => void {
  let next: Painted | null = null;
  return (painted) => {
    const isAsked = next !== null;
    next = painted;
    if (isAsked) return;
    requestAnimationFrame(() => {
      window.dispatchEvent(new CustomEvent('lab:log-painted', { detail: next }));
      next = null;
    });
  };
}

function lastInSight(book: LogReader['book'], { from, to }: Rows): LogLine | null {
  for (let row = to - 1; row >= from; row -= 1) {
    const line = book.lineAt(row);
    if (line !== null) return line;
  }
  return null;
}
