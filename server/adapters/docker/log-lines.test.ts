import { expect, test } from 'vitest';
import type { Frame } from './frames';
import { LineJoiner } from './log-lines';
import { toSecNanos } from './stamps';

const T1 = '2026-01-02T03:04:05.000000001Z';
const T2 = '2026-01-02T03:04:05.900000000Z';
const frame = (stream: Frame['stream'], payload: string | Buffer): Frame => ({ stream, payload: Buffer.from(payload) });

test('pieces of a long line are joined before they are decoded, although the other stream speaks in between', () => {
  const joiner = new LineJoiner();
  const letter = Buffer.from('ü');
  expect(joiner.push(frame('stdout', Buffer.concat([Buffer.from(`${T1} ab`), letter.subarray(0, 1)])))).toEqual([]);
  expect(joiner.push(frame('stderr', `${T2} between\n`))).toEqual([
    { time: toSecNanos(T2), stream: 'stderr', text: 'between' },
  ]);
  expect(joiner.push(frame('stdout', Buffer.concat([Buffer.from(`${T1} `), letter.subarray(1), Buffer.from('cd\n')])))).toEqual(
    [{ time: toSecNanos(T1), stream: 'stdout', text: 'abücd' }],
  );
});

test('an empty line, spaces and carriage returns are kept as they are', () => {
  const joiner = new LineJoiner();
  const texts = ['\n', '  two  \n', 'three\r\n'].flatMap((text) => joiner.push(frame('stdout', `${T1} ${text}`)));
  expect(texts.map(({ text }) => text)).toEqual(['', '  two  ', 'three\r']);
});

test('an unfinished line is passed on when its process is followed by another one, and by flush', () => {
  const joiner = new LineJoiner();
  joiner.push(frame('stdout', `${T1} last words`));
  expect(joiner.unfinished()).toEqual([{ time: toSecNanos(T1), stream: 'stdout' }]);
  expect(joiner.push(frame('stdout', `${T2} first`)).map(({ text }) => text)).toEqual(['last words']);
  expect(joiner.flush().map(({ text }) => text)).toEqual(['first']);
  expect(joiner.flush()).toEqual([]);
});

test('a line that never ends is cut at 1 MiB and says how much was dropped', () => {
  const joiner = new LineJoiner();
  for (let piece = 0; piece < 65; piece++) joiner.push(frame('stdout', `${T1} ${'x'.repeat(16384)}`));
  const [line] = joiner.push(frame('stdout', `${T1} end\n`));
  expect(line?.text.startsWith('x'.repeat(1024 * 1024))).toBe(true);
  expect(line?.text.endsWith('[16387 more bytes of this line were dropped]')).toBe(true);
});

test('timestamps become seconds and nine digits, which compare as text', () => {
  expect(toSecNanos('1970-01-01T00:00:01.5Z')).toBe('1.500000000');
  expect(toSecNanos('2026-11-23T18:05:21.123456789Z')).toBe('1795457121.123456789');
  expect(toSecNanos('2026-11-23T20:05:21+02:00')).toBe('1795457121.000000000');
  expect(() => toSecNanos('not a time')).toThrow('no timestamp');
});
