import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LogLine } from '@/server/domain/log-line';
import { LogJournal, type UnnumberedLine } from './log-journal';

beforeEach(() => void vi.useFakeTimers({ now: 10_000 }));
afterEach(() => void vi.useRealTimers());

function line(source: string, time: string): UnnumberedLine {
  return { source, time, stream: 'stderr', level: 'notice', text: `${source} at ${time}` };
}

function journal(textMax?: number) {
  const stored: LogLine[] = [];
  return { stored, journal: new LogJournal((lines) => stored.push(...lines), textMax) };
}

describe('LogJournal', () => {
  it('merges the containers by the time the engine gave their lines, and numbers them without gaps', () => {
    const { journal: log, stored } = journal();
    log.add([line('replica1', '9.900000003'), line('replica1', '9.900000009')]);
    log.add([line('replica2', '9.900000001'), line('replica2', '9.900000005')]);
    vi.advanceTimersByTime(5000);
    log.add([line('replica1', '14.500000000')]);
    vi.advanceTimersByTime(5000);
    expect(stored.map(({ seq, source, time }) => `${seq} ${source} ${time}`)).toEqual([
      '1 replica2 9.900000001',
      '2 replica1 9.900000003',
      '3 replica2 9.900000005',
      '4 replica1 9.900000009',
      '5 replica1 14.500000000',
    ]);
    expect(log.total).toBe(5);
  });

  it('has no timer while nothing waits', () => {
    const { journal: log } = journal();
    expect(vi.getTimerCount()).toBe(0);
    log.add([line('a', '9.9')]);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(5000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('says which lines came too late for their place', () => {
    const { journal: log, stored } = journal();
    log.add([line('a', '9.900000000')]);
    vi.advanceTimersByTime(5000);
    log.add([line('b', '9.800000000')]);
    vi.advanceTimersByTime(5000);
    expect(stored.map(({ seq, source, late }) => ({ seq, source, late }))).toEqual([
      { seq: 1, source: 'a', late: undefined },
      { seq: 2, source: 'b', late: true },
    ]);
    expect(log.late).toBe(1);
  });

  it('writes what still waits at its end, and takes nothing afterwards', () => {
    const { journal: log, stored } = journal();
    log.add([line('a', '9.999000000')]);
    log.end();
    log.add([line('a', '9.999900000')]);
    expect(stored.map(({ seq }) => seq)).toEqual([1]);
    expect(log.ended).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('keeps marks, and the newest lines in memory', () => {
    const { journal: log } = journal();
    log.add(Array.from({ length: 25_000 }, (_, at) => line('a', `9.${String(at).padStart(9, '0')}`)));
    log.add([{ ...line('lab', '9.950000000'), mark: 'fault' }]);
    log.end();
    expect(log.recent.oldestSeq).toBe(5002);
    expect(log.recent.read(1, 5003).map(({ seq }) => seq)).toEqual([5002, 5003]);
    expect(log.recent.read(25_001, 30_000)).toMatchObject([{ seq: 25_001, mark: 'fault' }]);
  });

  it('counts what is beyond the bound of a run, says so once, and keeps the remarks of the lab', () => {
    const { journal: log, stored } = journal(100);
    const lines = Array.from({ length: 20 }, (_, at) => line('a', `9.${String(at).padStart(9, '0')}`));
    log.add(lines);
    log.add([line('lab', '9.950000000')]);
    log.end();
    const kept = Math.floor(100 / (lines[0]?.text.length ?? 1));
    expect(stored.filter(({ source }) => source === 'a')).toHaveLength(kept);
    expect(log.dropped).toBe(20 - kept);
    const remarks = stored.filter(({ source }) => source === 'lab');
    expect(remarks.map(({ mark }) => mark)).toEqual(['fault', undefined]);
    expect(remarks[0]?.text).toContain('bound of one run');
    expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, at) => at + 1));
  });
});
