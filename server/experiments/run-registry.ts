import type { RunId } from '../domain/run';
import { Wakeup } from '../telemetry/wakeup';
import type { LiveRun } from './live-run';

/** How many requestIds are remembered; a second click comes within seconds, not thousands of launches later. */
const REMEMBERED = 1000;

/** The runs of this process that are not over, in the order of their launch, and which run each wish was answered with. */
export class RunRegistry {
  /** Wakes when a run comes or goes. */
  readonly changed = new Wakeup();
  readonly #live = new Map<RunId, LiveRun>();
  readonly #answers = new Map<string, Promise<RunId>>();

  live(id: RunId): LiveRun | null {
    return this.#live.get(id) ?? null;
  }

  all(): LiveRun[] {
    return [...this.#live.values()];
  }

  /** The one that has left the queue, if any. */
  running(): LiveRun | null {
    return this.all().find((run) => run.view().state !== 'queued') ?? null;
  }

  /** Keeps the run until it is over. */
  add(run: LiveRun): void {
    this.#live.set(run.config.id, run);
    this.changed.wake();
    void run.over().then(() => {
      this.#live.delete(run.config.id);
      this.changed.wake();
    });
  }

  /** The same requestId twice gives the first answer again; a launch that was refused may be tried again. */
  once(requestId: string, launch: () => Promise<RunId>): Promise<RunId> {
    const known = this.#answers.get(requestId);
    if (known !== undefined) return known;
    const answer = launch();
    this.#answers.set(requestId, answer);
    answer.catch(() => this.#answers.delete(requestId));
    const oldest = this.#answers.keys().next();
    if (this.#answers.size > REMEMBERED && oldest.done !== true) this.#answers.delete(oldest.value);
    return answer;
  }
}
