import type { LogBatch, LogFilter, LogLine, LogPage } from '@/server/api/types';
import { type AskChunk, ChunkWishes } from './chunk-wishes';
import { findMoment, findSeq, outsideWords } from './find-line';
import { LogBook } from './log-book';
import { RowWindow } from './row-window';

type ReaderOptions = {
  ask: (filter: LogFilter, ...rest: Parameters<AskChunk>) => Promise<LogPage>;
  /** Runs something before the next paint, once however often it is asked for. */
  beforePaint: (run: () => void) => void;
};

/**
 * Somebody who reads a log: what is known of it, which rows are in sight, whether the end is followed, which line is
 * selected. Lives outside React, so that a batch costs what it brings; views are told at most once per frame.
 */
export class LogReader {
  book = new LogBook();
  readonly window = new RowWindow(20);
  /** Of the lines shown; while another one is on its way, the last one's lines stay. */
  filter: LogFilter | null = null;
  follow = true;
  /** The run is over: nothing new can be followed any more. */
  isComplete = false;
  selected: LogLine | null = null;
  /** What the last jump had to say. */
  notice: string | null = null;
  /** Why lines in sight could not be fetched, as long as that is so. */
  failure: unknown = null;
  version = 0;
  private pausedAt = 0;
  private jumps = 0;
  /** The mark jumped to last, which the filter may hide. */
  private markAt: number | null = null;
  private wishes: ChunkWishes;
  private waitingJump: (() => void) | null = null;
  private onScreen = { first: 0, scrollTop: 0, isLast: true };
  private readonly listeners = new Set<() => void>();

