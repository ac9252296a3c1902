import { CHUNK_LINES, chunkOf, type LogChunk } from '@/server/domain/log-chunk';
import type { LogLine } from '@/server/domain/log-line';
import type { ChunkTally } from './chunk-tally';
import type { LineMatcher } from './line-matcher';
import type { ChunkCount } from './log-batch';

/** looked: how many lines from the chunk's first one on the counts speak of. */
type Cell = { looked: number; shown: number; warn: number; error: number };

/**
 * For filters on text: new lines are counted as they are looked at, older chunks are looked through one after the other,
 * the newest first.
 */
export class SearchTally implements ChunkTally {
  readonly #matcher: LineMatcher;
  readonly #readChunk: (chunk: number) => Promise<LogLine[]>;
  readonly #cells: Cell[] = [];
  readonly #changed = new Set<number>();
  /** Chunks to be looked through, ascending. */
  #backlog: number[];
  #reported = 0;
  #known = 0;
  #matched = 0;

  /** Lines are seen from the first one of chunk `first` on. */
  constructor(matcher: LineMatcher, first: number, readChunk: (chunk: number) => Promise<LogLine[]>) {
    this.#matcher = matcher;
    this.#readChunk = readChunk;
    this.#backlog = Array.from({ length: first }, (_, chunk) => chunk);
  }

  get matched(): number {
    return this.#matched;
  }

  get searching(): { done: number; of: number } | null {
    const left = this.#backlog.length;
    return left === 0 ? null : { done: this.#known - left, of: this.#known };
  }

  saw({ seq, level }: LogLine, matches: boolean): void {
    if (matches) this.#matched += 1;
    const chunk = chunkOf(seq);
    const cell = this.#cell(chunk);
    // Lines of this chunk were missed: it is counted as a whole, later.
    if (seq - chunk * CHUNK_LINES !== cell.looked + 1) return;
    cell.looked += 1;
    if (matches) this.#count(chunk, cell, level);
  }

  missed(fromSeq: number, toSeq: number): void {
    const torn = new Set(this.#backlog);
    for (let chunk = chunkOf(fromSeq); chunk <= chunkOf(toSeq); chunk += 1) torn.add(chunk);
    this.#backlog = [...torn].sort((a, b) => a - b);
  }

  async searchOne(chunks: readonly LogChunk[], over: boolean): Promise<boolean> {
    const chunk = this.#backlog.findLast((each) => over || chunks[each]?.lines === CHUNK_LINES);
    if (chunk === undefined) return false;
    const lines = await this.#readChunk(chunk);
    const cell: Cell = { looked: lines.length, shown: 0, warn: 0, error: 0 };
    for (const { level } of await this.#matcher.select(lines)) this.#count(chunk, cell, level);
    this.#cells[chunk] = cell;
    this.#backlog = this.#backlog.filter((each) => each !== chunk);
    return true;
  }

  changes(chunks: readonly LogChunk[]): ChunkCount[] {
    this.#known = Math.max(this.#known, chunks.length);
    for (; this.#reported < chunks.length; this.#reported += 1) this.#changed.add(this.#reported);
    const counts = [...this.#changed].flatMap((chunk) => {
      const { shown, warn, error } = this.#cell(chunk);
      const firstTime = chunks[chunk]?.firstTime;
      return firstTime === undefined ? [] : [{ chunk, firstTime, shown, warn, error }];
    });
    this.#changed.clear();
    return counts;
  }

  #cell(chunk: number): Cell {
    this.#cells[chunk] ??= { looked: 0, shown: 0, warn: 0, error: 0 };
    return this.#cells[chunk];
  }

  #count(chunk: number, cell: Cell, level: LogLine['level']): void {
    cell.shown += 1;
    if (level === 'warn') cell.warn += 1;
    if (level === 'error') cell.error += 1;
    this.#changed.add(chunk);
  }
}
