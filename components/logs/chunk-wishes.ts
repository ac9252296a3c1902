import type { LogPage } from '@/server/api/types';

/** Asked for at the same time. */
const AT_ONCE = 3;

/** While the reader scrolls on faster than this, nothing is asked for: what flies by is not looked at. */
const SETTLE_MS = 80;

const AGAIN_MS = 2000;

export type AskChunk = (chunk: number, signal: AbortSignal) => Promise<LogPage>;

type WishesOptions = {
  ask: AskChunk;
  onPage: (page: LogPage) => void;
  /** null: the last answer was one. */
  onFailure: (error: unknown) => void;
};

/** Fetches the chunks that are in sight and not here: the newest wish first, and none that has left the sight. */
export class ChunkWishes {
  private wanted: readonly number[] = [];
  private readonly asked = new Map<number, AbortController>();
  private readonly urgent = new Map<number, Promise<boolean>>();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private isClosed = false;

  constructor(private readonly options: WishesOptions) {}

  /** All that is wanted now, the most wanted first. */
  want(chunks: readonly number[]): void {
    if (this.isClosed || chunks.join() === this.wanted.join()) return;
    this.wanted = chunks;
    for (const [chunk, controller] of this.asked) if (!chunks.includes(chunk)) controller.abort();
    this.later(SETTLE_MS);
  }

  /** One chunk, now; resolves when it was handed on, or with true if that failed. */
  load(chunk: number): Promise<boolean> {
    const known = this.urgent.get(chunk);
    if (known !== undefined) return known;
    const loading = this.askFor(chunk, new AbortController()).finally(() => this.urgent.delete(chunk));
    this.urgent.set(chunk, loading);
    return loading;
  }

  close(): void {
    this.isClosed = true;
    this.wanted = [];
    if (this.timer !== null) clearTimeout(this.timer);
    for (const controller of this.asked.values()) controller.abort();
  }

  private later(delayMs: number): void {
    if (this.timer !== null) clearTimeout(this.timer);
    if (!this.isClosed) this.timer = setTimeout(() => this.askMore(), delayMs);
  }

  private askMore(): void {
    for (const chunk of this.wanted) {
      if (this.asked.size >= AT_ONCE) return;
      if (this.asked.has(chunk) || this.urgent.has(chunk)) continue;
      const controller = new AbortController();
      this.asked.set(chunk, controller);
      void this.askFor(chunk, controller).then((failed) => {
        this.asked.delete(chunk);
        if (failed) this.later(AGAIN_MS);
        else if (!this.isClosed) this.askMore();
      });
    }
  }

  /** Whether it failed; what nobody waits for any more has not. */
  private async askFor(chunk: number, { signal }: AbortController): Promise<boolean> {
    try {
      const page = await this.options.ask(chunk, signal);
      if (this.isClosed || signal.aborted) return false;
      this.wanted = this.wanted.filter((other) => other !== chunk);
      this.options.onFailure(null);
      this.options.onPage(page);
      return false;
    } catch (error) {
      if (this.isClosed || signal.aborted) return false;
      this.options.onFailure(error);
      return true;
    }
  }
}
