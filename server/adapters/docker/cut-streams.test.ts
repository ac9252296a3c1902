import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RawLine } from '@/server/domain/ports';
import { FrameReader } from './frames';
import { LineJoiner } from './log-lines';
import { SeenLines } from './seen-lines';
import { toSecNanos } from './stamps';

/** The driver cuts at 16 KiB; a smaller piece makes the same cases with less to read. */
const PIECE_BYTES = 12;

type Frame = { stamp: string; bytes: Buffer };
type Written = { stream: RawLine['stream']; stamp: string; text: string };

const stampAt = (ms: number) => new Date(Date.UTC(2026, 0, 2, 3, 4, 58) + ms).toISOString().replace('Z', '000000Z');

/** Frames as the driver writes them: a line's pieces share its timestamp, and the other stream may come in between. */
function framesOf({ stream, stamp, text }: Written): Frame[] {
  const line = Buffer.from(`${text}\n`);
  const pieces = Array.from({ length: Math.ceil(line.length / PIECE_BYTES) }, (_, at) =>
    line.subarray(at * PIECE_BYTES, (at + 1) * PIECE_BYTES),
  );
  return pieces.map((piece) => {
    const payload = Buffer.concat([Buffer.from(`${stamp} `), piece]);
    const header = Buffer.from([stream === 'stdout' ? 1 : 2, 0, 0, 0, 0, 0, 0, 0]);
    header.writeUInt32BE(payload.length, 4);
    return { stamp, bytes: Buffer.concat([header, payload]) };
  });
}

/** Two streams that race: each in order, the frames of one between those of the other. */
function mix(out: Frame[], err: Frame[], turns: boolean[]): Frame[] {
  const mixed: Frame[] = [];
  let [o, e] = [0, 0];
  for (let turn = 0; o < out.length || e < err.length; turn += 1) {
    const takesErr = o >= out.length || (e < err.length && (err[e]?.stamp ?? '') <= (out[o]?.stamp ?? ''));
    const raced = turns[turn % turns.length] === true && o < out.length && e < err.length;
    const next = takesErr !== raced ? err[e++] : out[o++];
    if (next !== undefined) mixed.push(next);
  }
  return mixed;
}

/** Reads the log in stretches, each broken off after so many bytes, and takes the bytes in chunks of a size. */
function readInStretches(log: Frame[], cuts: number[], chunkBytes: number): RawLine[] {
  const seen = new SeenLines();
  const passed: RawLine[] = [];
  let since: string | null = null;
  for (const cut of [...cuts, Number.POSITIVE_INFINITY]) {
    const from: string | null = since;
    const replay = Buffer.concat(
      log.filter(({ stamp }) => from === null || toSecNanos(stamp) >= from).map(({ bytes }) => bytes),
    );
    const stretch = replay.subarray(0, Math.min(cut, replay.length));
    const [reader, joiner] = [new FrameReader(), new LineJoiner()];
    for (let at = 0; at < stretch.length; at += chunkBytes) {
      const lines: RawLine[] = [];
      for (const frame of reader.push(stretch.subarray(at, at + chunkBytes))) joiner.push(frame, lines);
      passed.push(...seen.admitAll(lines));
    }
    since = seen.resume(joiner.unfinished());
  }
  return passed;
}

const ofStream = (stream: RawLine['stream'], lines: { stream: string; text: string }[]) =>
  lines.filter((line) => line.stream === stream).map(({ text }) => text);

const steps = fc.array(fc.record({ stepMs: fc.integer({ min: 0, max: 400 }), text: fc.string({ unit: 'grapheme' }) }), {
  maxLength: 40,
});

const writtenBy = (stream: RawLine['stream'], lines: { stepMs: number; text: string }[]): Written[] => {
  let ms = 0;
  return lines.map(({ stepMs, text }, nth) => {
    ms += stepMs;
    return { stream, stamp: stampAt(ms), text: `${nth} ${text.replaceAll('\n', ' ')}` };
  });
};

test('a stream cut at any byte, any number of times, loses and doubles no line', () => {
  const cuts = fc.array(fc.integer({ min: 0, max: 4_000 }), { maxLength: 8 });
  const chunks = fc.integer({ min: 1, max: 300 });
  const turns = fc.array(fc.boolean(), { minLength: 1, maxLength: 7 });
  fc.assert(
    fc.property(steps, steps, cuts, chunks, turns, (out, err, at, chunkBytes, racing) => {
      const written = [...writtenBy('stdout', out), ...writtenBy('stderr', err)];
      const frames = (stream: string) => written.filter((line) => line.stream === stream).flatMap(framesOf);
      // What races is told apart by at most the overlap that a resumed stream begins with.
      const log = mix(frames('stdout'), frames('stderr'), racing).filter(isWithinOverlap);
      fc.pre(log.length === frames('stdout').length + frames('stderr').length);
      const lines = readInStretches(log, at, chunkBytes);
      for (const stream of ['stdout', 'stderr'] as const) {
        expect(ofStream(stream, lines)).toEqual(ofStream(stream, written));
      }
    }),
    { numRuns: 400 },
  );
});

/** True for frames that come no more than a second after a later one. */
function isWithinOverlap(frame: Frame, at: number, log: Frame[]): boolean {
  const time = (stamp: string) => Number(toSecNanos(stamp));
  return log.slice(0, at).every(({ stamp }) => time(stamp) - time(frame.stamp) < 1);
}

test('so does one of 30,000 lines over 12 seconds, of which most are forgotten on the way', () => {
  const written = Array.from({ length: 30_000 }, (_, nth): Written => {
    const stream = nth % 3 === 0 ? 'stderr' : 'stdout';
    return { stream, stamp: stampAt(Math.floor(nth / 2.5)), text: `${nth}` };
  });
  const log = written.flatMap(framesOf);
  const bytes = log.reduce((sum, frame) => sum + frame.bytes.length, 0);
  // The first reaches far, the later ones begin a second before where the last one ended.
  const cuts = [bytes / 3, 200_000, 10, 150_000, 0, 300_000, 180_000].map(Math.floor);
  const lines = readInStretches(log, cuts, 8_192);
  for (const stream of ['stdout', 'stderr'] as const) {
    expect(ofStream(stream, lines)).toEqual(ofStream(stream, written));
  }
});
