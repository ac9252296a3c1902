import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { wholeLines } from './log-blocks';
import { writeAll } from './log-pack';
import type { LogPieces } from './log-pieces';

const COPY_BYTES = 1024 * 1024;

/** The file of plain lines, open for appending. */
export class PlainFile {
  readonly path: string;
  #descriptor: number;

  constructor(path: string) {
    this.path = path;
    this.#descriptor = openSync(path, 'a+');
  }

  /** Goes through what is there, a block at a time, then cuts off the half line that a killed process left. */
  *read(pieces: LogPieces, packedTo: number): Generator<void> {
    for (const { block } of wholeLines(this.#descriptor, 0)) {
      pieces.read(block, packedTo);
      yield;
    }
    if (fstatSync(this.#descriptor).size > pieces.end) ftruncateSync(this.#descriptor, pieces.end);
  }

  append(bytes: Buffer): void {
    writeAll(this.#descriptor, bytes);
  }

  /**
   * Takes away the head, by a copy of the rest that takes the file's place: whoever has the old one open reads on in that.
   * A process killed in between leaves the old file, or the new one.
   */
  cutHead(bytes: number): void {
    const partial = `${this.path}.part`;
    const shorter = openSync(partial, 'w+');
    try {
      copyFrom(this.#descriptor, bytes, shorter);
      renameSync(partial, this.path);
    } catch (failure) {
      closeSync(shorter);
      rmSync(partial, { force: true });
      throw failure;
    }
    closeSync(this.#descriptor);
    this.#descriptor = shorter;
  }

  sync(): void {
    fdatasyncSync(this.#descriptor);
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  remove(): void {
    rmSync(this.path, { force: true });
    if (existsSync(`${this.path}.part`)) rmSync(`${this.path}.part`);
  }
}

function copyFrom(source: number, from: number, target: number): void {
  const buffer = Buffer.allocUnsafe(COPY_BYTES);
  for (let at = from; ; ) {
    const read = readSync(source, buffer, 0, buffer.length, at);
    if (read === 0) return;
    for (let done = 0; done < read; ) done += writeSync(target, buffer, done, read - done);
    at += read;
  }
}
