import type { LogBatch, LogLine, LogMarkAt, LogPage } from '@/server/api/types';
import { ChunkCounts } from './chunk-counts';
import { HeldLines } from './held-lines';

/** As on the server: chunk c holds seq c * 2000 + 1 to (c + 1) * 2000. */
const CHUNK_LINES = 2000;
export const chunkOf = (seq: number): number => Math.floor((seq - 1) / CHUNK_LINES);

/** Marks kept for the map and for jumping; of more, the oldest are let go. */
export const KEPT_MARKS = 4000;

/** A shown line's place that stays right while counts before it change. */
export type Anchor = { chunk: number; nth: number; seq: number | null };

/**
 * What a page knows of a log behind one filter: how many lines every chunk shows, and the lines themselves where they are
 * in sight or were not long ago. A batch costs what it brings, however long the log is.
 */
export class LogBook {
  counts = new ChunkCounts();
  held = new HeldLines();
  marks: LogMarkAt[] = [];
  total = 0;
  shown = 0;
  dropped = 0;
  late = 0;
  lagMs: number | null = null;
  searching: LogBatch['searching'] = null;
  /** The highest seq that was sent, skipped or looked at by a reset; a line at or below it is a double. */
  lastSeq = 0;
  /** Shown lines that came since the book was opened, skipped ones among them; a paused reader waits for the difference. */
  arrived = 0;
  /** Lines that were sent, and lines that were told of instead: both together are all that the filter shows. */
  received = 0;
  skipped = 0;
  /** Lines that were skipped and have not been fetched. */
  behind = 0;
  private skippedOf = new Map<number, number>();

  /** Renews the numbers and takes the lines up. isNeeded: chunks whose lines stay whatever they weigh. */
  append(batch: LogBatch, isNeeded: (chunk: number) => boolean = () => false): void {
    const before = this.shown;
    if (batch.reset) this.clear();
    const knownSeq = this.lastSeq;
    const fresh = batch.lines.filter((line) => line.seq > knownSeq);
    const skipped = batch.skipped !== null && batch.skipped.toSeq > knownSeq ? batch.skipped : null;
    this.takeCounts(batch);
    for (const [chunk, lines] of byChunk(fresh)) this.takeLines(chunk, lines, { ...batch, skipped });
    if (skipped !== null) this.countSkipped(skipped);
    this.lastSeq = batch.reset ? batch.total : Math.max(knownSeq, skipped?.toSeq ?? 0, fresh.at(-1)?.seq ?? 0);
    this.arrived += batch.reset ? Math.max(0, batch.shown - before) : fresh.length + (skipped?.lines ?? 0);
    this.received += fresh.length;
    this.skipped += batch.reset ? batch.shown - fresh.length : (skipped?.lines ?? 0);
    this.takeMarks(batch.marks);
    this.total = batch.total;
    this.shown = batch.shown;
    this.dropped = batch.dropped;
    this.late = batch.late;
    this.lagMs = batch.lagMs ?? this.lagMs;
    this.searching = batch.searching;
    this.held.shrink((chunk) => chunk >= chunkOf(this.lastSeq) || isNeeded(chunk));
  }

  /** A chunk that was fetched. Lines behind those the counts know of come by the subscription and are not taken twice. */
  put(page: LogPage, isNeeded: (chunk: number) => boolean = () => false): void {
    const { chunk } = page;
    if (page.complete && (chunk + 1) * CHUNK_LINES <= this.total) this.counts.setShown(chunk, page.lines.length);
    const shown = this.counts.shown(chunk);
    this.held.put(chunk, page.lines.slice(0, shown), shown);
    this.behind -= this.skippedOf.get(chunk) ?? 0;
    this.skippedOf.delete(chunk);
    this.held.shrink((other) => other === chunk || other >= chunkOf(this.lastSeq) || isNeeded(other));
  }

  /**
   * Rows of the list. The counts run ahead of the lines when a batch could not hold all there was: what is yet to be sent has
   * no row, else the end of the list would be blank until it comes.
   */
  get rows(): number {
    const chunk = chunkOf(this.lastSeq + 1);
    const sent = this.held.contiguous(chunk);
    return sent === null ? this.counts.rows : this.counts.rowsBefore(chunk) + sent;
  }

  /** The line at a row of the list; null if it is not here. */
  lineAt(row: number): LogLine | null {
    const place = this.counts.placeOf(row);
    return place === null ? null : this.held.line(place.chunk, place.nth, this.counts.shown(place.chunk));
  }

