/**
 * Browsers cap the height of an element near 33 million pixels and place things to the pixel below 16 million only, so that a
 * long list is shown as a window of this height, which moves when the reader comes near its edge.
 */
export const WINDOW_PX = 10_000_000;

/** The window moves when fewer pixels than this are left to an edge with more rows behind it. */
const EDGE_PX = 20_000;

/** Rows drawn beyond both ends of the sight, so that a scroll never shows a blank. */
const OVERSCAN = 12;

export type Rows = { from: number; to: number };

/** Which rows of a list are in sight. All heights are fixed, so every place is arithmetic. */
export class RowWindow {
  /** Rows in the list. */
  rows = 0;
  /** First row of the window. */
  first = 0;
  /** Of the box that scrolls, from the window's upper edge. */
  scrollTop = 0;
  viewPx = 0;

  constructor(public rowPx: number) {}

  /** Rows of the window. */
  get size(): number {
    return Math.min(this.rows - this.first, Math.floor(WINDOW_PX / this.rowPx));
  }

  get heightPx(): number {
    return this.size * this.rowPx;
  }

  get maxScrollTop(): number {
    return Math.max(0, this.heightPx - this.viewPx);
  }

  /** The row at the upper edge of the sight. */
  get topRow(): number {
    return this.first + Math.floor(this.scrollTop / this.rowPx);
  }

  /** Rows that are at least partly in sight. */
  get inSight(): Rows {
    const to = this.first + Math.ceil((this.scrollTop + this.viewPx) / this.rowPx);
    return { from: Math.min(this.topRow, this.rows), to: Math.min(this.rows, to) };
  }

  get drawn(): Rows {
    const { from, to } = this.inSight;
    return { from: Math.max(this.first, from - OVERSCAN), to: Math.min(this.first + this.size, to + OVERSCAN) };
  }

  get isAtEnd(): boolean {
    return this.first + this.size >= this.rows && this.scrollTop >= this.maxScrollTop - this.rowPx;
  }

  /** Pixels of a row below the window's upper edge. */
  offsetOf(row: number): number {
    return (row - this.first) * this.rowPx;
  }

  toEnd(): void {
    this.first = Math.max(0, this.rows - Math.floor(WINDOW_PX / this.rowPx));
    this.scrollTop = this.maxScrollTop;
  }

  /** Puts a row a third below the upper edge; with `nearest` only as far into sight as it takes. */
  toRow(row: number, how: 'third' | 'nearest' | 'top'): void {
    const at = Math.max(0, Math.min(row, this.rows - 1));
    if (at < this.first || at >= this.first + this.size) this.centre(at);
    const offset = this.offsetOf(at);
    if (how === 'third') this.scrollTop = offset - Math.floor(this.viewPx / 3 / this.rowPx) * this.rowPx;
    else if (how === 'top' || offset < this.scrollTop) this.scrollTop = offset;
    else if (offset + this.rowPx > this.scrollTop + this.viewPx) this.scrollTop = offset + this.rowPx - this.viewPx;
    this.settle();
  }

  /** Rows came above those in sight: they stay where they are on the screen, whatever their number is now. */
  shiftRows(by: number): void {
    this.first = Math.max(0, Math.min(this.first + by, Math.max(0, this.rows - 1)));
    this.settle();
  }

  /** Moves the window if the sight is near an edge that isn't the list's own, and keeps the sight inside it. */
  settle(): void {
    const room = Math.floor(WINDOW_PX / this.rowPx);
    const isNearTop = this.first > 0 && this.scrollTop < EDGE_PX;
    const isNearEnd = this.first + this.size < this.rows && this.scrollTop > this.heightPx - this.viewPx - EDGE_PX;
    if (isNearTop || isNearEnd) {
      const part = this.scrollTop % this.rowPx;
      const top = this.topRow;
      this.first = Math.max(0, Math.min(top - Math.floor(room / 2), Math.max(0, this.rows - room)));
      this.scrollTop = this.offsetOf(top) + part;
    }
    this.scrollTop = Math.max(0, Math.min(this.scrollTop, this.maxScrollTop));
  }

  private centre(row: number): void {
    const room = Math.floor(WINDOW_PX / this.rowPx);
    this.first = Math.max(0, Math.min(row - Math.floor(room / 2), Math.max(0, this.rows - room)));
    this.scrollTop = this.offsetOf(row);
  }
}
