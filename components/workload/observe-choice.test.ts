import { expect, it } from 'vitest';
import { readObserve, writeObserve } from './observe-choice';

it('stands in the address as the words that the command line uses, and as nothing by default', () => {
  expect(writeObserve({ bpfStatistics: false, trace: false })).toBe('');
  expect(writeObserve({ bpfStatistics: true, trace: false })).toBe('bpf-statistics');
  expect(writeObserve({ bpfStatistics: true, trace: true })).toBe('bpf-statistics,trace');
});

it('reads back what it wrote, and leaves out what it does not know', () => {
  for (const bpfStatistics of [false, true]) {
    for (const trace of [false, true]) {
      expect(readObserve(writeObserve({ bpfStatistics, trace }))).toEqual({ bpfStatistics, trace });
    }
  }
  expect(readObserve('everything')).toEqual({ bpfStatistics: false, trace: false });
});
