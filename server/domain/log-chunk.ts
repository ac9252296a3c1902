import type { LogMark } from './log-line';

/** A log is kept, counted and fetched in chunks of this many lines: chunk c holds seq c * 2000 + 1 to (c + 1) * 2000. */
export const CHUNK_LINES = 2000;

/** 0-based. */
export const chunkOf = (seq: number): number => Math.floor((seq - 1) / CHUNK_LINES);

/** Something that happened, where in the log it stands, and the line's text, cut at 200 characters. */
export type LogMarkAt = { seq: number; time: string; source: string; mark: LogMark; text: string };

/** Marks that one chunk remembers; a resend a line must not make the index as long as the log. */
export const CHUNK_MARKS = 40;

/** What is known of a chunk without reading it. */
export type LogChunk = {
  chunk: number;
  /** Of all lines. */
  lines: number;
  /** `sec.nanos` of the first line; late ones may be older. */
  firstTime: string;
  lastTime: string;
  /** Lines by source, in the order of LOG_LEVELS. */
  counts: Record<string, [number, number, number, number]>;
  /** At most CHUNK_MARKS, the first ones. */
  marks: LogMarkAt[];
};
