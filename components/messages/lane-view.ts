/** Which stretch of time is in view, and whether it moves with what arrives. */
import { durationUs, type Operation } from './operations';
import { around, pan, type TimeSpan, widthOf, zoom } from './time-span';
import type { TraceBook } from './trace-book';

/** follow: the newest operation at the right; all: everything there is; free: stands still. */
export type LaneMode = 'follow' | 'all' | 'free';

const NOTHING: TimeSpan = { fromUs: 0, toUs: 1_000 };
/** Older than this at the end of a batch, an operation that has no reply yet will hardly get one. */
const SEARCHED = 64;

export class LaneView {
  span: TimeSpan = NOTHING;
  private kept: LaneMode;
  /** Set by zooming while following; until then each newest operation fills the view. */
  private followWidthUs: number | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly book: TraceBook,
    mode: LaneMode,
  ) {
    this.kept = mode;
    this.arrive();
  }

  get mode(): LaneMode {
    return this.kept;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The book grew. */
  arrive(): void {
    if (this.kept === 'follow') this.move(this.newest() ?? this.span, 'follow');
    else if (this.kept === 'all') this.move(this.bounds(), 'all');
  }

  fitAll(): void {
    this.move(this.bounds(), 'all');
  }

  follow(): void {
    this.followWidthUs = null;
    this.move(this.newest() ?? this.span, 'follow');
  }

  free(): void {
    this.move(this.span, 'free');
  }

  show(span: TimeSpan): void {
    this.move(span, 'free');
  }

  showOperation({ firstUs, lastUs }: Operation): void {
    this.show(around(firstUs, lastUs));
  }

  /** `anchor`: 0 is the left edge, 1 the right. While following the right edge stands. */
  zoomBy(factor: number, anchor: number): void {
    const following = this.kept === 'follow';
    const span = zoom(this.span, factor, following ? 1 : anchor, this.bounds());
    if (following) this.followWidthUs = widthOf(span);
    this.move(span, following ? 'follow' : 'free');
  }

  panBy(share: number): void {
    this.move(pan(this.span, share, this.bounds()), 'free');
  }

  toStart(): void {
    const { fromUs } = this.bounds();
    this.move({ fromUs, toUs: fromUs + widthOf(this.span) }, 'free');
  }

  toEnd(): void {
    const { toUs } = this.bounds();
    this.move({ fromUs: toUs - widthOf(this.span), toUs }, 'free');
  }

  private bounds(): TimeSpan {
    const { firstUs, lastUs } = this.book.columns;
    return firstUs === null || lastUs === null ? NOTHING : around(firstUs, lastUs);
  }

  private newest(): TimeSpan | null {
    const { operations } = this.book;
    for (let i = operations.length - 1; i >= Math.max(0, operations.length - SEARCHED); i--) {
      const operation = operations[i];
      if (operation === undefined || durationUs(operation) === null) continue;
      const span = around(operation.firstUs, operation.lastUs);
      return this.followWidthUs === null ? span : { fromUs: span.toUs - this.followWidthUs, toUs: span.toUs };
    }
    return null;
  }

  private move(span: TimeSpan, mode: LaneMode): void {
    if (span.fromUs === this.span.fromUs && span.toUs === this.span.toUs && mode === this.kept) return;
    this.span = span;
    this.kept = mode;
    for (const listener of this.listeners) listener();
  }
}
