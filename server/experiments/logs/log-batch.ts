import type { LogMarkAt } from '@/server/domain/log-chunk';
import type { LogLine } from '@/server/domain/log-line';

/** How many lines of a chunk a filter shows, and how many of those are warnings and errors. */
export type ChunkCount = { chunk: number; firstTime: string; shown: number; warn: number; error: number };

/** What a reader of a run's log is told, at most every 40 ms. */
export type LogBatch = {
  /** Forget everything: counts, lines and marks begin anew. */
  reset: boolean;
  /**
   * Matching lines in order of seq, all behind those sent before. After a reset: those of the newest 2,000 lines that match;
   * older ones are fetched by chunk.
   */
  lines: LogLine[];
  /**
   * Matching lines between those sent before and `lines` that were left out because the reader was too far behind. They are
   * in the counts, and logs.chunk has them. `lines` is exact, but for a filter on text while `searching`: then those found so far.
   */
  skipped: { fromSeq: number; toSeq: number; lines: number } | null;
  /** Chunks whose count changed; with reset every chunk there is. */
  chunks: ChunkCount[];
  /** What happened since the last batch; with reset everything, at most 2,000. */
  marks: LogMarkAt[];
  /** Lines of the run so far. */
  total: number;
  /** Of them, those the filter shows; while `searching`, those found so far. */
  shown: number;
  /** Lines beyond what one run may write; they are nowhere. */
  dropped: number;
  /** Lines that came too late for their place. */
  late: number;
  /** How far the newest line lies behind its container when it is sent, ms; null if nothing new is sent. */
  lagMs: number | null;
  /** Chunks looked through for the filter's text; null once all are. */
  searching: { done: number; of: number } | null;
};

/** The matching lines of one chunk. complete: the chunk is full, so this is all there will ever be. */
export type LogPage = { chunk: number; lines: LogLine[]; complete: boolean };
