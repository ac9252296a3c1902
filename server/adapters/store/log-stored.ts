import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { wholeLines } from './log-blocks';
import { LogIndex } from './log-index';
import { logIndex, plainLog } from './log-paths';
import { LogPieces } from './log-pieces';
import type { LogParts } from './log-reading';
import { seqAt } from './log-text';

/** Enough of a line to hold its number. */
const HEAD_BYTES = 64;

/**
 * A log that this process does not write: it is sealed, or another process writes it. What was looked at once is
 * remembered, and only what came since is looked at.
 */
export class StoredLog {
  readonly #runDir: string;
  readonly #index: LogIndex;
  #pieces = new LogPieces();
  /** The number of the plain file's first line tells it from the one that stood there before. */
  #head = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(runDir: string) {
    this.#runDir = runDir;
    this.#index = new LogIndex(logIndex(runDir));
  }

  /** From the line on; one look at a time. The caller closes `plain`. */
  parts(fromSeq: number): Promise<LogParts> {
    const looked = this.#turn.then(() => this.#look(fromSeq));
    this.#turn = looked.catch(() => {});
    return looked;
  }

  /**
   * The plain file is opened before the index is read: the writer first writes down what it packed, then takes it out of
   * the plain file. So a line may be found twice here, and never not at all.
   */
  async #look(fromSeq: number): Promise<LogParts> {
    const plain = openIfThere(plainLog(this.#runDir));
    try {
      this.#index.refresh();
      if (plain === null) this.#pieces = new LogPieces();
      else await this.#readPlain(plain);
      const pieces = this.#pieces.copy().filter(({ toSeq }) => toSeq >= fromSeq);
      return { members: this.#index.from(fromSeq), index: this.#index, pieces, plain };
    } catch (failure) {
      if (plain !== null) closeSync(plain);
      throw failure;
    }
  }

  async #readPlain(plain: number): Promise<void> {
    const head = headOf(plain);
    if (head !== this.#head || fstatSync(plain).size < this.#pieces.end) this.#pieces = new LogPieces();
    this.#head = head;
    this.#pieces.drop(this.#index.lastSeq);
    // A part of a piece was packed, by a seal that somebody went on after: the rest is to be counted anew.
    if ((this.#pieces.first?.fromSeq ?? Number.POSITIVE_INFINITY) <= this.#index.lastSeq) this.#pieces = new LogPieces();
    for (const { block } of wholeLines(plain, this.#pieces.end)) {
      this.#pieces.read(block, this.#index.lastSeq);
      await setImmediate();
    }
  }
}

function headOf(descriptor: number): number {
  const bytes = Buffer.alloc(HEAD_BYTES);
  readSync(descriptor, bytes, 0, HEAD_BYTES, 0);
  return seqAt(bytes, 0);
}

function openIfThere(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
