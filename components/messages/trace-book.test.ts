import { describe, expect, it } from 'vitest';
import { exampleBatch } from './example-trace';
import { TraceBook } from './trace-book';

/** Points `from` to `to` of a batch, as a batch of their own. */
function part(batch: ReturnType<typeof exampleBatch>, from: number, to: number): ReturnType<typeof exampleBatch> {
  const { op, point, at, peer, tUs } = batch.points;
  const points = {
    op: op.slice(from, to),
    point: point.slice(from, to),
    at: at.slice(from, to),
    peer: peer.slice(from, to),
    tUs: tUs.slice(from, to),
  };
  return { ...batch, points };
}

describe('the book of operations', () => {
  it('is the same whether points come at once or in pieces, late ones among them', () => {
    const batch = exampleBatch({ replicas: 3, operations: 40, everyUs: 60 });
    const whole = new TraceBook();
    whole.add(batch);
    const pieces = new TraceBook();
    const size = 7;
    const starts = Array.from({ length: Math.ceil(batch.points.op.length / size) }, (_, i) => i * size);
    // Neighbours change places, as two replicas' reports do.
    for (let i = 0; i + 1 < starts.length; i += 2) [starts[i], starts[i + 1]] = [starts[i + 1] ?? 0, starts[i] ?? 0];
    for (const start of starts) pieces.add(part(batch, start, start + size));
    expect(pieces.operations.map(({ op, points }) => ({ op, points }))).toEqual(
      whole.operations.map(({ op, points }) => ({ op, points })),
    );
    for (const [fromUs, toUs] of [
      [0, 10],
      [500, 700],
      [-5, 5_000],
    ] as const) {
      expect(pieces.columns.countWithin(fromUs, toUs)).toBe(batch.points.tUs.filter((t) => t >= fromUs && t < toUs).length);
      expect(pieces.within(fromUs, toUs).map(({ op }) => op)).toEqual(whole.within(fromUs, toUs).map(({ op }) => op));
    }
  });

  it('finds an operation that spans the view without a point in it', () => {
    const batch = exampleBatch({ operations: 30, everyUs: 1_000 });
    // The first operation's reply came 20 ms late.
    const last = batch.points.op.lastIndexOf(64);
    batch.points.tUs[last] = 20_000;
    const book = new TraceBook();
    book.add(batch);
    expect(book.within(10_500, 10_600).map(({ op }) => op)).toEqual([64]);
  });

  it('keeps the newest and counts what it let go, late points of it too', () => {
    const book = new TraceBook(100);
    const early = exampleBatch({ operations: 5 });
    const perOperation = early.points.op.length / 5;
    book.add(early);
    const batch = exampleBatch({ operations: 10, firstOp: 6_400 });
    batch.points.tUs = batch.points.tUs.map((t) => t + 1_000_000);
    book.add(batch);
    expect(book.pointsKept).toBeLessThanOrEqual(100);
    expect(book.operations.at(-1)?.op).toBe(6_400 + 9 * 64);
    expect(book.pointsKept + book.droppedHere).toBe(15 * perOperation);
    const before = book.droppedHere;
    book.add(part(early, 0, 3));
    expect(book.droppedHere).toBe(before + 3);
    expect(book.find(64)).toBeUndefined();
    expect(book.columns.length).toBe(book.pointsKept);
  });

  it('forgets everything when told to', () => {
    const book = new TraceBook();
    book.add(exampleBatch({ operations: 5 }));
    book.add({ ...exampleBatch({ operations: 1, firstOp: 9_600 }), reset: true });
    expect(book.operations.map(({ op }) => op)).toEqual([9_600]);
    expect(book.columns.length).toBe(book.pointsKept);
  });
});
