import { describe, expect, it } from 'vitest';
import { LabError } from '@/server/domain/errors';
import { type LogFilter, NO_FILTER } from '@/server/domain/log-filter';
import type { LogLine } from '@/server/domain/log-line';
import { LineMatcher } from './line-matcher';

const line = (changes: Partial<LogLine> = {}): LogLine => ({
  seq: 1,
  time: '1.000000000',
  source: 'replica1',
  stream: 'stderr',
  level: 'notice',
  text: 'notice vr: Leader of view 0',
  ...changes,
});

const shows = (filter: Partial<LogFilter>, changes: Partial<LogLine> = {}) =>
  new LineMatcher({ ...NO_FILTER, ...filter }).matches(line(changes));

function refusal(filter: Partial<LogFilter>): LabError {
  try {
    new LineMatcher({ ...NO_FILTER, ...filter });
  } catch (error) {
    if (error instanceof LabError) return error;
  }
  throw new Error('it was taken');
}

describe('a filter', () => {
  it('shows everything when it asks for nothing', () => {
    expect(shows({})).toBe(true);
    expect(shows({ inverse: true, regex: true })).toBe(true);
    expect(new LineMatcher(NO_FILTER).readsText).toBe(false);
  });

  it('finds words without regard to case, and signs as they stand', () => {
    expect(shows({ text: 'LEADER of' })).toBe(true);
    expect(shows({ text: 'follower' })).toBe(false);
    expect(shows({ text: 'a.c' }, { text: 'abc' })).toBe(false);
    for (const signs of ['[0]', '(x)', 'a|b', '\\d+', '{1}', '$', '^', '*', '?', '/', 'a-b']) {
      expect(shows({ text: signs }, { text: `before ${signs} behind` })).toBe(true);
      expect(shows({ text: signs }, { text: 'before behind' })).toBe(false);
    }
  });

  it('finds words that colours cut in two', () => {
    expect(shows({ text: 'red alert' }, { text: '\u001b[31mred\u001b[0m alert' })).toBe(true);
    expect(shows({ text: '[31m' }, { text: '\u001b[31mred\u001b[0m alert' })).toBe(false);
    expect(shows({ text: '^red alert$', regex: true }, { text: '\u001b[1;31mred\u001b[0m alert' })).toBe(true);
  });

  it('takes regular expressions without regard to case', () => {
    expect(shows({ text: 'VIEW \\d+$', regex: true })).toBe(true);
    expect(shows({ text: '^view', regex: true })).toBe(false);
  });

  it('turns the text around, and only the text', () => {
    expect(shows({ text: 'leader', inverse: true })).toBe(false);
    expect(shows({ text: 'follower', inverse: true })).toBe(true);
    expect(shows({ text: 'follower', inverse: true, level: 'warn' })).toBe(false);
    expect(shows({ text: 'follower', inverse: true, sources: ['client'] })).toBe(false);
  });

  it('shows a level and those above, and sources by name', () => {
    const levels = ['debug', 'notice', 'warn', 'error'] as const;
    expect(levels.filter((level) => shows({ level: 'warn' }, { level }))).toEqual(['warn', 'error']);
    expect(shows({ sources: ['replica1', 'client'] })).toBe(true);
    expect(shows({ sources: ['replica2'] })).toBe(false);
  });

  it.each([
    ['(a', 'missing closing )', 'character 1'],
    ['x(a)(b', 'missing closing )', 'character 5'],
    ['a[(]\\(b)', 'unexpected )', 'character 8'],
    ['ab**', 'invalid nested repetition operator', 'character 3'],
    ['x[z-a]', 'invalid character class range', 'character 3'],
    ['(?<=x)y', 'invalid named capture', 'character 1'],
    ['a(b)\\1', 'invalid escape sequence', 'character 5'],
    ['a{1001}', 'invalid repeat count', 'character 2'],
  ])('refuses %s naming cause and place', (text, cause, place) => {
    const { code, message, remedy } = refusal({ text, regex: true });
    expect(code).toBe('bad_filter');
    expect(message).toContain(JSON.stringify(text));
    expect(message).toContain(cause);
    expect(message).toContain(place);
    expect(remedy).toContain('RE2');
    expect(shows({ text })).toBe(false);
  });

  it('refuses what is too long', () => {
    expect(refusal({ text: 'x'.repeat(1001) })).toMatchObject({
      code: 'bad_filter',
      message: expect.stringContaining('1001 characters'),
    });
    expect(shows({ text: 'x'.repeat(1000) })).toBe(false);
  });

  it.each([
    ['(a+)+$', 'aaa!'],
    ['(a|aa)+$', 'aaa!'],
    ['^(.*a){20}$', 'a!'],
    ['(a{0,30}){1,30}$', 'b'],
  ])('is not held up by %s', (text, other) => {
    // A backtracking engine would be at it for ages; this one takes a time in proportion to the line.
    const long = 'a'.repeat(100_000);
    expect(shows({ text, regex: true }, { text: `${long}!` })).toBe(text.startsWith('(a{0'));
    expect(shows({ text, regex: true }, { text: long })).toBe(true);
    expect(shows({ text, regex: true }, { text: other })).toBe(text.startsWith('(a{0'));
  });

  it('knows from a count by source and level how many lines it shows', () => {
    const chunk = {
      chunk: 3,
      lines: 21,
      firstTime: '1.0',
      lastTime: '2.0',
      marks: [],
      counts: { replica1: [1, 2, 3, 4], client: [5, 6, 0, 0] } satisfies Record<string, [number, number, number, number]>,
    };
    const count = (filter: Partial<LogFilter>) => new LineMatcher({ ...NO_FILTER, ...filter }).countOf(chunk);
    expect(count({})).toEqual({ chunk: 3, firstTime: '1.0', shown: 21, warn: 3, error: 4 });
    expect(count({ level: 'warn' })).toMatchObject({ shown: 7, warn: 3, error: 4 });
    expect(count({ level: 'error' })).toMatchObject({ shown: 4, warn: 0, error: 4 });
    expect(count({ sources: ['client'] })).toMatchObject({ shown: 11, warn: 0, error: 0 });
  });
});
