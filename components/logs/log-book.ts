import type { LogBatch, LogLine } from '@/server/api/types';
import type { Matcher } from './log-filter';

/** Lines that one browser keeps; older ones are on the server and in the download. */
export const KEPT_LINES = 50_000;

/** A gap in the lines: the reader was too slow, or older lines were let go. */
export type Gap = { fromSeq: number; toSeq: number };

/**
 * The lines a page holds and those the filter shows. Both grow by appending, so that a batch costs what it brings and not
 * what is already there.
 */
export class LogBook {
  private lines: LogLine[] = [];
  private shown: LogLine[] = [];
  private matcher: Matcher;
  gaps: Gap[] = [];
  total = 0;
  dropped = 0;
  version = 0;

  constructor(matcher: Matcher) {
    this.matcher = matcher;
  }

  get kept(): number {
    return this.lines.length;
  }

  get visible(): readonly LogLine[] {
    return this.shown;
  }

  append(batch: LogBatch): void {
    if (batch.reset) this.clear();
    const last = this.lines.at(-1)?.seq ?? 0;
    const fresh = batch.lines.filter((line) => line.seq > last);
    if (batch.skipped !== null) this.gaps = [...this.gaps, batch.skipped];
    this.lines.push(...fresh);
    this.shown.push(...fresh.filter(this.matcher.test));
    this.total = batch.total;
    this.dropped = batch.dropped;
    if (this.lines.length > KEPT_LINES * 1.1) this.letGo();
    this.version += 1;
  }

  setMatcher(matcher: Matcher): void {
    this.matcher = matcher;
    this.shown = this.lines.filter(matcher.test);
    this.version += 1;
  }

  private clear(): void {
    this.lines = [];
    this.shown = [];
    this.gaps = [];
  }

  /** In one piece of a tenth now and then, because shifting an array on each line would cost its whole length. */
  private letGo(): void {
    this.lines = this.lines.slice(-KEPT_LINES);
    const first = this.lines[0]?.seq ?? 0;
    const from = this.shown.findIndex((line) => line.seq >= first);
    this.shown = from === -1 ? [] : this.shown.slice(from);
  }
}
