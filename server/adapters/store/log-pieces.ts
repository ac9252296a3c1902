import { chunkOf } from '@/server/domain/log-chunk';
import type { LogLine } from '@/server/domain/log-line';
import { ChunkFacts } from './log-facts';
import { eachLine, seqAt } from './log-text';
import { readJson } from './stored-json';

/** Lines may have 1 MiB: a chunk of such is cut, so that one is never held in memory whole. */
const PIECE_MAX_BYTES = 8 * 1024 * 1024;

/** A chunk, or a part of one, as it stands in a file of plain lines. */
export type LogPiece = { fromSeq: number; toSeq: number; at: number; bytes: number; facts: ChunkFacts };

/** The lines of a plain file that are not packed yet, cut into pieces. */
export class LogPieces {
  #pieces: LogPiece[] = [];
  /** Bytes up to the end of the last line. */
  #end = 0;

  get end(): number {
    return this.#end;
  }

  get first(): LogPiece | undefined {
    return this.#pieces[0];
  }

  get last(): LogPiece | undefined {
    return this.#pieces.at(-1);
  }

  /** The first one if no further line belongs to it. */
  get firstWhole(): LogPiece | undefined {
    const first = this.#pieces[0];
    return first !== undefined && (this.#pieces.length > 1 || this.isFull(first)) ? first : undefined;
  }

  /** Whether the line would begin another piece. */
  begins(line: LogLine): boolean {
    const last = this.last;
    return last === undefined || chunkOf(line.seq) !== last.facts.chunk || last.bytes >= PIECE_MAX_BYTES;
  }

  /** Call grow() with its length once that is known, and before the next piece is begun. */
  add(line: LogLine): void {
    if (this.begins(line)) {
      this.#pieces.push({ fromSeq: line.seq, toSeq: line.seq, at: this.#end, bytes: 0, facts: new ChunkFacts(line) });
    }
    const piece = this.#pieces[this.#pieces.length - 1];
    if (piece === undefined) return;
    piece.facts.add(line);
    piece.toSeq = line.seq;
  }

  grow(bytes: number): void {
    const last = this.last;
    if (last !== undefined) last.bytes += bytes;
    this.#end += bytes;
  }

  /** Takes in whole lines that follow what was there; those up to packedTo are in the pack already. */
  read(block: Buffer, packedTo: number): void {
    eachLine(block, (from, newlineAt) => {
      if (seqAt(block, from) > packedTo) this.add(readJson('logLine', block.toString('utf8', from, newlineAt)));
      this.grow(newlineAt + 1 - from);
    });
  }

  /** Forgets what is packed up to this number. */
  drop(packedTo: number): void {
    while (this.first !== undefined && this.first.toSeq <= packedTo) this.#pieces.shift();
  }

  /** The file lost so many bytes at its head. */
  shift(bytes: number): void {
    for (const piece of this.#pieces) piece.at -= bytes;
    this.#end -= bytes;
  }

  /** As they are now, whatever comes later. */
  copy(): LogPiece[] {
    return this.#pieces.map((piece) => ({ ...piece }));
  }

  private isFull({ toSeq, bytes }: LogPiece): boolean {
    return chunkOf(toSeq + 1) !== chunkOf(toSeq) || bytes >= PIECE_MAX_BYTES;
  }
}
