/** Bytes in, whole lines out: without their newline, in order. What follows the last newline waits for more. */
export class LineSplitter {
  #rest: Buffer = Buffer.alloc(0);

  /** Bytes of a line that has begun and not ended. */
  get waitingBytes(): number {
    return this.#rest.length;
  }

  *push(chunk: Uint8Array): Generator<Buffer> {
    const bytes = this.#rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
      yield bytes.subarray(start, end);
      start = end + 1;
    }
    this.#rest = Buffer.from(bytes.subarray(start));
  }
}
