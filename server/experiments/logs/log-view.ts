import { CHUNK_LINES, chunkOf, type LogChunk, type LogMarkAt } from '@/server/domain/log-chunk';
import type { LogLine } from '@/server/domain/log-line';
import { pause, Wakeup } from '../../telemetry/wakeup';
import { Breather } from './breather';
import { chooseMarks } from './choose-marks';
import { type ChunkIndex, linesIn } from './chunk-index';
import { type ChunkTally, IndexTally } from './chunk-tally';
import { type Edition, isSame } from './edition';
import type { LineMatcher } from './line-matcher';
import type { ChunkCount } from './log-batch';
import type { LogSource, LogStanding } from './log-source';
import { RecentMatches } from './recent-matches';
import { SearchTally } from './search-tally';
import { SharedStep } from './shared-step';

/** How often readers are told something. */
export const BATCH_MS = 40;
/** A search through older chunks leaves half of the time to a cluster that runs on the same machine. */
const SEARCH_MS = 25;
const READ_LINES = 2000;
/** A new reader gets what matches of this many. */
export const TAIL_LINES = 2000;

export type ViewParts = { index: ChunkIndex; matcher: LineMatcher; readChunk: (chunk: number) => Promise<LogLine[]> };

/**
 * One run's log through one filter, for all its readers: each line is looked at once, however many they are. It follows
 * the run until it is over and searched, or until it is closed.
 */
export class LogView {
  /** Wakes on every edition and on failure. */
  readonly published = new Wakeup();
  readonly recent = new RecentMatches();
  readonly steps = new SharedStep();
  readonly #parts: ViewParts;
  readonly #counts: { count: ChunkCount; edition: number }[] = [];
  readonly #close = new AbortController();
  #edition: Edition | null = null;
  #failure: Error | null = null;
  /** The next line to be looked at. */
  #next = 1;
  #fresh: LogLine[] = [];
  #freshFrom: number | null = null;

  constructor(source: LogSource, parts: ViewParts) {
    this.#parts = parts;
    this.#follow(source).catch((error: unknown) => {
      this.#failure = error instanceof Error ? error : new Error(String(error));
      this.published.wake();
    });
  }

  /** Null before the first one. Throws what broke the view off. */
  get edition(): Edition | null {
    if (this.#failure !== null) throw this.#failure;
    return this.#edition;
  }

  get failed(): boolean {
    return this.#failure !== null;
  }

  get final(): boolean {
    return this.#edition?.final ?? false;
  }

  /** Counts that changed behind an edition; 0: all. */
  countsSince(edition: number): ChunkCount[] {
    return this.#counts.filter((each) => each.edition > edition).map(({ count }) => count);
  }

  /** Counts of the chunks from this one on, and of all that were searched for. */
  countsFrom(chunk: number): ChunkCount[] {
    const { readsText } = this.#parts.matcher;
    return this.#counts.filter(({ count }) => count.chunk >= chunk || (readsText && count.shown > 0)).map(({ count }) => count);
  }

  marks(fromSeq: number, toSeq: number): LogMarkAt[] {
    return chooseMarks(this.#parts.index.marks(fromSeq, toSeq));
  }

  /** Whether `unsent` lines behind `seq` are not all in `recent` any more. */
  hasLost(seq: number, unsent: number): boolean {
    const kept = this.recent.between(seq, this.edition?.total ?? 0).length;
    // Of lines that were not looked at, only the index knows how many match.
    return kept < unsent || (this.#parts.matcher.readsText && this.recent.from > seq + 1);
  }

  /** Matching lines behind a line up to the present edition, as far as they are known. */
  async countBehind(seq: number): Promise<number> {
    const { matcher, readChunk } = this.#parts;
    const chunk = chunkOf(seq + 1);
    const read = this.recent.from <= seq + 1 ? [] : await readChunk(chunk);
    const matching = await matcher.select(read.filter((line) => line.seq > seq));
    const total = this.edition?.total ?? 0;
    if (read.length === 0) return this.recent.between(seq, total).length;
    // The chunk may have grown since it was read.
    const readTo = Math.max(seq, read.at(-1)?.seq ?? 0);
    const since = this.recent.between(readTo, Math.min(total, (chunk + 1) * CHUNK_LINES)).length;
    const later = this.#counts.slice(chunk + 1).reduce((sum, { count }) => sum + count.shown, 0);
    return matching.filter((line) => line.seq <= total).length + since + later;
  }

  close(): void {
    this.#close.abort();
  }

  async #follow(source: LogSource): Promise<void> {
    const { index, matcher, readChunk } = this.#parts;
    const { signal } = this.#close;
    const first = chunkOf(Math.max(1, linesIn(await index.refresh()) - TAIL_LINES + 1));
    this.#next = first * CHUNK_LINES + 1;
    this.#freshFrom = this.#next;
    const tally = matcher.readsText ? new SearchTally(matcher, first, readChunk) : new IndexTally(matcher);
    while (!signal.aborted) {
      const beganAt = performance.now();
      const standing = source.standing();
      const chunks = await index.refresh();
      await this.#look(source, tally, linesIn(chunks));
      // Readers get the newest lines before anything older is looked for.
      const searches = this.#edition === null ? tally.searching !== null : await search(tally, chunks, standing);
      this.#publish(tally, chunks, standing);
      if (this.final) return;
      if (!searches) await source.moved(standing, signal);
      // Nothing is disturbed once the cluster is gone.
      if (!standing.over) await pause(BATCH_MS - (performance.now() - beganAt), signal);
    }
  }

  /** Looks at the lines up to `last`. */
  async #look(source: LogSource, tally: ChunkTally, last: number): Promise<void> {
    const breather = new Breather();
    while (this.#next <= last) {
      const lines = await source.lines(this.#next, Math.min(last, this.#next + READ_LINES - 1));
      const first = lines[0]?.seq ?? this.#next + READ_LINES;
      if (first > this.#next) this.#miss(tally, Math.min(first - 1, last));
      for (const line of lines) {
        const matches = this.#parts.matcher.matches(line);
        tally.saw(line, matches);
        if (matches) this.#fresh.push(line);
        this.#next = line.seq + 1;
        if (breather.due) await breather.rest();
      }
    }
  }

  #miss(tally: ChunkTally, lastSeq: number): void {
    tally.missed(this.#next, lastSeq);
    this.#next = lastSeq + 1;
    this.#fresh = [];
    this.#freshFrom = this.#next;
  }

  #publish(tally: ChunkTally, chunks: readonly LogChunk[], { dropped, late, over }: LogStanding): void {
    const before = this.#edition;
    const number = (before?.number ?? 0) + 1;
    const changes = tally.changes(chunks);
    let shown = before?.shown ?? 0;
    for (const count of changes) {
      shown += count.shown - (this.#counts[count.chunk]?.count.shown ?? 0);
      this.#counts[count.chunk] = { count, edition: number };
    }
    this.recent.add(this.#fresh, this.#freshFrom);
    this.#fresh = [];
    this.#freshFrom = null;
    const { matched, searching } = tally;
    const edition = {
      number,
      total: this.#next - 1,
      shown,
      matched,
      dropped,
      late,
      searching,
      final: over && searching === null,
    };
    if (before !== null && changes.length === 0 && isSame(before, edition)) return;
    this.#edition = edition;
    this.published.wake();
  }
}

/** Whether there may be more to search. */
async function search(tally: ChunkTally, chunks: readonly LogChunk[], { over }: LogStanding): Promise<boolean> {
  const until = performance.now() + SEARCH_MS;
  while (performance.now() < until) if (!(await tally.searchOne(chunks, over))) return false;
  return true;
}
