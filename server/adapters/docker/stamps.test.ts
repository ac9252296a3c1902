import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StampReader, toSecNanos } from './stamps';

const read = (reader: StampReader, line: string) => {
  const payload = Buffer.from(line);
  const { time, textAt } = reader.read(payload);
  return [time, payload.toString('utf8', textAt)];
};

test('the second that is remembered is never used for another one', () => {
  const times = fc.array(fc.tuple(fc.integer({ min: 0, max: 4_102_444_799 }), fc.integer({ min: 0, max: 999_999_999 })));
  fc.assert(
    fc.property(times, (list) => {
      const reader = new StampReader();
      // Each twice, so that it is read with and without the second being known.
      for (const [seconds, nanos] of list.flatMap((time) => [time, time])) {
        const digits = String(nanos).padStart(9, '0');
        const stamp = `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${digits}Z`;
        expect(read(reader, `${stamp} text\n`)).toEqual([`${seconds}.${digits}`, 'text\n']);
        expect(toSecNanos(stamp)).toBe(`${seconds}.${digits}`);
      }
    }),
  );
});

test('other widths and zones are read as well', () => {
  const reader = new StampReader();
  expect(read(reader, '1970-01-01T00:00:01.5Z a b')).toEqual(['1.500000000', 'a b']);
  expect(read(reader, '2026-11-23T20:05:21+02:00 ')).toEqual(['1795457121.000000000', '']);
});

test('what has no timestamp is refused, whatever was read before', () => {
  const reader = new StampReader();
  read(reader, '2026-01-02T03:04:05.678901234Z fine\n');
  for (const line of ['plain text', '', '2026-01-02T03:04:05.67890123xZ ', '2026-13-02T03:04:05.678901234 Z']) {
    expect(() => read(reader, line)).toThrow('no timestamp');
  }
});
