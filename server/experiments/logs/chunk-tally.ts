import type { LogChunk } from '@/server/domain/log-chunk';
import type { LogLine } from '@/server/domain/log-line';
import type { LineMatcher } from './line-matcher';
import type { ChunkCount } from './log-batch';

/** Counts of matching lines by chunk. */
export interface ChunkTally {
  /** Matching lines so far, in a number that never falls: the difference of two is what came between. */
  readonly matched: number;
  readonly searching: { done: number; of: number } | null;
  /** The next line that was looked at. */
  saw(line: LogLine, matches: boolean): void;
  /** These lines were not looked at. */
  missed(fromSeq: number, toSeq: number): void;
  /** Looks through some older chunk; false if there is none left for now. */
  searchOne(chunks: readonly LogChunk[], over: boolean): Promise<boolean>;
  /** Chunks that are new or whose count is another than at the last call. */
  changes(chunks: readonly LogChunk[]): ChunkCount[];
}

/** For filters by level and source: the index has counted already. */
export class IndexTally implements ChunkTally {
  readonly searching = null;
  readonly #matcher: LineMatcher;
  #matched = 0;
  #last: ChunkCount | null = null;

  constructor(matcher: LineMatcher) {
    this.#matcher = matcher;
  }

  get matched(): number {
    return this.#matched;
  }

  saw(): void {}

  missed(): void {}

  async searchOne(): Promise<boolean> {
    return false;
  }

  changes(chunks: readonly LogChunk[]): ChunkCount[] {
    const changed: ChunkCount[] = [];
    for (const chunk of chunks.slice(this.#last?.chunk ?? 0)) {
      const count = this.#matcher.countOf(chunk);
      const known = this.#last?.chunk === count.chunk ? this.#last.shown : null;
      if (known === count.shown) continue;
      this.#matched += count.shown - (known ?? 0);
      this.#last = count;
      changed.push(count);
    }
    return changed;
  }
}
