import { randomUUID } from 'node:crypto';
import { pause, Wakeup } from './wakeup';

export type FeedBatch<T> = {
  /** `epoch:seq` of the last item sent; hand it back as `after` to go on behind it. */
  id: string;
  /** The receiver must forget what it has: it is new here, or its id is of another epoch. */
  reset: boolean;
  items: T[];
  /** Items between the last batch and this one that left the ring before they could be sent; inclusive. */
  skipped: { fromSeq: number; toSeq: number } | null;
  /** Items pushed so far. */
  total: number;
  /** Items this subscriber missed so far. */
  dropped: number;
};

export type FeedSubscription = {
  /** The last id received; null or absent for a new subscriber. */
  after?: string | null;
  /** Where a new subscriber begins, from 1; absent: at the oldest item kept. */
  fromSeq?: number;
  signal: AbortSignal;
  /** True while the receiver's connection is full; the feed then waits and sends one larger batch. */
  isCongested?: () => boolean;
  batchMs?: number;
  maxBatch?: number;
};

/**
 * One stream of items for any number of subscribers. All share one ring of bounded size; a subscriber that is too slow
 * or comes too late is told which items it missed. Items are numbered from 1 in the order of pushing.
 */
export class Feed<T> {
  readonly epoch: string;
  readonly #capacity: number;
  readonly #ring: T[] = [];
  readonly #wakeup = new Wakeup();
  #lastSeq = 0;
  #ended = false;

  constructor(options: { capacity: number; epoch?: string }) {
    this.#capacity = options.capacity;
    this.epoch = options.epoch ?? randomUUID().slice(0, 8);
  }

  /** The number the next item will get. */
  get nextSeq(): number {
    return this.#lastSeq + 1;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** The oldest item still in the ring; nextSeq when it is empty. */
  get oldestSeq(): number {
    return this.#lastSeq - this.#ring.length + 1;
  }

  /** Items that left the ring. */
  get dropped(): number {
    return this.oldestSeq - 1;
  }

  /** Items[i] gets the number nextSeq + i. */
  push(items: readonly T[]): void {
    if (this.#ended) throw new Error('pushed to a feed that has ended');
    for (const item of items) {
      this.#lastSeq += 1;
      // The ring grows to its capacity and then overwrites: item seq lies at (seq - 1) % capacity.
      if (this.#ring.length < this.#capacity) this.#ring.push(item);
      else this.#ring[(this.#lastSeq - 1) % this.#capacity] = item;
    }
    if (items.length > 0) this.#wakeup.wake();
  }

  /** No further items: subscriptions complete once they have sent everything. */
  end(): void {
    this.#ended = true;
    this.#wakeup.wake();
  }

  /** Batches at most every batchMs; completes after end() or when the signal aborts. */
  async *subscribe(subscription: FeedSubscription): AsyncGenerator<FeedBatch<T>, void, void> {
    const { signal, isCongested = () => false, batchMs = 50, maxBatch = 5000 } = subscription;
    let { next, reset } = this.#locate(subscription);
    let dropped = 0;
    let sentAt = Number.NEGATIVE_INFINITY;
    while (!signal.aborted) {
      if (next > this.#lastSeq && !reset) {
        if (this.#ended) return;
        await this.#wakeup.sleep(signal);
        continue;
      }
      await pause(batchMs - (Date.now() - sentAt), signal);
      while (isCongested() && !signal.aborted) await pause(batchMs, signal);
      if (signal.aborted) return;

      const from = Math.max(next, this.oldestSeq);
      const skipped = from > next ? { fromSeq: next, toSeq: from - 1 } : null;
      dropped += from - next;
      const items = this.#read(from, maxBatch);
      next = from + items.length;
      sentAt = Date.now();
      yield { id: `${this.epoch}:${next - 1}`, reset, items, skipped, total: this.#lastSeq, dropped };
      reset = false;
    }
  }

  #locate({ after, fromSeq }: FeedSubscription): { next: number; reset: boolean } {
    const [epoch, seq] = after?.split(':') ?? [];
    const seen = Number(seq);
    if (epoch === this.epoch && Number.isSafeInteger(seen) && seen >= 0 && seen <= this.#lastSeq) {
      return { next: seen + 1, reset: false };
    }
    const first = fromSeq ?? this.oldestSeq;
    return { next: Math.min(Math.max(1, first), this.nextSeq), reset: true };
  }

  #read(from: number, limit: number): T[] {
    const items: T[] = [];
    for (let seq = from; seq <= this.#lastSeq && items.length < limit; seq += 1) {
      const item = this.#ring[(seq - 1) % this.#capacity];
      if (item !== undefined) items.push(item);
    }
    return items;
  }
}
