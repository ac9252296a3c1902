/** What comes from the server on its way into the book; while the view is paused it waits here, counted. */
import type { TraceBatch } from '@/server/api/types';
import { POINTS_KEPT, TraceBook } from './trace-book';
import { POINT } from './trace-points';

export class TraceFeed {
  readonly book = new TraceBook();
  private held: TraceBatch[] = [];
  private holding = false;
  private heldPoints = 0;

  constructor(private readonly most: number = POINTS_KEPT) {}

  /** Operations whose reply waits. */
  get waiting(): number {
    return this.held.reduce((sum, { points }) => sum + points.point.filter((p) => p === POINT.client_receive).length, 0);
  }

  receive(batch: TraceBatch): void {
    if (!this.holding) {
      this.book.add(batch);
      return;
    }
    if (batch.reset) this.letGo(this.held.length);
    this.held.push(batch);
    this.heldPoints += batch.points.op.length;
    let gone = 0;
    let excess = this.heldPoints - this.most;
    while (excess > 0 && gone < this.held.length - 1) {
      excess -= this.held[gone]?.points.op.length ?? 0;
      gone++;
    }
    // The book would drop them too when they came in; a page that is paused over night must not grow without end.
    this.book.droppedHere += this.letGo(gone);
  }

  /** Holds what comes, or lets in what waited. */
  hold(holding: boolean): void {
    if (this.holding === holding) return;
    this.holding = holding;
    if (holding) return;
    const waited = this.held;
    this.letGo(waited.length);
    for (const batch of waited) this.book.add(batch);
  }

  private letGo(count: number): number {
    const points = this.held.slice(0, count).reduce((sum, batch) => sum + batch.points.op.length, 0);
    this.held = this.held.slice(count);
    this.heldPoints -= points;
    return points;
  }
}
