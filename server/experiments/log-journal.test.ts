import { describe, expect, it } from 'vitest';
import type { LogLine } from '../domain/log-line';
import { LogJournal, type UnnumberedLine } from './log-journal';

function line(source: string, time: string): UnnumberedLine {
  return { source, time, stream: 'stderr', level: 'notice', text: `${source} at ${time}` };
}

function journal() {
  const stored: LogLine[] = [];
  return { stored, journal: new LogJournal('e', (lines) => stored.push(...lines)) };
}

describe('LogJournal', () => {
  it('merges lines that arrive together by the time the engine gave them', () => {
    const { journal: log, stored } = journal();
    log.add([line('replica1', '10.000000003'), line('replica1', '10.000000009')]);
    log.add([line('replica2', '10.000000001'), line('replica2', '10.000000005')]);
    log.flush();
    expect(stored.map((each) => `${each.seq} ${each.source}`)).toEqual([
      '1 replica2',
      '2 replica1',
      '3 replica2',
      '4 replica1',
    ]);
  });

  it('numbers without gaps across batches', () => {
    const { journal: log, stored } = journal();
    log.add([line('replica1', '1.5')]);
    log.flush();
    log.add([line('replica1', '1.2'), line('client', '1.3')]);
    log.flush();
    expect(stored.map((each) => each.seq)).toEqual([1, 2, 3]);
    expect(log.total).toBe(3);
  });

  it('keeps the order of lines with the same time', () => {
    const { journal: log, stored } = journal();
    log.add([line('b', '1.0'), line('a', '1.0')]);
    log.flush();
    expect(stored.map((each) => each.source)).toEqual(['b', 'a']);
  });

  it('feeds readers the numbered lines, those that still waited at the end among them', async () => {
    const { journal: log } = journal();
    log.add([line('a', '1.0')]);
    log.end();
    const seen: number[] = [];
    for await (const { items } of log.feed.subscribe({ signal: new AbortController().signal })) {
      seen.push(...items.map(({ seq }) => seq));
    }
    expect(seen).toEqual([1]);
  });

  it('counts what is beyond the bound of a run and keeps the rest', () => {
    const { journal: log, stored } = journal();
    const many = Array.from({ length: 100_000 }, () => line('replica1', '1.0'));
    for (let batch = 0; batch < 21; batch++) {
      log.add(many);
      log.flush();
      stored.length = 0;
    }
    expect(log.total).toBe(2_000_000);
    expect(log.dropped).toBe(100_000);
  });
});
