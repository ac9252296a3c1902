import { existsSync } from 'node:fs';
import { LabError } from '@/server/domain/errors';
import { CHUNK_LINES, type LogChunk } from '@/server/domain/log-chunk';
import type { LogLine } from '@/server/domain/log-line';
import { packedLog, plainLog } from './log-paths';
import { type LineRange, type LogParts, readFacts, readLines } from './log-reading';
import { type LogSize, mendIndex } from './log-sealed';
import { StoredLog } from './log-stored';
import { LogWriter } from './log-writer';

/** One run's log, whichever state it is in: written by this process, by another one, or sealed. */
export class LogOfRun {
  readonly #runDir: string;
  #writer: LogWriter | null = null;
  #stored: StoredLog | null = null;
  #mending: Promise<void> | null = null;
  #sealing: Promise<LogSize> | null = null;

  constructor(runDir: string) {
    this.#runDir = runDir;
  }

  /** Whether nothing is lost by forgetting this object. */
  get isIdle(): boolean {
    return this.#writer === null && this.#sealing === null && this.#mending === null;
  }

  append(lines: readonly LogLine[]): void {
    if (this.#sealing !== null) throw new LabError('run_over', 'The log is being sealed; nothing can be added to it.');
    this.#writer ??= LogWriter.open(this.#runDir);
    this.#writer.append(lines);
  }

  async read(range: LineRange): Promise<LogLine[]> {
    if (range.limit <= 0) return [];
    return readLines(packedLog(this.#runDir), await this.#parts(range.fromSeq), range);
  }

  async chunks(fromChunk: number): Promise<LogChunk[]> {
    return readFacts(await this.#parts(fromChunk * CHUNK_LINES + 1));
  }

  /** Whoever asks while it is being sealed gets the same answer. */
  seal(): Promise<LogSize> {
    this.#sealing ??= this.#seal().finally(() => {
      this.#sealing = null;
    });
    return this.#sealing;
  }

  close(): void {
    this.#writer?.close();
    this.#writer = null;
  }

  abandon(): void {
    this.#writer?.abandon();
    this.#writer = null;
  }

  async #parts(fromSeq: number): Promise<LogParts> {
    if (this.#writer !== null) return this.#writer.parts(fromSeq);
    await this.#mend();
    this.#stored ??= new StoredLog(this.#runDir);
    return this.#stored.parts(fromSeq);
  }

  async #seal(): Promise<LogSize> {
    if (this.#writer === null) {
      if (!existsSync(plainLog(this.#runDir)) && !existsSync(packedLog(this.#runDir))) {
        return { lines: 0, bytes: 0, storedBytes: 0 };
      }
      await this.#mend();
      this.#writer = await LogWriter.openGently(this.#runDir);
    }
    const writer = this.#writer;
    try {
      return await writer.seal();
    } finally {
      writer.abandon();
      if (this.#writer === writer) this.#writer = null;
    }
  }

  #mend(): Promise<void> {
    this.#mending ??= mendIndex(this.#runDir).finally(() => {
      this.#mending = null;
    });
    return this.#mending;
  }
}
