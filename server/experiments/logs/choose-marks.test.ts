import { describe, expect, it } from 'vitest';
import type { LogMarkAt } from '@/server/domain/log-chunk';
import { chooseMarks } from './choose-marks';

const markAt = (seq: number, mark: LogMarkAt['mark']): LogMarkAt => ({
  seq,
  time: `${seq}.0`,
  source: 'replica1',
  mark,
  text: '',
});

describe('the marks of a new reader', () => {
  it('are all, as long as they are not too many', () => {
    const marks = Array.from({ length: 2000 }, (_, at) => markAt(at + 1, 'resend'));
    expect(chooseMarks(marks)).toEqual(marks);
  });

  it('lack the oldest resends first, then the oldest of the rest, and stay in order', () => {
    const marks = Array.from({ length: 3000 }, (_, at) => markAt(at + 1, at % 10 === 0 ? 'view' : 'resend'));
    const chosen = chooseMarks(marks);
    expect(chosen).toHaveLength(2000);
    expect(chosen.filter(({ mark }) => mark === 'view')).toHaveLength(300);
    expect(chosen.map(({ seq }) => seq)).toEqual(chosen.map(({ seq }) => seq).sort((a, b) => a - b));
    const many = Array.from({ length: 3000 }, (_, at) => markAt(at + 1, 'view'));
    expect(chooseMarks(many)).toEqual(many.slice(-2000));
  });
});
