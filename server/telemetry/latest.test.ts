import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Latest, type LatestSubscription } from './latest';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function collect(latest: Latest<number>, options: Partial<LatestSubscription> = {}) {
  const controller = new AbortController();
  const values: number[] = [];
  const done = (async () => {
    for await (const { value } of latest.subscribe({ signal: controller.signal, minIntervalMs: 200, ...options }))
      values.push(value);
  })();
  return { values, done, stop: () => controller.abort() };
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('a latest value', () => {
  it('is sent at once and then on change, at most once per interval, the newest always', async () => {
    const latest = new Latest(0);
    const reader = collect(latest);
    await pass(0);
    expect(reader.values).toEqual([0]);
    for (let value = 1; value <= 100; value += 1) {
      latest.set(value);
      await pass(10);
    }
    await pass(200);
    expect(reader.values.length).toBeLessThanOrEqual(7);
    expect(reader.values.at(-1)).toBe(100);
    reader.stop();
    await reader.done;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is repeated after silence if asked to', async () => {
    const reader = collect(new Latest(7), { maxSilenceMs: 5000 });
    await pass(10_100);
    expect(reader.values).toEqual([7, 7, 7]);
    reader.stop();
  });

  it('sends the last value before it completes', async () => {
    const latest = new Latest(1);
    const reader = collect(latest);
    await pass(0);
    latest.set(2);
    latest.end();
    await pass(300);
    await reader.done;
    expect(reader.values).toEqual([1, 2]);
  });

  it('skips values while the receiver is congested', async () => {
    const latest = new Latest(1);
    let congested = true;
    const reader = collect(latest, { isCongested: () => congested });
    await pass(500);
    latest.set(2);
    await pass(500);
    congested = false;
    await pass(300);
    expect(reader.values).toEqual([2]);
    reader.stop();
  });
});
