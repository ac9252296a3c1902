import type { LogLine } from '@/server/domain/log-line';

/** A reader that is further behind than this is sent the newest ones alone, so that no more need be kept. */
const KEPT = 8192;

/** The newest matching lines of a view, in order of seq. */
export class RecentMatches {
  #lines: LogLine[] = [];
  #from = 1;

  /** Every matching line from this one on is here. */
  get from(): number {
    return this.#from;
  }

  /** from: set if lines before this one were not looked at; what is known of older ones is then no whole any more. */
  add(lines: LogLine[], from: number | null): void {
    if (from !== null) {
      this.#lines = [];
      this.#from = from;
    }
    this.#lines = this.#lines.length === 0 ? lines : this.#lines.concat(lines);
    // Cut in one go now and then: to shift on every line would cost more than the lines.
    if (this.#lines.length <= KEPT * 2) return;
    this.#lines = this.#lines.slice(-KEPT);
    this.#from = this.#lines[0]?.seq ?? this.#from;
  }

  /** Those behind `seq`, up to `toSeq`. */
  between(seq: number, toSeq: number): LogLine[] {
    return this.#lines.slice(this.#behind(seq), this.#behind(toSeq));
  }

  /** Place of the first line behind seq. */
  #behind(seq: number): number {
    let low = 0;
    let high = this.#lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#lines[middle]?.seq ?? 0) > seq) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
