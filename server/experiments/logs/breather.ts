/** What else the process has to do waits no longer than this for a search. */
const SLICE_MS = 8;

/** Long work takes a breath now and then, so that the event loop stays free for everybody else. */
export class Breather {
  #since = performance.now();

  get due(): boolean {
    return performance.now() - this.#since >= SLICE_MS;
  }

  async rest(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.#since = performance.now();
  }
}
