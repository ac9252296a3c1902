import { expect, it } from 'vitest';
import { exampleRow } from '@/components/history/example-row';
import type { RunsComparison } from '@/server/api/types';
import { rawGroups, rawRuns, sayRange, wordedGroups, wordedRuns } from './many-words';

const figures = {
  p50: 200_000,
  p90: 260_000,
  p99: 360_000,
  p999: null,
  mean: 220_000,
  throughput: 4_456.3,
  leaderCpuPerRequest: 100_000,
};
const run: RunsComparison['runs'][number] = {
  summary: exampleRow({ verdict: 'suspect' }),
  figures,
  reason: 'host busy: 0.61 cores',
  faults: null,
  percentiles: [],
  ecdf: [],
};
const group: RunsComparison['groups'][number] = {
  scenario: 'scenario5',
  variant: 'baseline',
  workload: '20,000 requests',
  faults: null,
  runs: 3,
  valid: 2,
  ids: ['r-0001', 'r-0002', 'r-0003'],
  counted: ['r-0001', 'r-0002'],
  medians: figures,
  range: {
    p50: [198_200, 1_214_000],
    p90: [250_000, 270_000],
    p99: [360_000, 360_000],
    p999: null,
    mean: null,
    throughput: [4_400, 4_500],
    leaderCpuPerRequest: null,
  },
};

it('says a range with one unit where both ends share it', () => {
  expect(sayRange('ns', [198_200, 214_000])).toBe('198.2 to 214.0 µs');
  expect(sayRange('ns', [198_200, 1_214_000])).toBe('198.2 µs to 1.21 ms');
  expect(sayRange('per_s', [4_400, 4_500])).toBe('4,400 to 4,500 /s');
  expect(sayRange('ns', [360_000, 360_000])).toBe('');
});

it('exports runs raw, and worded with why they do not count', () => {
  const raw = rawRuns([run]);
  expect(raw.head).toContain('p50_ns');
  expect(raw.rows[0]).toEqual(expect.arrayContaining(['r-0001', 'suspect', 200_000, null, 4_456.3]));
  expect(wordedRuns([run]).rows[0]?.at(-1)).toBe('suspect: host busy: 0.61 cores');
});

it('exports medians with their range, in as many cells as the head names', () => {
  const raw = rawGroups([group]);
  expect(raw.rows[0]).toHaveLength(raw.head.length);
  const at = raw.head.indexOf('p90_low_ns');
  expect(raw.rows[0]?.slice(at, at + 2)).toEqual([250_000, 270_000]);
  expect(wordedGroups([group]).rows[0]).toEqual(
    expect.arrayContaining(['2 of 3', '260.0 µs (250.0 to 270.0 µs)', '360.0 µs', '–', '4,456 /s (4,400 to 4,500 /s)']),
  );
});
