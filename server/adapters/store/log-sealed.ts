import { createReadStream, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { LogLine } from '@/server/domain/log-line';
import { LogIndex } from './log-index';
import { LogPack, packText } from './log-pack';
import { type PackPaths, packPaths } from './log-paths';
import { type LogPiece, LogPieces } from './log-pieces';
import { parseBlock, toText } from './log-text';

const NEWLINE = 0x0a;

/** lines and bytes as they were printed, storedBytes as they are kept, with what finds them. */
export type LogSize = { lines: number; bytes: number; storedBytes: number };

export function sizeOf({ members, storedBytes, bytes: indexBytes }: LogIndex): LogSize {
  let lines = 0;
  let bytes = 0;
  for (const member of members) {
    lines += member.lines;
    bytes += member.bytes;
  }
  return { lines, bytes, storedBytes: storedBytes + indexBytes };
}

/** Writes a whole log, packed as a sealed one is. */
export async function writeSealedLog(runDir: string, batches: AsyncIterable<LogLine[]>): Promise<LogSize> {
  mkdirSync(runDir, { recursive: true });
  return writePacked(packPaths(runDir), batches);
}

/**
 * A log that was sealed before there were chunks is one gzip member without an index. It is written anew in members, which
 * take its place when they are complete. Two processes that do it at once write the same bytes.
 */
export async function mendIndex(runDir: string): Promise<void> {
  const { packed, index } = packPaths(runDir);
  if (!existsSync(packed) || existsSync(index)) return;
  const anew = { packed: `${packed}.${process.pid}.part`, index: `${index}.${process.pid}.part` };
  try {
    const { lines } = await writePacked(anew, readSingle(packed));
    if (lines === 0) return writeFileSync(index, '');
    // In this order: killed in between, it is done once more.
    renameSync(anew.packed, packed);
    renameSync(anew.index, index);
  } catch (failure) {
    for (const path of Object.values(anew)) rmSync(path, { force: true });
    throw failure;
  }
}

async function writePacked({ packed, index: indexPath }: PackPaths, batches: AsyncIterable<LogLine[]>): Promise<LogSize> {
  const index = new LogIndex(indexPath);
  let pack: LogPack | null = null;
  try {
    for await (const { piece, text } of cut(batches)) {
      pack ??= new LogPack(packed, index);
      pack.add(await packText(text), piece);
    }
    await pack?.sync();
  } finally {
    pack?.close();
  }
  return sizeOf(index);
}

async function* cut(batches: AsyncIterable<LogLine[]>): AsyncGenerator<{ piece: LogPiece; text: Buffer }> {
  const pieces = new LogPieces();
  let texts: string[] = [];
  for await (const batch of batches) {
    for (const line of batch) {
      const piece = pieces.last;
      if (piece !== undefined && pieces.begins(line)) {
        yield { piece, text: Buffer.from(texts.join('')) };
        pieces.drop(piece.toSeq);
        texts = [];
      }
      const text = toText(line);
      pieces.add(line);
      pieces.grow(Buffer.byteLength(text));
      texts.push(text);
    }
  }
  const piece = pieces.last;
  if (piece !== undefined) yield { piece, text: Buffer.from(texts.join('')) };
}

async function* readSingle(packedPath: string): AsyncGenerator<LogLine[]> {
  const gunzip = createGunzip();
  // pipe() passes no errors on, and a reader that breaks off must not leave the file open.
  const file = createReadStream(packedPath).on('error', (error) => gunzip.destroy(error));
  file.pipe(gunzip).on('close', () => file.destroy());
  let rest = Buffer.alloc(0);
  for await (const bytes of gunzip) {
    const block = Buffer.concat([rest, Buffer.from(bytes)]);
    const whole = block.lastIndexOf(NEWLINE) + 1;
    if (whole > 0) yield parseBlock(block.subarray(0, whole), 1, Number.POSITIVE_INFINITY);
    rest = block.subarray(whole);
  }
}
