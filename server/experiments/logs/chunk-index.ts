import { CHUNK_LINES, chunkOf, type LogChunk, type LogMarkAt } from '@/server/domain/log-chunk';
import type { RunStore } from '@/server/domain/ports';
import type { RunId } from '@/server/domain/run';

/** What is known of a run's chunks, shared by all who read its log. */
export class ChunkIndex {
  readonly #id: RunId;
  readonly #store: RunStore;
  readonly #chunks: LogChunk[] = [];

  constructor(id: RunId, store: RunStore) {
    this.#id = id;
    this.#store = store;
  }

  /**
   * All chunks as they are now, however the index goes on. Asks the store for what came since; only the last chunk known
   * can have changed.
   */
  async refresh(): Promise<readonly LogChunk[]> {
    const fresh = await this.#store.logChunks(this.#id, Math.max(0, this.#chunks.length - 1));
    for (const chunk of fresh) {
      // Two may ask at the same time; an answer that comes late must not take back what is known.
      if (chunk.lines >= (this.#chunks[chunk.chunk]?.lines ?? 0)) this.#chunks[chunk.chunk] = chunk;
    }
    return [...this.#chunks];
  }

  /** Marks of lines fromSeq to toSeq. */
  marks(fromSeq: number, toSeq: number): LogMarkAt[] {
    if (toSeq < fromSeq) return [];
    const chunks = this.#chunks.slice(chunkOf(fromSeq), chunkOf(toSeq) + 1);
    return chunks.flatMap(({ marks }) => marks.filter(({ seq }) => seq >= fromSeq && seq <= toSeq));
  }
}

/** Lines in these chunks, which are all of a run up to some time. */
export function linesIn(chunks: readonly LogChunk[]): number {
  const last = chunks.at(-1);
  return last === undefined ? 0 : last.chunk * CHUNK_LINES + last.lines;
}
