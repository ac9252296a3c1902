import { createReadStream, createWriteStream, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { LogLine } from '@/server/domain/log-line';
import { readJson } from './stored-json';

export const plainLog = (runDir: string) => join(runDir, 'log.jsonl');
export const sealedLog = (runDir: string) => join(runDir, 'log.jsonl.gz');

/**
 * Lines with seq >= fromSeq, at most limit, from the log in either state. startAt: a byte position at or before the
 * first of them, in the plain file.
 */
export async function readLines(runDir: string, fromSeq: number, limit: number, startAt = 0): Promise<LogLine[]> {
  const found: LogLine[] = [];
  if (limit <= 0) return found;
  for await (const text of wholeLines(openLog(runDir, startAt))) {
    if (seqOf(text) < fromSeq) continue;
    found.push(readJson('logLine', text));
    if (found.length >= limit) break;
  }
  return found;
}

export type LogSize = { lines: number; bytes: number; storedBytes: number };

/** Compresses the log; what was there stays readable until the compressed file is complete. */
export async function compressLog(runDir: string): Promise<LogSize> {
  const plain = plainLog(runDir);
  const sealed = sealedLog(runDir);
  if (!existsSync(plain)) {
    // Sealed before, or a run that never had a line.
    return { lines: 0, bytes: 0, storedBytes: existsSync(sealed) ? (await stat(sealed)).size : 0 };
  }
  let lines = 0;
  const counted = createReadStream(plain).on('data', (chunk) => {
    for (const byte of Buffer.from(chunk)) if (byte === 0x0a) lines += 1;
  });
  const partial = `${sealed}.part`;
  await pipeline(counted, createGzip({ level: 6 }), createWriteStream(partial, { flush: true }));
  const { size: bytes } = await stat(plain);
  await rename(partial, sealed);
  await rm(plain);
  return { lines, bytes, storedBytes: (await stat(sealed)).size };
}

/** Writes a whole log, compressed as compressLog leaves it. */
export async function writeSealedLog(runDir: string, batches: AsyncIterable<LogLine[]>): Promise<LogSize> {
  const size = { lines: 0, bytes: 0 };
  async function* texts() {
    for await (const batch of batches) {
      // seqOf relies on the number standing first.
      const text = Buffer.from(batch.map(({ seq, ...rest }) => `${JSON.stringify({ seq, ...rest })}\n`).join(''));
      size.lines += batch.length;
      size.bytes += text.length;
      yield text;
    }
  }
  mkdirSync(runDir, { recursive: true });
  await pipeline(texts, createGzip({ level: 6 }), createWriteStream(sealedLog(runDir), { flush: true }));
  return { ...size, storedBytes: (await stat(sealedLog(runDir))).size };
}

/** Bytes of a run's files. */
export function folderBytes(runDir: string): number {
  if (!existsSync(runDir)) return 0;
  return readdirSync(runDir).reduce(
    (sum, name) => sum + (statSync(join(runDir, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

function openLog(runDir: string, startAt: number): Readable | null {
  if (existsSync(plainLog(runDir))) return createReadStream(plainLog(runDir), { start: startAt });
  if (!existsSync(sealedLog(runDir))) return null;
  const gunzip = createGunzip();
  // pipe() passes no errors on, and a reader that has enough must not leave the file open.
  const file = createReadStream(sealedLog(runDir)).on('error', (error) => gunzip.destroy(error));
  return file.pipe(gunzip).on('close', () => file.destroy());
}

/** Lines that end in a newline; what a writer has only half written yet is left for the next reading. */
async function* wholeLines(source: Readable | null): AsyncGenerator<string> {
  if (source === null) return;
  let rest = Buffer.alloc(0);
  for await (const chunk of source) {
    let bytes = Buffer.concat([rest, Buffer.from(chunk)]);
    for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a)) {
      yield bytes.toString('utf8', 0, end);
      bytes = bytes.subarray(end + 1);
    }
    rest = bytes;
  }
}

/** The number stands first in every line, so that skipped ones need no parsing. */
function seqOf(text: string): number {
  return Number(/^\{"seq":(\d+)/.exec(text)?.[1] ?? 0);
}