  constructor(private readonly options: ReaderOptions) {
    this.wishes = this.wishesFor(null);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Shown lines that came since the reader paused. */
  get waiting(): number {
    return this.follow ? 0 : this.book.arrived - this.pausedAt;
  }

  get hasArrived(): boolean {
    return this.filter !== null;
  }

  /** A batch of the lines that `filter` shows; another object is another filter. */
  take(batch: LogBatch, filter: LogFilter): void {
    const isNew = filter !== this.filter;
    // The first batch behind a filter is a reset; anything else is the last filter's straggler.
    if (isNew && !batch.reset) return;
    if (isNew) this.open(filter);
    this.change(() => this.book.append(batch, this.isInSight));
    if (this.isComplete) this.book.lagMs = null;
    if (isNew) this.pausedAt = this.book.arrived;
    const jump = this.waitingJump;
    this.waitingJump = null;
    jump?.();
  }

  /** The list stands on the screen as the window says. */
  painted(scrollTop: number): void {
    const { first, size, rows } = this.window;
    this.onScreen = { first, scrollTop, isLast: first + size >= rows };
  }

  /**
   * The box stands elsewhere than it was put: the reader's own hand moved it, by wheel, finger, key or bar. maxTop: as far as
   * it can go. The window may have gone on since it was painted, so that the place is told from what is on the screen.
   */
  scrolled(scrollTop: number, maxTop: number): void {
    const { first, scrollTop: before, isLast } = this.onScreen;
    if (Math.abs(scrollTop - before) < 1) return;
    this.onScreen.scrollTop = scrollTop;
    const isAtEnd = scrollTop >= maxTop - this.window.rowPx;
    if (this.follow && !(isAtEnd && isLast)) this.setFollow(false);
    if (this.follow) return;
    this.window.scrollTop = scrollTop + this.window.offsetOf(first);
    this.window.settle();
    if (scrollTop > before && isAtEnd && isLast) this.setFollow(true);
    this.publish();
  }

  resized(viewPx: number, rowPx: number): void {
    const top = this.window.topRow;
    const isOther = rowPx !== this.window.rowPx;
    const wasSeen = !this.isPastJump;
    this.window.viewPx = viewPx;
    this.window.rowPx = rowPx;
    if (this.follow) this.window.toEnd();
    else if (isOther) this.window.toRow(top, 'top');
    else this.window.settle();
    // The selected line's own detail takes room away from the list; it must not hide what it speaks of.
    if (wasSeen && !this.follow && this.selected !== null) {
      this.window.toRow(this.book.rowOfSeq(this.selected.seq) ?? top, 'nearest');
    }
    this.publish();
  }

  setFollow(follow: boolean): void {
    if (follow === this.follow) return;
    this.jumps += 1;
    this.follow = follow;
    this.pausedAt = this.book.arrived;
    if (follow) {
      this.notice = null;
      this.window.toEnd();
    }
    this.publish();
  }

  goToRow(row: number): void {
    this.setFollow(false);
    this.window.toRow(row, 'top');
    this.publish();
  }

  select(line: LogLine): void {
    this.setFollow(false);
    this.markAt = null;
    this.notice = null;
    this.selected = line;
    this.publish();
  }

  unselect(): void {
    this.selected = null;
    this.publish();
  }

  /** The selected line, to which the last jump led, is no longer in sight. */
  get isPastJump(): boolean {
    const row = this.selected === null ? null : this.book.rowOfSeq(this.selected.seq);
    const { from, to } = this.window.inSight;
    return row === null || row < from || row >= to;
  }

  /** The next selected line, `step` rows further; without one the first in sight, or the newest while the end is followed. */
  async move(step: number): Promise<void> {
    if (this.book.rows === 0) return;
    const { from, to } = this.window.inSight;
    const first = this.follow ? to - 1 : from;
    this.setFollow(false);
    this.markAt = null;
    this.notice = null;
    const at = this.selected === null ? null : this.book.rowOfSeq(this.selected.seq);
    await this.reach(at === null ? first : at + step, 'nearest');
  }

  /** Selects a line or, if the filter hides it, the next one that is shown. */
  goToSeq(seq: number): void {
    this.jump(async () => {
      this.window.toRow(this.book.roughRowOfSeq(seq), 'third');
      const row = await findSeq(this.book, seq, this.load);
      const found = row === null ? null : this.book.lineAt(row);
      const words = seq > this.book.total ? 'is not in this log' : 'is hidden by the filter';
      return { row, notice: found?.seq === seq ? null : `Line ${seq} ${words}; the nearest one shown is selected.` };
    });
  }

  /** Goes to the next or the last thing that happened; false if there is none. */
  goToMark(step: 1 | -1): boolean {
    const from = this.markAt ?? this.selected?.seq ?? this.book.lineAt(this.window.topRow)?.seq ?? 0;
    const { marks } = this.book;
    const mark = step > 0 ? marks.find(({ seq }) => seq > from) : marks.findLast(({ seq }) => seq < from);
    if (mark === undefined) return false;
    this.goToSeq(mark.seq);
    this.markAt = mark.seq;
    return true;
  }

  /** Selects the line nearest to a moment, in milliseconds since the Unix epoch. */
  goToMoment(timeMs: number): void {
    this.jump(async () => {
      const row = await findMoment(this.book, timeMs, this.load);
      return { row, notice: outsideWords(this.book, timeMs) };
    });
  }

  /** Tells which chunks are in sight and not here; they are fetched. */
  fetchSight(): void {
    const { from, to } = this.window.drawn;
    this.book.touch(from, to);
    this.wishes.want(this.book.missingIn(from, to));
  }

  /** Nothing further will come: how far behind the last word was is of no interest any more. */
  finish(): void {
    this.isComplete = true;
    this.book.lagMs = null;
    this.publish();
  }

  /** Nobody looks any more. */
  rest(): void {
    this.wishes.want([]);
    this.jumps += 1;
  }

  private open(filter: LogFilter): void {
    const top = this.follow ? null : (this.selected ?? this.book.lineAt(this.window.topRow));
    this.filter = filter;
    this.book = new LogBook();
    this.notice = null;
    this.wishes.close();
    this.wishes = this.wishesFor(filter);
    // Who paused wants to read on where he paused, whatever else is shown now.
    if (top !== null) this.waitingJump ??= () => this.stayAt(top);
  }

  private stayAt(line: LogLine): void {
    const isSelected = this.selected?.seq === line.seq;
    this.jump(async () => {
      this.window.toRow(this.book.roughRowOfSeq(line.seq), 'top');
      return { row: await findSeq(this.book, line.seq, this.load), notice: null, how: isSelected ? 'third' : 'top' };
    });
  }

  private jump(find: () => Promise<Jump>): void {
    this.setFollow(false);
    if (!this.hasArrived) {
      this.waitingJump = () => this.jump(find);
      return;
    }
    this.jumps += 1;
    this.markAt = null;
    const own = this.jumps;
    const finding = find();
    this.publish();
    void finding.then(async ({ row, notice, how = 'third' }) => {
      if (own !== this.jumps || row === null) return;
      this.notice = notice;
      if (how === 'top') this.window.toRow(row, 'top');
      else await this.reach(row, how);
      this.publish();
    });
  }

  private async reach(row: number, how: 'third' | 'nearest'): Promise<void> {
    const at = Math.max(0, Math.min(row, this.book.rows - 1));
    this.window.toRow(at, how);
    this.publish();
    const chunk = this.book.counts.placeOf(at)?.chunk;
    if (this.book.lineAt(at) === null && chunk !== undefined) await this.load(chunk);
    this.selected = this.book.lineAt(at) ?? this.selected;
    this.publish();
  }

  private readonly load = async (chunk: number): Promise<void> => {
    await this.wishes.load(chunk);
  };

  private readonly isInSight = (chunk: number): boolean => {
    const { from, to } = this.window.drawn;
    return this.book.holdsRowOf(chunk, from, to);
  };

  /** Whatever changes the counts leaves the rows in sight where they are, or the end in sight. */
  private change(mutate: () => void): void {
    const top = this.window.topRow;
    const anchor = this.book.anchorOf(top);
    mutate();
    this.window.rows = this.book.rows;
    if (this.follow) this.window.toEnd();
    else this.window.shiftRows(anchor === null ? 0 : this.book.rowOfAnchor(anchor) - top);
    this.publish();
  }

  private wishesFor(filter: LogFilter | null): ChunkWishes {
    const wishes: ChunkWishes = new ChunkWishes({
      ask: (chunk, signal) =>
        filter === null ? Promise.reject(new Error('no filter')) : this.options.ask(filter, chunk, signal),
      onPage: (page) => this.change(() => this.book.put(page, this.isInSight)),
      onFailure: (error) => {
        if (this.failure === error) return;
        this.failure = error;
        this.publish();
      },
    });
    return wishes;
  }

  private publish(): void {
    this.options.beforePaint(() => {
      this.version += 1;
      for (const listener of this.listeners) listener();
    });
  }
}

type Jump = { row: number | null; notice: string | null; how?: 'third' | 'top' };
