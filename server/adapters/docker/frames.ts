/** A piece of a container's output: one write of the logging driver, or of an exec's process. */
export type Frame = { stream: 'stdout' | 'stderr'; payload: Buffer };

const HEADER_BYTES = 8;
const NOTHING: Buffer = Buffer.alloc(0);

/**
 * Takes the Engine's multiplexed stream apart: 8-byte header (stream, 0, 0, 0, length big-endian), then the payload.
 * Written here because modem.demuxStream ignores back-pressure and never ends its outputs.
 */
export class FrameReader {
  private rest = NOTHING;

  /** The frames completed by this chunk, in order; they share its memory. Throws on a stream id that the protocol doesn't know. */
  push(chunk: Buffer): Frame[] {
    const bytes = joined(this.rest, chunk);
    const frames: Frame[] = [];
    let at = 0;
    while (bytes.length - at >= HEADER_BYTES) {
      const stream = streamOf(bytes[at]);
      const end = at + HEADER_BYTES + bytes.readUInt32BE(at + 4);
      if (bytes.length < end) break;
      frames.push({ stream, payload: bytes.subarray(at + HEADER_BYTES, end) });
      at = end;
    }
    this.rest = at === bytes.length ? NOTHING : bytes.subarray(at);
    return frames;
  }
}

function streamOf(id: number | undefined): Frame['stream'] {
  if (id === 1) return 'stdout';
  if (id === 2) return 'stderr';
  throw new Error(`stream id ${id} in the engine's output: not multiplexed, or an error of the logging driver`);
}

const joined = (rest: Buffer, chunk: Buffer): Buffer => (rest.length === 0 ? chunk : Buffer.concat([rest, chunk]));

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * A container with a terminal writes raw bytes without headers; a frame is then a line. Each begins with its timestamp, as
 * do further pieces of lines over 16 KiB, which nothing marks here: their timestamps stay in the text.
 */
export class TerminalReader {
  private rest = NOTHING;

  push(chunk: Buffer): Frame[] {
    const bytes = joined(this.rest, chunk);
    const frames: Frame[] = [];
    let at = 0;
    for (let end = bytes.indexOf(NEWLINE, at); end >= 0; end = bytes.indexOf(NEWLINE, at)) {
      frames.push({ stream: 'stdout', payload: withoutReturn(bytes.subarray(at, end + 1)) });
      at = end + 1;
    }
    this.rest = bytes.subarray(at);
    return frames;
  }
}

/** The terminal turned the newline into two characters. */
function withoutReturn(line: Buffer): Buffer {
  if (line.length < 2 || line[line.length - 2] !== CARRIAGE_RETURN) return line;
  return Buffer.concat([line.subarray(0, -2), Buffer.from([NEWLINE])]);
}
