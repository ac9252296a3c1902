import { randomUUID } from 'node:crypto';
import { pause, Wakeup } from './wakeup';

export type LatestSubscription = {
  signal: AbortSignal;
  /** At most one value in this time. */
  minIntervalMs: number;
  /** The value again after this much silence, changed or not; absent: only on change. */
  maxSilenceMs?: number;
  /** True while the receiver's connection is full; values are then skipped, never queued. */
  isCongested?: () => boolean;
};

/**
 * A value of which only the newest matters (a run's state): slow subscribers skip what lies between. The last value is
 * always sent, also when the end comes right behind it.
 */
export class Latest<T> {
  readonly epoch = randomUUID().slice(0, 8);
  readonly #wakeup = new Wakeup();
  #value: T;
  #version = 1;
  #ended = false;

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    this.#value = value;
    this.#version += 1;
    this.#wakeup.wake();
  }

  /** No further change: subscriptions complete once they have sent the last value. */
  end(): void {
    this.#ended = true;
    this.#wakeup.wake();
  }

  /** The present value at once, then each change. */
  async *subscribe(subscription: LatestSubscription): AsyncGenerator<{ id: string; value: T }, void, void> {
    const { signal, minIntervalMs, maxSilenceMs, isCongested = () => false } = subscription;
    let sent = 0;
    let sentAt = Number.NEGATIVE_INFINITY;
    while (!signal.aborted) {
      const silentMs = Date.now() - sentAt;
      if (sent === this.#version && (maxSilenceMs === undefined || silentMs < maxSilenceMs)) {
        if (this.#ended) return;
        await this.#wakeup.sleep(signal, maxSilenceMs === undefined ? undefined : maxSilenceMs - silentMs);
        continue;
      }
      await pause(minIntervalMs - silentMs, signal);
      while (isCongested() && !signal.aborted) await pause(minIntervalMs, signal);
      if (signal.aborted) return;
      sent = this.#version;
      sentAt = Date.now();
      yield { id: `${this.epoch}:${sent}`, value: this.#value };
    }
  }
}
