import type { LogChunk } from '@/server/domain/log-chunk';
import { filterKey, type LogFilter } from '@/server/domain/log-filter';
import { LOG_LEVELS, type LogLevel, type LogLine } from '@/server/domain/log-line';
import { Breather } from './breather';
import { compilePattern } from './compile-pattern';
import type { ChunkCount } from './log-batch';

const RANK = { debug: 0, notice: 1, warn: 2, error: 3 } as const satisfies Record<LogLevel, number>;

/** A filter made ready to be asked. */
export class LineMatcher {
  readonly key: string;
  readonly #lowest: number;
  readonly #sources: ReadonlySet<string> | null;
  readonly #fits: ((text: string) => boolean) | null;

  /** Throws LabError bad_filter. */
  constructor(filter: LogFilter) {
    this.key = filterKey(filter);
    this.#lowest = RANK[filter.level];
    this.#sources = filter.sources.length === 0 ? null : new Set(filter.sources);
    this.#fits = compilePattern(filter);
  }

  /** Whether lines have to be read; for levels and sources alone the index of chunks knows how many match. */
  get readsText(): boolean {
    return this.#fits !== null;
  }

  matches({ level, source, text }: LogLine): boolean {
    if (RANK[level] < this.#lowest) return false;
    if (this.#sources !== null && !this.#sources.has(source)) return false;
    return this.#fits === null || this.#fits(text);
  }

  /** The lines that match, without holding up the process. */
  async select(lines: readonly LogLine[]): Promise<LogLine[]> {
    const breather = new Breather();
    const found: LogLine[] = [];
    for (const line of lines) {
      if (this.matches(line)) found.push(line);
      if (this.#fits !== null && breather.due) await breather.rest();
    }
    return found;
  }

  /** Lines of a chunk that have the level and the source; what the text says is not known. */
  countOf({ chunk, firstTime, counts }: LogChunk): ChunkCount {
    const sum: ChunkCount = { chunk, firstTime, shown: 0, warn: 0, error: 0 };
    for (const [source, byLevel] of Object.entries(counts)) {
      if (this.#sources !== null && !this.#sources.has(source)) continue;
      for (const level of LOG_LEVELS) if (RANK[level] >= this.#lowest) sum.shown += byLevel[RANK[level]] ?? 0;
      if (RANK.warn >= this.#lowest) sum.warn += byLevel[RANK.warn];
      sum.error += byLevel[RANK.error];
    }
    return sum;
  }
}
