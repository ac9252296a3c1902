import { closeSync, read } from 'node:fs';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { LogChunk } from '@/server/domain/log-chunk';
import type { LogLine } from '@/server/domain/log-line';
import { joinParts } from './log-facts';
import type { IndexedMember, LogIndex } from './log-index';
import type { LogPiece } from './log-pieces';
import { parseBlock } from './log-text';

const readBytes = promisify(read);
const decompress = promisify(gunzip);

/**
 * A log from some line on, taken down in one moment: members of the packed log, then pieces of a plain file that is open,
 * so that both agree whatever a writer does while they are read. No line is in both.
 */
export type LogParts = {
  members: readonly IndexedMember[];
  index: LogIndex;
  pieces: readonly LogPiece[];
  plain: number | null;
};

export type LineRange = { fromSeq: number; toSeq: number; limit: number };

/** Closes the plain file when done. */
export async function readLines(packedPath: string, parts: LogParts, range: LineRange): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  const { fromSeq, toSeq, limit } = range;
  const take = (block: Buffer) => {
    for (const line of parseBlock(block, fromSeq, toSeq)) lines.push(line);
  };
  const wanted = (part: LogPiece | IndexedMember) => lines.length < limit && part.fromSeq <= toSeq && part.toSeq >= fromSeq;
  try {
    for (const member of parts.members) if (wanted(member)) take(await readMember(packedPath, member));
    for (const piece of parts.pieces) {
      if (parts.plain !== null && wanted(piece)) take(await readPiece(parts.plain, piece));
    }
  } finally {
    if (parts.plain !== null) closeSync(parts.plain);
  }
  return lines.length > limit ? lines.slice(0, limit) : lines;
}

/** Closes the plain file: what is known of its pieces is in memory. */
export async function readFacts({ members, index, pieces, plain }: LogParts): Promise<LogChunk[]> {
  const waiting = pieces.map(({ facts }) => facts.toChunk());
  if (plain !== null) closeSync(plain);
  return joinParts([...(await index.facts(members)), ...waiting]);
}

export async function readPiece(descriptor: number, { at, bytes }: LogPiece): Promise<Buffer> {
  const block = Buffer.allocUnsafe(bytes);
  for (let filled = 0; filled < bytes; ) {
    const { bytesRead } = await readBytes(descriptor, block, filled, bytes - filled, at + filled);
    if (bytesRead === 0) throw new Error('the plain log is shorter than what was written to it');
    filled += bytesRead;
  }
  return block;
}

async function readMember(packedPath: string, { at, storedBytes }: IndexedMember): Promise<Buffer> {
  const file = await open(packedPath, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(storedBytes), 0, storedBytes, at);
    if (bytesRead < storedBytes) throw new Error('the packed log is shorter than its index says');
    return await decompress(buffer);
  } finally {
    await file.close();
  }
}
