import type { RunView } from '@/server/domain/run';

/** Whatever a process does when it begins is over by then. */
const SETTLED_MS = 60_000;
const MEBIBYTE = 1024 * 1024;

type Span = { first: number; least: number; most: number; last: number };

/** Resident memory of each replica over a run, from a minute into the measured window on. */
export class ResidentMemory {
  readonly #spans = new Map<string, Span>();

  take(view: RunView): void {
    const began = view.phases.find(({ phase }) => phase === 'measuring')?.startedAt;
    if (view.state !== 'measuring' || began === undefined || Date.now() - began < SETTLED_MS) return;
    for (const { name, rssBytes } of view.replicas) {
      if (rssBytes !== null) this.#note(name, rssBytes / MEBIBYTE);
    }
  }

  /** By replica, in MiB; empty for runs of less than a minute. */
  spans(): Record<string, Span> {
    return Object.fromEntries(this.#spans);
  }

  #note(name: string, value: number): void {
    const mb = Number(value.toFixed(2));
    const { first, least, most } = this.#spans.get(name) ?? { first: mb, least: mb, most: mb };
    this.#spans.set(name, { first, least: Math.min(least, mb), most: Math.max(most, mb), last: mb });
  }
}
