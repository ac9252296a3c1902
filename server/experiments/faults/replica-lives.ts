import { LabError } from '@/server/domain/errors';
import type { Engine } from '@/server/domain/ports';
import type { ClusterWatch } from '../cluster-watch';

const END_MS = 5000;
const START_MS = 10_000;

/** Kills and starts replicas on purpose, and knows which deaths are its own. */
export class ReplicaLives {
  readonly #watch: ClusterWatch;
  readonly #engine: Pick<Engine, 'signal' | 'start'>;
  /** Killed here, and the engine has not said yet that they ended. */
  readonly #killing = new Set<string>();

  constructor(watch: ClusterWatch, engine: Pick<Engine, 'signal' | 'start'>) {
    this.#watch = watch;
    this.#engine = engine;
  }

  /** Resolves when it has ended. Rejects with LabError fault_failed for one that does not run. */
  async kill(name: string, signal: AbortSignal): Promise<void> {
    if (!this.#watch.isLive(name)) throw new LabError('fault_failed', `${name} does not run`);
    this.#killing.add(name);
    try {
      await this.#engine.signal(this.#containerOf(name), 'SIGKILL');
    } catch (cause) {
      this.#killing.delete(name);
      throw cause;
    }
    await this.#until(() => !this.#watch.isLive(name), { signal, mostMs: END_MS, words: `${name} did not end` });
  }

  /** Resolves when it runs; at once if it does. */
  async start(name: string, signal: AbortSignal): Promise<void> {
    if (this.#watch.isLive(name)) return;
    await this.#engine.start(this.#containerOf(name));
    await this.#until(() => this.#watch.isLive(name), { signal, mostMs: START_MS, words: `${name} did not start` });
  }

  /** Continues processes that may stand still; never rejects, since those that do not run need it not. */
  async resume(names: string[]): Promise<void> {
    const living = names.filter((name) => this.#watch.isLive(name));
    await Promise.allSettled(living.map((name) => this.#engine.signal(this.#containerOf(name), 'SIGCONT')));
  }

  /** Whether the end that the engine reports now was meant; asked once for each. */
  takeDeath(name: string): boolean {
    return this.#killing.delete(name);
  }

  #containerOf(name: string): string {
    const id = this.#watch.containerIds.get(name);
    if (id === undefined) throw new LabError('fault_failed', `${name} has no container`);
    return id;
  }

  async #until(done: () => boolean, wait: { signal: AbortSignal; mostMs: number; words: string }): Promise<void> {
    if (await this.#watch.until(done, wait.signal, wait.mostMs)) return;
    throw new LabError('fault_failed', `${wait.words} within ${wait.mostMs / 1000} s`);
  }
}
