import { LabError } from '@/server/domain/errors';
import type { FaultContainer } from '../docker/fault-container';
import { type LabfaultSaid, parseLabfaultLine } from './labfault-lines';

/** It ends itself when nobody spoke to it for 3 s; a busy event loop may keep one word back. */
const ALIVE_EVERY_MS = 500;
const ANSWER_MS = 5000;
const READY_MS = 10_000;
/** It undoes what it did and ends by itself; one that does not is removed. */
const END_MS = 3000;

type Waiting = { resolve: () => void; reject: (cause: Error) => void };
export type LabfaultCounts = Extract<LabfaultSaid, { event: 'counts' }>['counts'];

/** Speaks with one `labfault`: tells it that somebody is there, matches its answers, and knows when it is gone. */
export class LabfaultTalk {
  /** Null if closed, else why it ended. */
  readonly ended: Promise<string | null>;
  #counts: LabfaultCounts = [];
  readonly #container: FaultContainer;
  readonly #waiting = new Map<number, Waiting>();
  #ready: Waiting | null = null;
  #seq = 0;
  /** What was wrong with a line without a number; the next answer carries it. */
  #complaint: string | null = null;
  #over = false;
  #closing: Promise<void> | null = null;
  readonly #alive: ReturnType<typeof setInterval>;

  constructor(container: FaultContainer) {
    this.#container = container;
    this.#alive = setInterval(() => void this.tell('alive').catch(() => {}), ALIVE_EVERY_MS);
    this.ended = this.#listen();
  }

  get counts(): LabfaultCounts {
    return this.#counts;
  }

  /** Resolves once it has all that it needs. */
  ready(): Promise<void> {
    return within(READY_MS, 'it was not ready in time', (waiting) => {
      this.#ready = waiting;
    });
  }

  /** A line without an answer; what is wrong with it fails the next question. */
  tell(line: string): Promise<void> {
    return this.#container.write(line);
  }

  /** A line with a number, by which the answer is known. Rejects with LabError fault_failed. */
  async ask(line: (seq: number) => string): Promise<void> {
    this.#seq += 1;
    const seq = this.#seq;
    if (this.#over) throw faultFailed('the fault program has ended');
    try {
      await within(ANSWER_MS, 'the fault program did not answer in time', (waiting) => {
        this.#waiting.set(seq, waiting);
        this.tell(line(seq)).catch(waiting.reject);
      });
    } catch (cause) {
      throw cause instanceof LabError ? cause : faultFailed(wordsOf(cause), cause);
    } finally {
      this.#waiting.delete(seq);
    }
  }

  /** It has undone everything and its container is gone; again waits for the same. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    clearInterval(this.#alive);
    this.#container.closeInput();
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), END_MS);
    await Promise.race([this.ended, new Promise((resolve) => late.signal.addEventListener('abort', resolve))]);
    clearTimeout(timer);
    await this.#container.remove();
  }

  async #listen(): Promise<string | null> {
    let why = '';
    try {
      for await (const line of this.#container.lines) why = this.#take(parseLabfaultLine(line)) ?? why;
    } catch (cause) {
      why = wordsOf(cause);
    }
    this.#over = true;
    clearInterval(this.#alive);
    const words = why || this.#container.lastWords() || 'its container ended';
    const cause = faultFailed(`the fault program ended: ${words}`);
    for (const waiting of [...this.#waiting.values(), ...(this.#ready === null ? [] : [this.#ready])]) waiting.reject(cause);
    return this.#closing === null ? words : null;
  }

  /** Returns what it complains about, if it does. */
  #take(said: LabfaultSaid): string | null {
    switch (said.event) {
      case 'ready':
        this.#ready?.resolve();
        return null;
      case 'done':
        if (this.#complaint === null) this.#waiting.get(said.seq)?.resolve();
        else this.#waiting.get(said.seq)?.reject(faultFailed(this.#complaint));
        this.#complaint = null;
        return null;
      case 'failed':
        if (said.seq === 0) this.#complaint = said.message;
        this.#waiting.get(said.seq)?.reject(faultFailed(said.message));
        return null;
      case 'counts':
        this.#counts = said.counts;
        return null;
      case 'problem':
        this.#ready?.reject(faultFailed(said.message));
        return said.message;
    }
  }
}

export function faultFailed(why: string, cause?: unknown): LabError {
  return new LabError('fault_failed', `the fault could not be done: ${why}`, { cause });
}

export function wordsOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function within(mostMs: number, words: string, begin: (waiting: Waiting) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(words)), mostMs);
    begin({
      resolve: () => {
        clearTimeout(timer);
        resolve();
      },
      reject: (cause) => {
        clearTimeout(timer);
        reject(cause);
      },
    });
  });
}
