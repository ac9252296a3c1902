import type { Identified } from '../watch-run';
import type { LogBatch } from './log-batch';

/** What a reader has: everything up to `sent`, `matched` of it lines that match, counts as of `edition`. */
export type Position = { sent: number; matched: number; edition: number };

/** A batch, and what its reader has afterwards. */
export type Step = { batch: Identified<LogBatch>; next: Position };

/** The newest step of a view's readers: those who are in step get the same object. */
export class SharedStep {
  #key: string | null = null;
  #step: Step | null = null;

  /** key: all that the step follows from. */
  take(key: string, make: () => Step): Step {
    if (this.#step !== null && this.#key === key) return this.#step;
    this.#key = key;
    this.#step = make();
    return this.#step;
  }
}
