import { describe, expect, it } from 'vitest';
import { exampleBatch } from './example-trace';
import { LaneView } from './lane-view';
import { widthOf } from './time-span';
import { TraceBook } from './trace-book';

function bookOf(operations: number): TraceBook {
  const book = new TraceBook();
  book.add(exampleBatch({ operations }));
  return book;
}

function later(book: TraceBook): void {
  const batch = exampleBatch({ operations: 1, firstOp: 64_000 });
  batch.points.tUs = batch.points.tUs.map((t) => t + 50_000);
  book.add(batch);
}

describe('the view of the lanes', () => {
  it('follows the newest operation, at the right, with the width that was zoomed to', () => {
    const book = bookOf(5);
    const view = new LaneView(book, 'follow');
    view.zoomBy(3, 0.2);
    const width = widthOf(view.span);
    expect(view.mode).toBe('follow');
    later(book);
    view.arrive();
    expect(widthOf(view.span)).toBeCloseTo(width, 6);
    expect(view.span.toUs).toBeGreaterThan(50_100);
    expect(view.span.toUs).toBeLessThan(50_100 + 0.1 * width);
  });

  it('stands still once it was moved, whatever arrives', () => {
    const book = bookOf(5);
    const view = new LaneView(book, 'follow');
    view.panBy(-0.5);
    const { span } = view;
    later(book);
    view.arrive();
    expect(view).toMatchObject({ mode: 'free', span });
  });

  it('grows with what arrives when it shows all', () => {
    const book = bookOf(5);
    const view = new LaneView(book, 'all');
    later(book);
    view.arrive();
    expect(view.span.fromUs).toBeLessThan(0);
    expect(view.span.toUs).toBeGreaterThan(50_100);
  });

  it('goes to the begin and the end without leaving what there is', () => {
    const view = new LaneView(bookOf(5), 'all');
    view.zoomBy(0.1, 0.5);
    view.toStart();
    view.panBy(-1);
    expect(view.span.fromUs).toBeLessThan(0);
    expect(view.span.fromUs).toBeGreaterThan(-500);
    view.toEnd();
    expect(view.span.toUs).toBeGreaterThan(4_100);
  });

  it('tells its listeners of every change, and of nothing else', () => {
    const view = new LaneView(bookOf(5), 'all');
    let told = 0;
    const stop = view.subscribe(() => told++);
    view.fitAll();
    expect(told).toBe(0);
    view.zoomBy(0.5, 0.5);
    expect(told).toBe(1);
    stop();
    view.zoomBy(0.5, 0.5);
    expect(told).toBe(1);
  });
});
