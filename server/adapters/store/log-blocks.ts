import { fstatSync, readSync } from 'node:fs';

const BLOCK_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * What stands in a file from a byte on, in blocks that end with a newline; what is behind the last newline is left alone. It
 * ends at the length the file had when it was begun. The caller may stop in between to let others have their turn.
 */
export function* wholeLines(descriptor: number, from: number): Generator<{ block: Buffer; at: number }> {
  const { size } = fstatSync(descriptor);
  let at = from;
  let room = BLOCK_BYTES;
  while (at < size) {
    const bytes = readAt(descriptor, at, Math.min(room, size - at));
    const length = bytes.lastIndexOf(NEWLINE) + 1;
    if (length > 0) yield { block: bytes.subarray(0, length), at };
    else if (bytes.length < room) return;
    at += length;
    // A line that is longer than the room is read once more with twice as much.
    room = length > 0 ? BLOCK_BYTES : room * 2;
  }
}

function readAt(descriptor: number, at: number, bytes: number): Buffer {
  const buffer = Buffer.allocUnsafe(bytes);
  let filled = 0;
  while (filled < bytes) {
    const read = readSync(descriptor, buffer, filled, bytes - filled, at + filled);
    if (read === 0) break;
    filled += read;
  }
  return buffer.subarray(0, filled);
}
