import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import type { LogLine } from '@/server/domain/log-line';

/** Lines wait in memory up to this size or time, then one write takes them all. */
const BUFFER_BYTES = 256 * 1024;
const FLUSH_MS = 250;

/** Every so many lines the position is remembered, so that a page near the end is found without reading the rest. */
const INDEX_EVERY = 1000;

/**
 * Appends lines to one `log.jsonl`, one JSON object each. After a failed write every call throws it: the log has ended
 * there. A full disk may leave half a line, which readers pass over and the next writer cuts off.
 */
export class LogWriter {
  readonly #descriptor: number;
  readonly #index: { seq: number; offset: number }[] = [];
  #buffer: string[] = [];
  #bufferBytes = 0;
  #offset: number;
  #lines = 0;
  #timer: NodeJS.Timeout | null = null;
  #failure: unknown = null;

  constructor(path: string) {
    this.#descriptor = openSync(path, 'a+');
    this.#offset = cutTornLine(this.#descriptor);
  }

  append(lines: readonly LogLine[]): void {
    this.#throwFailure();
    for (const line of lines) {
      const text = `${JSON.stringify(line)}\n`;
      if (this.#lines % INDEX_EVERY === 0) this.#index.push({ seq: line.seq, offset: this.#offset + this.#bufferBytes });
      this.#buffer.push(text);
      this.#bufferBytes += Buffer.byteLength(text);
      this.#lines += 1;
    }
    if (this.#bufferBytes >= BUFFER_BYTES) this.flush();
    else this.#timer ??= setTimeout(() => this.#flushLater(), FLUSH_MS);
  }

  /** Everything appended is in the file. */
  flush(): void {
    this.#throwFailure();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const chunk = Buffer.from(this.#buffer.join(''));
    this.#buffer = [];
    this.#bufferBytes = 0;
    try {
      for (let at = 0; at < chunk.length; ) at += writeSync(this.#descriptor, chunk, at);
    } catch (failure) {
      this.#failure = failure;
      throw failure;
    }
    this.#offset += chunk.length;
  }

  /** Where to begin reading for a line; 0 if it lies before everything this writer wrote. */
  offsetBefore(seq: number): number {
    return this.#index.findLast((entry) => entry.seq <= seq)?.offset ?? 0;
  }

  close(): void {
    try {
      this.flush();
      fsyncSync(this.#descriptor);
    } finally {
      if (this.#timer !== null) clearTimeout(this.#timer);
      closeSync(this.#descriptor);
    }
  }

  #flushLater(): void {
    try {
      this.flush();
    } catch {
      // Nobody awaits a timer: flush() keeps the failure, and the next append, flush or close throws it.
    }
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw this.#failure;
  }
}

/** A process that died while writing leaves half a line; returns the length that remains. */
function cutTornLine(descriptor: number): number {
  const { size } = fstatSync(descriptor);
  let end = size;
  const byte = Buffer.alloc(1);
  while (end > 0 && readSync(descriptor, byte, 0, 1, end - 1) === 1 && byte[0] !== 0x0a) end -= 1;
  if (end < size) ftruncateSync(descriptor, end);
  return end;
}
