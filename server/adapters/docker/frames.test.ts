import { expect, test } from 'vitest';
import { FrameReader, TerminalReader } from './frames';

function frame(streamId: number, text: string): Buffer {
  const payload = Buffer.from(text);
  const header = Buffer.from([streamId, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

test('frames come out whole and in order, wherever the chunks are cut', () => {
  const bytes = Buffer.concat([frame(1, 'one\n'), frame(2, 'zwei: ü\n'), frame(1, ''), frame(1, 'x'.repeat(300))]);
  for (const size of [1, 2, 3, 7, 8, 9, 64, bytes.length]) {
    const reader = new FrameReader();
    const frames = [];
    for (let at = 0; at < bytes.length; at += size) frames.push(...reader.push(bytes.subarray(at, at + size)));
    expect(frames.map(({ stream, payload }) => [stream, payload.toString()])).toEqual([
      ['stdout', 'one\n'],
      ['stderr', 'zwei: ü\n'],
      ['stdout', ''],
      ['stdout', 'x'.repeat(300)],
    ]);
  }
});

test('a stream id outside the protocol is refused, not shown as a log line', () => {
  expect(() => new FrameReader().push(frame(3, 'error of the driver'))).toThrow('stream id 3');
  expect(() => new FrameReader().push(Buffer.from('plain text of a terminal'))).toThrow('stream id');
});

test("a terminal's bytes become lines without the carriage return, cut anywhere", () => {
  const bytes = Buffer.from('T1 one\r\nT2 t\rwo\r\nT3 \r\n');
  for (const size of [1, 5, bytes.length]) {
    const reader = new TerminalReader();
    const lines = [];
    for (let at = 0; at < bytes.length; at += size) lines.push(...reader.push(bytes.subarray(at, at + size)));
    expect(lines.map(({ payload }) => payload.toString())).toEqual(['T1 one\n', 'T2 t\rwo\n', 'T3 \n']);
  }
});
