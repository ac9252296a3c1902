/** Who watches a run now, and the most that did at one time since counting began. */
export class Viewers {
  /** How many subscriptions each holds. */
  readonly #held = new Map<object, number>();
  #most = 0;

  /** From now on. */
  beginCounting(): void {
    this.#most = this.#held.size;
  }

  get most(): number {
    return this.#most;
  }

  /** One subscription more of this viewer; returns its end. */
  hold(viewer: object): () => void {
    this.#held.set(viewer, (this.#held.get(viewer) ?? 0) + 1);
    this.#most = Math.max(this.#most, this.#held.size);
    return () => {
      const left = (this.#held.get(viewer) ?? 1) - 1;
      if (left > 0) this.#held.set(viewer, left);
      else this.#held.delete(viewer);
    };
  }
}

/** The same values; while they are taken, their viewer counts. */
export async function* countViewer<T>(
  { viewers }: { viewers: Viewers | null },
  { viewer }: { viewer?: object },
  values: AsyncIterable<T>,
): AsyncGenerator<T, void, unknown> {
  const release = viewer === undefined ? undefined : viewers?.hold(viewer);
  try {
    yield* values;
  } finally {
    release?.();
  }
}
