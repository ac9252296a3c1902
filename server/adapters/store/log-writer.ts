import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { LogLine } from '@/server/domain/log-line';
import { LogIndex } from './log-index';
import { LogPack, packText } from './log-pack';
import { packedLog, packPaths, plainLog } from './log-paths';
import { type LogPiece, LogPieces } from './log-pieces';
import { PlainFile } from './log-plain';
import { type LogParts, readPiece } from './log-reading';
import { type LogSize, sizeOf } from './log-sealed';
import { toText } from './log-text';

/** Lines wait in memory up to this size or time, then one write takes them all. */
const BUFFER_CHARACTERS = 256 * 1024;
const FLUSH_MS = 250;

/** So much has to be packed before the plain file is cut, and no more than that copied. */
const CUT_BYTES = 4 * 1024 * 1024;

/**
 * Appends lines to a run's log. They go into the plain file, which is the truth until the chunk they belong to is full and
 * packed; if packing cannot keep up, that file grows and memory does not. After a failed write every call throws it: the
 * log has ended there. A full disk may leave half a line, which readers pass over and the next writer cuts off.
 */
export class LogWriter {
  readonly #runDir: string;
  readonly #plain: PlainFile;
  readonly #index: LogIndex;
  readonly #pieces = new LogPieces();
  #pack: LogPack | null = null;
  #texts: string[] = [];
  #characters = 0;
  #encoded: Buffer[] = [];
  #timer: NodeJS.Timeout | null = null;
  #failure: unknown = null;
  #packing: Promise<void> | null = null;
  #packProblem: unknown = null;
  #ending = false;
  #closed = false;

  private constructor(runDir: string) {
    this.#runDir = runDir;
    const { packed, index } = packPaths(runDir);
    if (existsSync(packed) && !existsSync(index)) throw new Error('the log was sealed by an earlier version');
    this.#index = new LogIndex(index);
    this.#index.refresh();
    this.#index.keepWithin(statSync(packed, { throwIfNoEntry: false })?.size ?? 0);
    this.#plain = new PlainFile(plainLog(runDir));
  }

  static open(runDir: string): LogWriter {
    const writer = new LogWriter(runDir);
    for (const _ of writer.#readPlain());
    return writer;
  }

  /** For a log that somebody else left: it may be long, and others want their turn. */
  static async openGently(runDir: string): Promise<LogWriter> {
    const writer = new LogWriter(runDir);
    for (const _ of writer.#readPlain()) await setImmediate();
    return writer;
  }

  append(lines: readonly LogLine[]): void {
    this.#throwFailure();
    for (const line of lines) {
      if (this.#pieces.begins(line)) this.#encode();
      this.#pieces.add(line);
      const text = toText(line);
      this.#texts.push(text);
      this.#characters += text.length;
      if (this.#characters >= BUFFER_CHARACTERS) this.flush();
    }
    if (this.#characters > 0) this.#timer ??= setTimeout(() => this.#flushLater(), FLUSH_MS);
  }

  /** Everything appended is in the file. */
  flush(): void {
    this.#throwFailure();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#encode();
    const bytes = Buffer.concat(this.#encoded);
    this.#encoded = [];
    this.#characters = 0;
    try {
      this.#plain.append(bytes);
    } catch (failure) {
      this.#failure = failure;
      throw failure;
    }
    this.#packSoon();
  }

  /** From the line on, in files that stay as they are while they are read. The caller closes `plain`. */
  parts(fromSeq: number): LogParts {
    this.flush();
    const pieces = this.#pieces.copy().filter(({ toSeq }) => toSeq >= fromSeq);
    const plain = pieces.length === 0 ? null : openSync(this.#plain.path, 'r');
    return { members: this.#index.from(fromSeq), index: this.#index, pieces, plain };
  }

  /** Packs what is not packed yet and removes the plain file; quick, since only the last chunks are left to do. */
  async seal(): Promise<LogSize> {
    this.#ending = true;
    this.flush();
    await this.#packing;
    // What stopped the packing before, a full disk perhaps, may have gone, or is thrown now.
    this.#dropPack();
    if (existsSync(this.#index.path)) this.#openPack();
    while (this.#pieces.first !== undefined) await this.#packFirst();
    await this.#pack?.sync();
    this.#refuseClosed();
    this.abandon();
    this.#plain.remove();
    return sizeOf(this.#index);
  }

  close(): void {
    if (this.#closed) return;
    try {
      this.flush();
      this.#plain.sync();
    } finally {
      this.abandon();
    }
  }

  /** Lets go of the files without writing what waits. */
  abandon(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#plain.close();
    this.#dropPack();
  }

  *#readPlain(): Generator<void> {
    try {
      yield* this.#plain.read(this.#pieces, this.#index.lastSeq);
    } catch (failure) {
      this.abandon();
      throw failure;
    }
  }

  /** Makes bytes of the texts that wait; all of them belong to the last piece. */
  #encode(): void {
    if (this.#texts.length === 0) return;
    const bytes = Buffer.from(this.#texts.join(''));
    this.#texts = [];
    this.#encoded.push(bytes);
    this.#pieces.grow(bytes.length);
  }

  #packSoon(): void {
    if (this.#packing !== null || this.#packProblem !== null || this.#ending || this.#closed) return;
    if (this.#pieces.firstWhole === undefined) return;
    // Begun in a later turn, since packing flushes and comes by here again.
    this.#packing = setImmediate()
      .then(() => this.#packWhole())
      // The lines are safe in the plain file, which grows from now on; seal() tries once more and says what is wrong.
      .catch((problem: unknown) => {
        this.#packProblem = problem;
      })
      .finally(() => {
        this.#packing = null;
      });
  }

  async #packWhole(): Promise<void> {
    while (this.#pieces.firstWhole !== undefined && !this.#ending && !this.#closed) {
      await this.#packFirst();
      await this.#cutPlain();
    }
  }

  async #packFirst(): Promise<void> {
    const piece = this.#pieces.first;
    if (piece === undefined) return;
    this.flush();
    const packed = await packText(await this.#readBack(piece));
    this.#refuseClosed();
    this.#openPack().add(packed, piece);
    this.#pieces.drop(piece.toSeq);
  }

  /** From the file rather than from memory, which stays small however far packing is behind. */
  async #readBack(piece: LogPiece): Promise<Buffer> {
    const descriptor = openSync(this.#plain.path, 'r');
    try {
      return await readPiece(descriptor, piece);
    } finally {
      closeSync(descriptor);
    }
  }

  /** Takes what is packed out of the plain file, once that is worth the copy of the rest. */
  async #cutPlain(): Promise<void> {
    const done = () => this.#pieces.first?.at ?? this.#pieces.end;
    const left = () => this.#pieces.end - done();
    if (done() < CUT_BYTES || left() > CUT_BYTES) return;
    await this.#pack?.sync();
    if (this.#closed || this.#ending || left() > CUT_BYTES) return;
    this.flush();
    const head = done();
    this.#plain.cutHead(head);
    this.#pieces.shift(head);
  }

  /** Opened with the first full chunk: a short run has no packed log until it is sealed. */
  #openPack(): LogPack {
    this.#pack ??= new LogPack(packedLog(this.#runDir), this.#index);
    return this.#pack;
  }

  #dropPack(): void {
    this.#pack?.close();
    this.#pack = null;
  }

  #flushLater(): void {
    try {
      this.flush();
    } catch {
      // Nobody awaits a timer: flush() keeps the failure, and the next append, flush or close throws it.
    }
  }

  #refuseClosed(): void {
    if (this.#closed) throw new Error('the log was closed while it was packed');
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw this.#failure;
  }
}
