/** Lets any number of subscribers sleep until something changes, a time has passed, or they are told to stop. */
export class Wakeup {
  #waiting = new Set<() => void>();

  /** Wakes everybody who sleeps now. */
  wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resume of waiting) resume();
  }

  /** Resolves on wake, on abort, or after timeoutMs; look at the state again afterwards. */
  sleep(signal: AbortSignal, timeoutMs?: number): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = timeoutMs === undefined ? undefined : setTimeout(() => resume(), timeoutMs);
      const resume = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', resume);
        this.#waiting.delete(resume);
        resolve();
      };
      signal.addEventListener('abort', resume);
      this.#waiting.add(resume);
    });
  }

  /** How many sleep now; for tests that a closed subscription leaves nothing behind. */
  get sleepers(): number {
    return this.#waiting.size;
  }
}

/** Resolves after ms or on abort. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return ms <= 0 || signal.aborted ? Promise.resolve() : new Wakeup().sleep(signal, ms);
}
