import { describe, expect, it } from 'vitest';
import { exampleBatch } from './example-trace';
import { TraceFeed } from './trace-feed';

describe('a paused trace', () => {
  it('holds what comes, counts it, and lets it in whole', () => {
    const feed = new TraceFeed();
    feed.receive(exampleBatch({ operations: 3 }));
    feed.hold(true);
    feed.receive(exampleBatch({ operations: 5, firstOp: 6_400 }));
    expect(feed.book.operations).toHaveLength(3);
    expect(feed.waiting).toBe(5);
    feed.hold(false);
    expect(feed.book.operations).toHaveLength(8);
    expect(feed.waiting).toBe(0);
  });

  it('holds no more than its bound and counts what it let go', () => {
    const one = exampleBatch({ operations: 1 }).points.op.length;
    const feed = new TraceFeed(one * 2);
    feed.hold(true);
    for (let i = 1; i <= 5; i++) feed.receive(exampleBatch({ operations: 1, firstOp: i * 64 }));
    expect(feed.waiting).toBe(2);
    expect(feed.book.droppedHere).toBe(one * 3);
    feed.hold(false);
    expect(feed.book.operations.map(({ op }) => op)).toEqual([256, 320]);
  });

  it('forgets what waits when the server begins anew', () => {
    const feed = new TraceFeed();
    feed.hold(true);
    feed.receive(exampleBatch({ operations: 4 }));
    feed.receive({ ...exampleBatch({ operations: 1 }), reset: true });
    expect(feed.waiting).toBe(1);
  });
});
