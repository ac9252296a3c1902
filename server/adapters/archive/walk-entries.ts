import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import type { Reading } from './archive-limits';
import { badArchive } from './bad-archive';

/** More than this without an entry or a piece of one is a header as no archive of ours has it. */
const HEADER_BYTES = 2 * 1024 * 1024;

/** A plain file in an archive; its chunks can be read once. */
export type ArchiveEntry = { path: string; size: number; chunks: AsyncIterable<Buffer> };

/**
 * The files of a .tar.gz, one after the other; each is read to its end before the next is asked for. Anything but a plain
 * file is refused, and so is what goes beyond the limits, as soon as it does: a small archive can unpack to a large one.
 */
export async function* walkEntries(chunks: AsyncIterable<Uint8Array>, reading: Reading): AsyncGenerator<ArchiveEntry> {
  const { name, limits } = reading;
  const archive = extract();
  const meter = new Meter(reading);
  const fed = pipeline(chunks, createGunzip(), (bytes: AsyncIterable<Buffer>) => meter.pass(bytes), archive);
  // A walker who stops early breaks the pipe and has no use for its complaint.
  fed.catch(() => {});
  let entries = 0;
  try {
    for await (const entry of archive) {
      entries += 1;
      const { name: path, type, size = 0 } = entry.header;
      if (type !== 'file') throw badArchive(name, path, `it is a ${type ?? 'special file'}; only plain files are read.`);
      if (entries > limits.entries) throw badArchive(name, path, `the archive holds more than ${limits.entries} files.`);
      yield { path, size, chunks: meter.countAsRead(entry) };
    }
  } catch (cause) {
    throw meter.failure ?? cause;
  }
  await fed;
}

class Meter {
  readonly #reading: Reading;
  #total = 0;
  #sinceEntry = 0;
  #failure: unknown = null;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /** Why the bytes ended too soon; the entries only say that they did. */
  get failure(): unknown {
    return this.#failure;
  }

  async *pass(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of bytes) {
        this.#count(chunk.length);
        yield chunk;
      }
    } catch (cause) {
      this.#failure = cause;
      throw cause;
    }
  }

  async *countAsRead(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    this.#sinceEntry = 0;
    try {
      for await (const chunk of chunks) {
        this.#sinceEntry = 0;
        yield chunk;
      }
    } catch (cause) {
      throw this.#failure ?? cause;
    }
  }

  #count(bytes: number): void {
    const { name, limits } = this.#reading;
    this.#total += bytes;
    this.#sinceEntry += bytes;
    if (this.#total > limits.totalBytes) throw badArchive(name, null, `it unpacks to more than ${limits.totalBytes} bytes.`);
    if (this.#sinceEntry > HEADER_BYTES) throw badArchive(name, null, `it holds ${HEADER_BYTES} bytes that belong to no file.`);
  }
}
