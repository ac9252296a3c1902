import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { LogChunk } from '@/server/domain/log-chunk';
import { wholeLines } from './log-blocks';
import type { LogMember } from './log-member';
import { eachLine } from './log-text';
import { readJson } from './stored-json';

/** A member, and where its entry stands in the index file. */
export type IndexedMember = LogMember & { entryAt: number; entryBytes: number };

/**
 * What a packed log holds. The file only grows, an entry at a time, each written after its member. Memory keeps where
 * things are, 400 bytes a chunk; the facts of chunks, which may be forty marks long, stay in the file.
 */
export class LogIndex {
  readonly path: string;
  #members: IndexedMember[] = [];

  constructor(path: string) {
    this.path = path;
  }

  get members(): readonly IndexedMember[] {
    return this.#members;
  }

  get lastSeq(): number {
    return this.#members.at(-1)?.toSeq ?? 0;
  }

  /** Bytes of the packed log. */
  get storedBytes(): number {
    const last = this.#members.at(-1);
    return last === undefined ? 0 : last.at + last.storedBytes;
  }

  /** Bytes of the index file. */
  get bytes(): number {
    const last = this.#members.at(-1);
    return last === undefined ? 0 : last.entryAt + last.entryBytes;
  }

  /** Takes in what the file has more than was known. A file that is gone or shorter belongs to another log. */
  refresh(): void {
    const size = statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
    if (size < this.bytes) this.#members = [];
    if (size === this.bytes) return;
    withFile(this.path, (descriptor) => {
      for (const { block, at } of wholeLines(descriptor, this.bytes)) {
        eachLine(block, (from, newlineAt) => {
          const { member } = readJson('logIndexEntry', block.toString('utf8', from, newlineAt));
          this.add(member, newlineAt + 1 - from, at + from);
        });
      }
    });
  }

  add(member: LogMember, entryBytes: number, entryAt = this.bytes): void {
    this.#members.push({ ...member, entryAt, entryBytes });
  }

  /** Forgets the members that a packed log of this length cannot hold: it lost its end with the machine's power. */
  keepWithin(packedBytes: number): void {
    while (this.storedBytes > packedBytes) this.#members.pop();
  }

  /** Members that hold lines from this number on. */
  from(seq: number): IndexedMember[] {
    let low = 0;
    let high = this.#members.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#members[middle]?.toSeq ?? 0) < seq) low = middle + 1;
      else high = middle;
    }
    return this.#members.slice(low);
  }

  /** What the file says of these members, which follow each other. */
  async facts(members: readonly IndexedMember[]): Promise<LogChunk[]> {
    const first = members[0];
    const last = members.at(-1);
    if (first === undefined || last === undefined || !existsSync(this.path)) return [];
    const chunks: LogChunk[] = [];
    const descriptor = openSync(this.path, 'r');
    try {
      for (const { block, at } of wholeLines(descriptor, first.entryAt)) {
        eachLine(block, (from, newlineAt) => {
          if (at + from > last.entryAt) return;
          chunks.push(readJson('logIndexEntry', block.toString('utf8', from, newlineAt)).chunk);
        });
        // Five thousand chunks take a tenth of a second to read.
        await setImmediate();
      }
    } finally {
      closeSync(descriptor);
    }
    return chunks;
  }
}

function withFile(path: string, step: (descriptor: number) => void): void {
  const descriptor = openSync(path, 'r');
  try {
    step(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
