import { CHUNK_MARKS, chunkOf, type LogChunk, type LogMarkAt } from '@/server/domain/log-chunk';
import type { LogLevel, LogLine } from '@/server/domain/log-line';

type Counts = LogChunk['counts'][string];

const MARK_TEXT_MAX = 200;
/** In the order of LOG_LEVELS. */
const PLACE: Record<LogLevel, 0 | 1 | 2 | 3> = { debug: 0, notice: 1, warn: 2, error: 3 };

/** What is known of a chunk, or of a part of it, while its lines come. */
export class ChunkFacts {
  readonly chunk: number;
  readonly #firstTime: string;
  readonly #counts = new Map<string, Counts>();
  readonly #marks: LogMarkAt[] = [];
  #lines = 0;
  #lastTime: string;

  constructor(first: LogLine) {
    this.chunk = chunkOf(first.seq);
    this.#firstTime = first.time;
    this.#lastTime = first.time;
  }

  get lines(): number {
    return this.#lines;
  }

  add({ seq, time, source, level, mark, text }: LogLine): void {
    this.#lines += 1;
    this.#lastTime = time;
    let counts = this.#counts.get(source);
    if (counts === undefined) {
      counts = [0, 0, 0, 0];
      this.#counts.set(source, counts);
    }
    counts[PLACE[level]] += 1;
    if (mark === undefined || this.#marks.length >= CHUNK_MARKS) return;
    this.#marks.push({ seq, time, source, mark, text: text.slice(0, MARK_TEXT_MAX) });
  }

  /** As it is now; lines that come later don't change it. */
  toChunk(): LogChunk {
    const counts = [...this.#counts].map(([source, [debug, notice, warn, error]]) => [source, [debug, notice, warn, error]]);
    return {
      chunk: this.chunk,
      lines: this.#lines,
      firstTime: this.#firstTime,
      lastTime: this.#lastTime,
      counts: Object.fromEntries(counts),
      marks: [...this.#marks],
    };
  }
}

/** A log that was sealed and gone on with has chunks in several parts; here they become one again. In the log's order. */
export function joinParts(parts: LogChunk[]): LogChunk[] {
  const joined: LogChunk[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last?.chunk === part.chunk) joined[joined.length - 1] = join(last, part);
    else joined.push(part);
  }
  return joined;
}

function join(a: LogChunk, b: LogChunk): LogChunk {
  const counts = new Map(Object.entries(a.counts));
  for (const [source, more] of Object.entries(b.counts)) counts.set(source, sum(counts.get(source) ?? [0, 0, 0, 0], more));
  return {
    chunk: a.chunk,
    lines: a.lines + b.lines,
    firstTime: a.firstTime,
    lastTime: b.lastTime,
    counts: Object.fromEntries(counts),
    marks: [...a.marks, ...b.marks].slice(0, CHUNK_MARKS),
  };
}

const sum = (a: Counts, b: Counts): Counts => [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]];