  /** The row of a line or, if the filter hides it, of the next one that is shown; null if its chunk is not here. */
  rowOfSeq(seq: number): number | null {
    const chunk = chunkOf(seq);
    const nth = this.held.nthOf(chunk, seq, this.counts.shown(chunk));
    return nth === null ? null : this.counts.rowsBefore(chunk) + nth;
  }

  /** About where a line stands, known without its chunk. */
  roughRowOfSeq(seq: number): number {
    const chunk = chunkOf(seq);
    const share = (seq - 1 - chunk * CHUNK_LINES) / CHUNK_LINES;
    return this.counts.rowsBefore(chunk) + Math.floor(this.counts.shown(chunk) * share);
  }

  anchorOf(row: number): Anchor | null {
    const place = this.counts.placeOf(row);
    return place === null ? null : { ...place, seq: this.lineAt(row)?.seq ?? null };
  }

  rowOfAnchor({ chunk, nth, seq }: Anchor): number {
    const exact = seq === null ? null : this.rowOfSeq(seq);
    return exact ?? this.counts.rowsBefore(chunk) + Math.min(nth, this.counts.shown(chunk));
  }

  /** These rows are looked at: their chunks are let go last. */
  touch(from: number, to: number): void {
    for (let chunk = this.chunkOfRow(from); chunk <= this.chunkOfRow(to - 1); chunk += 1) this.held.touch(chunk);
  }

  holdsRowOf(chunk: number, from: number, to: number): boolean {
    return chunk >= this.chunkOfRow(from) && chunk <= this.chunkOfRow(to - 1);
  }

  /** Chunks of which one of these rows is not here, the last first. */
  missingIn(from: number, to: number): number[] {
    const missing = new Set<number>();
    for (let row = to - 1; row >= from; row -= 1) if (this.lineAt(row) === null) missing.add(this.chunkOfRow(row));
    missing.delete(-1);
    return [...missing];
  }

  /** All shown lines of the chunk are here. */
  isHeld(chunk: number): boolean {
    return this.held.count(chunk) >= this.counts.shown(chunk);
  }

  /** -1 for a row that is not there. */
  private chunkOfRow(row: number): number {
    return this.counts.placeOf(row)?.chunk ?? -1;
  }

  private clear(): void {
    this.counts = new ChunkCounts();
    this.held = new HeldLines();
    this.skippedOf = new Map();
    this.marks = [];
    this.lastSeq = 0;
    this.received = 0;
    this.skipped = 0;
    this.behind = 0;
  }

  private takeCounts({ chunks }: LogBatch): void {
    for (const count of chunks) {
      // While the server still searches, a count may lag behind the lines that are here already.
      this.counts.set({ ...count, shown: Math.max(count.shown, this.held.count(count.chunk)) });
    }
  }

  private takeLines(chunk: number, lines: LogLine[], { searching, skipped, reset }: LogBatch): void {
    const heldAfter = this.held.count(chunk) + lines.length;
    if (heldAfter > this.counts.shown(chunk)) this.counts.setShown(chunk, heldAfter);
    this.held.append(chunk, lines, {
      shown: this.counts.shown(chunk),
      isApart: reset || (skipped !== null && chunkOf(skipped.fromSeq) <= chunk && chunk <= chunkOf(skipped.toSeq)),
      // While the server searches, nobody knows how many lines of a chunk stand before those that were sent.
      isCounted: searching === null,
    });
  }

  private countSkipped(skipped: NonNullable<LogBatch['skipped']>): void {
    this.behind += skipped.lines;
    let left = skipped.lines;
    for (let chunk = chunkOf(skipped.fromSeq); chunk <= chunkOf(skipped.toSeq) && left > 0; chunk += 1) {
      const known = this.skippedOf.get(chunk) ?? 0;
      const here = Math.max(0, Math.min(left, this.counts.shown(chunk) - this.held.count(chunk) - known));
      if (here > 0) this.skippedOf.set(chunk, known + here);
      left -= here;
    }
  }

  private takeMarks(marks: readonly LogMarkAt[]): void {
    const last = this.marks.at(-1)?.seq ?? 0;
    const fresh = marks.filter((mark) => mark.seq > last);
    if (fresh.length > 0) this.marks = [...this.marks, ...fresh].slice(-KEPT_MARKS);
  }
}

/** Lines in order of seq are in order of their chunks. */
function byChunk(lines: readonly LogLine[]): Map<number, LogLine[]> {
  const found = new Map<number, LogLine[]>();
  for (const line of lines) {
    const chunk = chunkOf(line.seq);
    const known = found.get(chunk);
    if (known === undefined) found.set(chunk, [line]);
    else known.push(line);
  }
  return found;
}
