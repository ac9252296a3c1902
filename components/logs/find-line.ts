import { chunkOf, type LogBook } from './log-book';
import { formatLogTime, logTimeMs } from './log-time';

type Load = (chunk: number) => Promise<void>;

/** The row of a line or of the next one that the filter shows; null if the filter shows nothing. */
export async function findSeq(book: LogBook, seq: number, load: Load): Promise<number | null> {
  const chunk = chunkOf(seq);
  const known = book.rowOfSeq(seq);
  if (known === null && (book.counts.shown(chunk) > 0 || book.searching !== null)) await load(chunk);
  const { rows } = book;
  if (rows === 0) return null;
  return Math.min(rows - 1, book.rowOfSeq(seq) ?? book.counts.rowsBefore(chunk));
}

/** The row whose time lies nearest to a moment; late lines stand elsewhere than their time says and are found all the same. */
export async function findMoment(book: LogBook, timeMs: number, load: Load): Promise<number | null> {
  const at = book.counts.chunkAtTime(timeMs);
  const near = [book.counts.nearestShown(at, -1), book.counts.nearestShown(at + 1, 1)].filter((chunk) => chunk !== null);
  await Promise.all(near.filter((chunk) => !book.isHeld(chunk)).map(load));
  let best: { row: number; offMs: number } | null = null;
  for (const chunk of near) {
    for (const { seq, time } of book.held.of(chunk)) {
      const offMs = Math.abs(logTimeMs(time) - timeMs);
      if (best !== null && offMs >= best.offMs) continue;
      const row = book.rowOfSeq(seq);
      if (row !== null) best = { row, offMs };
    }
  }
  return best?.row ?? null;
}

/** What is to be said of a moment that lies outside the lines shown; null if it lies among them. */
export function outsideWords(book: LogBook, timeMs: number): string | null {
  const first = book.counts.firstTimeMs(0);
  const last = book.lineAt(book.rows - 1);
  if (timeMs < first - 1) return `That is before the run's first line, ${formatLogTime((first / 1000).toFixed(6))}.`;
  if (last !== null && timeMs > logTimeMs(last.time) + 1)
    return `That is after the last line shown, ${formatLogTime(last.time)}.`;
  return null;
}
