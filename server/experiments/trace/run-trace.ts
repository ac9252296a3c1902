import type { RunConfig } from '@/server/domain/run';
import type { TraceBatch } from '@/server/domain/trace';
import type { LabEventOf } from '@/server/telemetry/events';
import { TraceLog } from '@/server/telemetry/trace-log';
import { pause, Wakeup } from '@/server/telemetry/wakeup';
import type { Listener } from '../run-source';
import type { Identified } from '../watch-run';

const BATCH_EVERY_MS = 250;
const BATCH_POINTS = 20_000;

/** Where a reader stands: `epoch:index`, the index that of the next point. */
type Position = { next: number; reset: boolean };

/** The points of one run for any number of readers, who share them; live it grows, of a run that is over it is ended already. */
export class RunTrace {
  readonly #log: TraceLog;
  readonly #epoch: string;
  readonly #wakeup = new Wakeup();
  #ended = false;

  constructor(config: Pick<RunConfig, 'clientService' | 'replicas'>, { capacity, epoch }: { capacity: number; epoch: string }) {
    this.#log = new TraceLog(config, capacity);
    this.#epoch = epoch;
  }

  get total(): number {
    return this.#log.total;
  }

  add(line: LabEventOf<'trace'>): void {
    this.#log.add(line);
    this.#wakeup.wake();
  }

  /** No further points: readers complete once they have all. */
  end(): void {
    this.#ended = true;
    this.#wakeup.wake();
  }

  /** What is known at once, then the points behind `after`, at most every 250 ms. */
  async *read(
    after: string | null,
    { signal, isCongested }: Listener,
    problem: string | null,
  ): AsyncGenerator<Identified<TraceBatch>, void, unknown> {
    let { next, reset } = this.#locate(after);
    let sentAt = Number.NEGATIVE_INFINITY;
    let first = true;
    while (!signal.aborted) {
      if (!first && next >= this.#log.total) {
        if (this.#ended) return;
        await this.#wakeup.sleep(signal);
        continue;
      }
      await pause(BATCH_EVERY_MS - (Date.now() - sentAt), signal);
      while (isCongested() && !signal.aborted) await pause(BATCH_EVERY_MS, signal);
      if (signal.aborted) return;
      const { points, next: behind } = this.#log.read(next, BATCH_POINTS);
      next = behind;
      sentAt = Date.now();
      yield { id: `${this.#epoch}:${next}`, value: { reset, ...this.#log.head, points, problem } };
      reset = false;
      first = false;
    }
  }

  #locate(after: string | null): Position {
    const [epoch, index] = after?.split(':') ?? [];
    const next = Number(index);
    const known = epoch === this.#epoch && Number.isSafeInteger(next) && next >= 0 && next <= this.#log.total;
    return known ? { next, reset: false } : { next: 0, reset: true };
  }
}
