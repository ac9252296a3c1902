import { describe, expect, it } from 'vitest';
import { formatLogTime, formatMoment, parseMoment } from './log-time';

const noon = new Date(2026, 10, 23, 12, 0, 0).getTime();

describe('times of the log', () => {
  it('shows microseconds in local time', () => {
    expect(formatLogTime(`${noon / 1000 + 6}.000093456`)).toBe('12:00:06.000093');
    expect(formatMoment(noon + 6150)).toBe('12:00:06.1');
  });

  it('takes a time of day, on the day nearest to the run', () => {
    expect(parseMoment('12:00:06.25', noon)).toBe(noon + 6250);
    expect(parseMoment(' 9:30 ', noon)).toBe(noon - 2.5 * 3_600_000);
    const beforeMidnight = new Date(2026, 10, 23, 23, 59, 58).getTime();
    expect(parseMoment('00:00:01.0', beforeMidnight)).toBe(beforeMidnight + 3000);
  });

  it('takes a full ISO time', () => {
    expect(parseMoment('2026-11-23T12:00:00.500Z', noon)).toBe(Date.UTC(2026, 10, 23, 12, 0, 0, 500));
  });

  it('takes nothing else', () => {
    for (const words of ['', 'soon', '25:00:00', '12:60', '12', '2026-13-40T00:00:00Z', '1763900000']) {
      expect(parseMoment(words, noon)).toBeNull();
    }
  });
});
