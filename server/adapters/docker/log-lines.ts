import type { RawLine } from '@/server/domain/ports';
import type { Frame } from './frames';

/** A line that never ends would grow without bound; it is cut here and says so. */
const LINE_MAX_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;
const SPACE = 0x20;

/** What tells lines of one container apart, but for several within a nanosecond. */
export type LineKey = Pick<RawLine, 'time' | 'stream'>;

type Pending = { time: string; pieces: Buffer[]; bytes: number; cutBytes: number };

/**
 * Joins the logging driver's frames to lines. A frame is `TIMESTAMP SPACE piece`; the driver cuts lines into pieces of
 * 16 KiB that share the first one's timestamp, and only the last piece ends with a newline.
 */
export class LineJoiner {
  private readonly pending: Record<Frame['stream'], Pending | null> = { stdout: null, stderr: null };

  /** The lines that this frame completes: usually one. */
  push(frame: Frame): RawLine[] {
    const { time, piece } = splitTimestamp(frame.payload);
    const begun = this.pending[frame.stream];
    // A process that ended without a newline was followed by another one, in a restarted container.
    const abandoned = begun !== null && begun.time !== time ? [toRawLine(begun, frame.stream)] : [];
    const line = begun !== null && abandoned.length === 0 ? begun : { time, pieces: [], bytes: 0, cutBytes: 0 };
    const ends = piece[piece.length - 1] === NEWLINE;
    append(line, ends ? piece.subarray(0, -1) : piece);
    this.pending[frame.stream] = ends ? null : line;
    return ends ? [...abandoned, toRawLine(line, frame.stream)] : abandoned;
  }

  /** The unfinished lines, for a container that ended without a newline. */
  flush(): RawLine[] {
    const lines: RawLine[] = [];
    for (const stream of ['stdout', 'stderr'] as const) {
      const line = this.pending[stream];
      if (line !== null) lines.push(toRawLine(line, stream));
      this.pending[stream] = null;
    }
    return lines;
  }

  /** Where unfinished lines began: a resumed stream has to begin before them. */
  unfinished(): LineKey[] {
    return (['stdout', 'stderr'] as const).flatMap((stream) => {
      const line = this.pending[stream];
      return line === null ? [] : [{ time: line.time, stream }];
    });
  }
}

function append(line: Pending, piece: Buffer): void {
  const room = LINE_MAX_BYTES - line.bytes;
  const kept = piece.length <= room ? piece : piece.subarray(0, room);
  line.pieces.push(kept);
  line.bytes += kept.length;
  line.cutBytes += piece.length - kept.length;
}

function toRawLine(line: Pending, stream: Frame['stream']): RawLine {
  // Bytes are joined before decoding: a piece may end inside a character.
  const text = Buffer.concat(line.pieces).toString('utf8');
  const note = line.cutBytes === 0 ? '' : ` [${line.cutBytes} more bytes of this line were dropped]`;
  return { time: line.time, stream, text: text + note };
}

function splitTimestamp(payload: Buffer): { time: string; piece: Buffer } {
  const space = payload.indexOf(SPACE);
  return { time: toSecNanos(payload.toString('latin1', 0, space)), piece: payload.subarray(space + 1) };
}

/** `2026-01-02T03:04:05.678901234Z` to `1767323045.678901234`, which compares as text and serves as `since`. */
export function toSecNanos(timestamp: string): string {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(timestamp);
  if (match === null) throw new Error(`no timestamp at the head of a log line: ${JSON.stringify(timestamp.slice(0, 60))}`);
  const seconds = Date.parse(`${match[1]}${match[3]}`) / 1000;
  return `${seconds}.${(match[2] ?? '').padEnd(9, '0')}`;
}
