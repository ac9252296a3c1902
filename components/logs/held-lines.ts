import type { LogLine } from '@/server/api/types';

/** Lines that a page holds in all; the newest chunk and those in sight are kept whatever they weigh. */
export const HELD_LINES = 40_000;

/** A chunk's first shown lines and its last; what lies between them, if anything, was never sent or has not been fetched. */
type HeldChunk = { head: LogLine[]; tail: LogLine[] };

/**
 * New lines at a chunk's end. shown: how many the chunk has with them; isApart: others that are not here may lie between them
 * and those held; isCounted: `shown` is sure.
 */
type Appended = { shown: number; isApart: boolean; isCounted: boolean };

/** The lines that are here, by chunk; those looked at longest ago are let go first. */
export class HeldLines {
  /** In the order of their last use. */
  private readonly chunks = new Map<number, HeldChunk>();
  lines = 0;

  append(chunk: number, lines: LogLine[], { shown, isApart, isCounted }: Appended): void {
    const { head, tail } = this.chunks.get(chunk) ?? { head: [], tail: [] };
    // A page that was fetched a moment ago may have brought some of them already.
    const last = tail.at(-1)?.seq ?? head.at(-1)?.seq ?? 0;
    const fresh = (lines[0]?.seq ?? 0) > last ? lines : lines.filter(({ seq }) => seq > last);
    const open = tail.length > 0;
    // A second gap in one chunk: the lines between the two are let go, so that one gap remains.
    if (isApart && open) this.lines -= tail.length;
    const next: HeldChunk = { head, tail };
    if (isApart) next.tail = fresh;
    else for (const line of fresh) (open ? tail : head).push(line);
    this.lines += fresh.length;
    this.keep(chunk, isCounted ? closed(next, shown) : next);
  }

  /** What the server says a chunk shows; lines that came behind it while it was asked stay. */
  put(chunk: number, page: LogLine[], shown: number): void {
    const held = this.chunks.get(chunk);
    const last = page.at(-1)?.seq ?? 0;
    const newer = held === undefined ? [] : [...held.head, ...held.tail].filter((line) => line.seq > last);
    this.letGo(chunk);
    this.lines += page.length + newer.length;
    this.keep(chunk, closed({ head: page, tail: newer }, shown));
  }

  /** The nth shown line of a chunk that shows `shown`; null if it is not here. */
  line(chunk: number, nth: number, shown: number): LogLine | null {
    const held = this.chunks.get(chunk);
    if (held === undefined) return null;
    return held.head[nth] ?? held.tail[nth - (shown - held.tail.length)] ?? null;
  }

  /** Which of a chunk's shown lines has this seq, or stands first behind it; null if that is not known here. */
  nthOf(chunk: number, seq: number, shown: number): number | null {
    const held = this.chunks.get(chunk);
    if (held === undefined) return null;
    const { head, tail } = held;
    const inHead = firstFrom(head, seq);
    if (inHead < head.length) return inHead;
    const isWhole = head.length + tail.length === shown;
    const inTail = firstFrom(tail, seq);
    const exact = tail[inTail]?.seq === seq;
    return isWhole || inTail > 0 || exact ? shown - tail.length + inTail : null;
  }

  count(chunk: number): number {
    const held = this.chunks.get(chunk);
    return held === undefined ? 0 : held.head.length + held.tail.length;
  }

  /** How many of a chunk's lines are here from its first one on; null if there are others behind a gap. */
  contiguous(chunk: number): number | null {
    const held = this.chunks.get(chunk);
    if (held === undefined) return 0;
    return held.tail.length > 0 ? null : held.head.length;
  }

  /** Those of a chunk that are here, in order. */
  of(chunk: number): LogLine[] {
    const held = this.chunks.get(chunk);
    return held === undefined ? [] : [...held.head, ...held.tail];
  }

  touch(chunk: number): void {
    const held = this.chunks.get(chunk);
    if (held !== undefined) this.keep(chunk, held);
  }

  /** Lets go of what was used longest ago until the bound holds; those that `isNeeded` stay. */
  shrink(isNeeded: (chunk: number) => boolean): void {
    if (this.lines <= HELD_LINES) return;
    for (const chunk of this.chunks.keys()) {
      if (this.lines <= HELD_LINES) return;
      if (!isNeeded(chunk)) this.letGo(chunk);
    }
  }

  private letGo(chunk: number): void {
    this.lines -= this.count(chunk);
    this.chunks.delete(chunk);
  }

  private keep(chunk: number, held: HeldChunk): void {
    this.chunks.delete(chunk);
    this.chunks.set(chunk, held);
  }
}

/** Once nothing is missing between both ends, all of it is one piece. */
function closed(held: HeldChunk, shown: number): HeldChunk {
  const { head, tail } = held;
  if (tail.length === 0 || head.length + tail.length < shown) return held;
  return { head: head.length === 0 ? tail : [...head, ...tail], tail: [] };
}

/** Index of the first line with at least this seq. */
function firstFrom(lines: readonly LogLine[], seq: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.seq ?? 0) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
