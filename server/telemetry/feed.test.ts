import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Feed, type FeedBatch, type FeedSubscription } from './feed';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

/** Subscribes and gathers batches until told to stop. */
function collect<T>(feed: Feed<T>, options: Partial<FeedSubscription> = {}) {
  const controller = new AbortController();
  const batches: FeedBatch<T>[] = [];
  const done = (async () => {
    for await (const batch of feed.subscribe({ signal: controller.signal, ...options })) batches.push(batch);
  })();
  return { batches, done, stop: () => controller.abort(), items: () => batches.flatMap(({ items }) => items) };
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('a feed', () => {
  it('sends what is there at once, then a batch every 50 ms', async () => {
    const feed = new Feed<number>({ capacity: 100, epoch: 'e1' });
    feed.push([1, 2]);
    const reader = collect(feed);
    await pass(0);
    expect(reader.batches).toEqual([{ id: 'e1:2', reset: true, items: [1, 2], skipped: null, total: 2, dropped: 0 }]);
    for (const item of numbers(3, 12)) {
      feed.push([item]);
      await pass(10);
    }
    await pass(50);
    expect(reader.items()).toEqual(numbers(1, 12));
    expect(reader.batches.length).toBeLessThanOrEqual(4);
    expect(reader.batches.slice(1).every(({ reset }) => !reset)).toBe(true);
    reader.stop();
    await reader.done;
  });

  it('goes on behind the last id without losing or doubling an item', async () => {
    const feed = new Feed<number>({ capacity: 1000, epoch: 'e1' });
    const seen: number[] = [];
    let after: string | null = null;
    for (let round = 0; round < 10; round += 1) {
      feed.push(numbers(round * 7 + 1, round * 7 + 7));
      const reader: ReturnType<typeof collect<number>> = collect(feed, { after, maxBatch: 3 });
      await pass(60);
      reader.stop();
      await reader.done;
      seen.push(...reader.items());
      after = reader.batches.at(-1)?.id ?? after;
    }
    expect(seen).toEqual(numbers(1, seen.length));
    expect(seen.length).toBeGreaterThan(30);
  });

  it('begins anew when the id is of another epoch, or not an id at all', async () => {
    const feed = new Feed<number>({ capacity: 100, epoch: 'e2' });
    feed.push([1, 2, 3]);
    for (const after of ['e1:2', 'nonsense', 'e2:x', 'e2:99', 'e2:-1']) {
      const reader = collect(feed, { after });
      await pass(0);
      expect(reader.batches[0]).toMatchObject({ reset: true, items: [1, 2, 3] });
      reader.stop();
      await reader.done;
    }
  });

  it('begins where a new subscriber asks', async () => {
    const feed = new Feed<number>({ capacity: 100 });
    feed.push(numbers(1, 10));
    const reader = collect(feed, { fromSeq: 8 });
    await pass(0);
    expect(reader.items()).toEqual([8, 9, 10]);
    reader.stop();
  });

  it('says which items left the ring before they could be sent', async () => {
    const feed = new Feed<number>({ capacity: 5, epoch: 'e1' });
    feed.push([1, 2, 3]);
    const reader = collect(feed);
    await pass(0);
    feed.push(numbers(4, 20));
    await pass(50);
    expect(reader.batches[1]).toEqual({
      id: 'e1:20',
      reset: false,
      items: numbers(16, 20),
      skipped: { fromSeq: 4, toSeq: 15 },
      total: 20,
      dropped: 12,
    });
    expect(feed).toMatchObject({ oldestSeq: 16, lastSeq: 20, nextSeq: 21, dropped: 15 });
    reader.stop();
  });

  it('tells one who resumes too late what is gone', async () => {
    const feed = new Feed<number>({ capacity: 5, epoch: 'e1' });
    feed.push(numbers(1, 20));
    const reader = collect(feed, { after: 'e1:10' });
    await pass(0);
    expect(reader.batches[0]).toMatchObject({ reset: false, skipped: { fromSeq: 11, toSeq: 15 }, items: numbers(16, 20) });
    reader.stop();
  });

  it('waits while the receiver is congested and then sends one larger batch', async () => {
    const feed = new Feed<number>({ capacity: 1000 });
    let congested = true;
    const reader = collect(feed, { isCongested: () => congested });
    for (const item of numbers(1, 20)) {
      feed.push([item]);
      await pass(20);
    }
    expect(reader.batches).toEqual([]);
    congested = false;
    await pass(60);
    expect(reader.batches.map(({ items }) => items)).toEqual([numbers(1, 20)]);
    reader.stop();
    await reader.done;
  });

  it('completes after its end once everything was sent', async () => {
    const feed = new Feed<number>({ capacity: 100 });
    const reader = collect(feed, { maxBatch: 4 });
    feed.push(numbers(1, 10));
    feed.end();
    await pass(500);
    await reader.done;
    expect(reader.items()).toEqual(numbers(1, 10));
    expect(() => feed.push([11])).toThrow('has ended');
    const late = collect(feed);
    await pass(500);
    await late.done;
    expect(late.items()).toEqual(numbers(1, 10));
  });

  it('lets go of a subscriber that is stopped while it waits, pauses or is congested', async () => {
    const feed = new Feed<number>({ capacity: 100 });
    feed.push([1]);
    const waiting = collect(feed, { after: `${feed.epoch}:1` });
    const pausing = collect(feed, { batchMs: 10_000 });
    const congested = collect(feed, { isCongested: () => true });
    await pass(0);
    feed.push([2]);
    await pass(1);
    for (const reader of [waiting, pausing, congested]) reader.stop();
    await Promise.all([waiting.done, pausing.done, congested.done]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('serves many subscribers from one ring', async () => {
    const feed = new Feed<number>({ capacity: 10_000 });
    const readers = numbers(1, 50).map(() => collect(feed));
    for (let batch = 0; batch < 20; batch += 1) {
      feed.push(numbers(batch * 100 + 1, batch * 100 + 100));
      await pass(25);
    }
    feed.end();
    await pass(100);
    await Promise.all(readers.map(({ done }) => done));
    for (const reader of readers) expect(reader.items()).toEqual(numbers(1, 2000));
  });
});
