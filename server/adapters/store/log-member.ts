import type { LogChunk } from '@/server/domain/log-chunk';

/** A gzip member of the packed log: which lines it holds, and where it stands. bytes: of the lines as text. */
export type LogMember = { fromSeq: number; toSeq: number; lines: number; bytes: number; at: number; storedBytes: number };

/** A line of the index file. A chunk may have several members, each with the facts of its own lines. */
export type IndexEntry = { member: LogMember; chunk: LogChunk };
