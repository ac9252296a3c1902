import type { RawLine } from '@/server/domain/ports';
import type { Frame } from './frames';
import { StampReader } from './stamps';

/** A line that never ends would grow without bound; it is cut here and says so. */
const LINE_MAX_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;

/** What tells lines of one container apart, but for several within a nanosecond. */
export type LineKey = Pick<RawLine, 'time' | 'stream'>;

type Pending = { time: string; pieces: Buffer[]; bytes: number; cutBytes: number };

/**
 * Joins the logging driver's frames to lines. A frame is `TIMESTAMP SPACE piece`; the driver cuts lines into pieces of
 * 16 KiB that share the first one's timestamp, and only the last piece ends with a newline.
 */
export class LineJoiner {
  private readonly pending: Record<Frame['stream'], Pending | null> = { stdout: null, stderr: null };
  private readonly stamps = new StampReader();

  /** Adds the lines that this frame completes, usually one. */
  push({ stream, payload }: Frame, lines: RawLine[] = []): RawLine[] {
    const { time, textAt } = this.stamps.read(payload);
    const begun = this.pending[stream];
    const ends = payload.length > textAt && payload[payload.length - 1] === NEWLINE;
    if (begun === null && ends && payload.length <= LINE_MAX_BYTES) {
      lines.push({ time, stream, text: payload.toString('utf8', textAt, payload.length - 1) });
      return lines;
    }
    // A process that ended without a newline was followed by another one, in a restarted container.
    const isAbandoned = begun !== null && begun.time !== time;
    if (isAbandoned) lines.push(toRawLine(begun, stream));
    const line = begun === null || isAbandoned ? { time, pieces: [], bytes: 0, cutBytes: 0 } : begun;
    append(line, payload.subarray(textAt, ends ? payload.length - 1 : payload.length));
    this.pending[stream] = ends ? null : line;
    if (ends) lines.push(toRawLine(line, stream));
    return lines;
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
