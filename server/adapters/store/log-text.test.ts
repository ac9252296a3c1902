import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LOG_LEVELS, LOG_MARKS, type LogLine } from '@/server/domain/log-line';
import { parseBlock, seqAt, toText } from './log-text';

const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom('\n', '"\\', '\u001b[31m', '\ud800'));
const lines = fc.record<LogLine>(
  {
    seq: fc.integer({ min: 1, max: 1e12 }),
    time: fc.oneof(fc.constant('1763900000.000000001'), texts),
    source: texts,
    stream: fc.constantFrom('stdout', 'stderr'),
    level: fc.constantFrom(...LOG_LEVELS),
    text: texts,
    mark: fc.constantFrom(...LOG_MARKS),
    late: fc.constant<true>(true),
  },
  { requiredKeys: ['seq', 'time', 'source', 'stream', 'level', 'text'] },
);

it('a stored line is one line, an ordinary JSON object with the number first, and reads as it was', () => {
  fc.assert(
    fc.property(lines, (line) => {
      const text = toText(line);
      const { seq, time, source, stream, level, text: words, ...rest } = line;
      expect(text).toBe(`${JSON.stringify({ seq, time, source, stream, level, text: words, ...rest })}\n`);
      expect(JSON.parse(text)).toEqual(line);
      expect(seqAt(Buffer.from(text), 0)).toBe(line.seq);
    }),
  );
});

it('a block gives the lines between two numbers', () => {
  const line: LogLine = { seq: 0, time: '1', source: 'ü', stream: 'stderr', level: 'warn', text: '{"seq":9}' };
  const block = Buffer.from([7, 8, 9, 10].map((seq) => toText({ ...line, seq })).join(''));
  expect(parseBlock(block, 8, 9)).toEqual([
    { ...line, seq: 8 },
    { ...line, seq: 9 },
  ]);
  expect(parseBlock(block, 11, 20)).toEqual([]);
});
