import { expect, it } from 'vitest';
import { toCsv, toMarkdown } from '@/components/ui/table-text';
import type { MetricResult } from '@/server/api/types';
import { WORKLOAD } from './example-experiment';
import {
  forestReach,
  groupResults,
  isBetter,
  outsidePaper,
  readingWords,
  resultReading,
  resultTable,
  showP,
} from './read-results';

const cells = [
  { index: 0, scenario: 'scenario3', workload: WORKLOAD },
  { index: 1, scenario: 'scenario5', workload: WORKLOAD },
];

function resultOf(change: Partial<MetricResult>): MetricResult {
  return {
    cell: 0,
    scenario: 'scenario3',
    replicas: 3,
    workload: WORKLOAD,
    base: 'baseline',
    variant: 'tc_broadcast',
    side: 1,
    metric: 'p50',
    unit: 'ns',
    better: 'lower',
    n: 10,
    ratios: [],
    baseMedian: 232_100,
    variantMedian: 208_300,
    medianRatio: 0.9,
    ci95: [0.88, 0.92],
    p: 0.00195,
    pHolm: 0.00195,
    noise: null,
    paper: null,
    paperReading: null,
    reading: 'lower',
    ...change,
  };
}

it('says faster and slower of latencies, lower and higher of the rest', () => {
  expect(readingWords(resultOf({}))).toBe('faster');
  expect(readingWords(resultOf({ reading: 'higher' }))).toBe('slower');
  expect(readingWords(resultOf({ metric: 'throughput', better: 'higher', reading: 'higher' }))).toBe('higher');
  expect(readingWords(resultOf({ reading: 'no_difference_shown' }))).toBe('no difference shown');
});

it('knows better from worse only where a difference is shown', () => {
  expect(isBetter({ reading: 'lower', better: 'lower' })).toBe(true);
  expect(isBetter({ reading: 'lower', better: 'higher' })).toBe(false);
  expect(isBetter({ reading: 'too_few_pairs', better: 'lower' })).toBeNull();
});

it('shows a small p as a bound, and none as unknown', () => {
  expect(showP(0.0004)).toBe('< 0.001');
  expect(showP(0.0316)).toBe('0.032');
  expect(showP(null)).toBe('–');
});

it('keeps rows of one cell and variant together', () => {
  const rows = [resultOf({}), resultOf({ metric: 'p99' }), resultOf({ cell: 1 }), resultOf({ side: 2 })];
  expect(groupResults(rows).map(({ key, rows: own }) => `${key}: ${own.length}`)).toEqual(['0/1: 2', '1/1: 1', '0/2: 1']);
});

it('reaches as far as the widest interval, and never so far that the others shrink to a point', () => {
  expect(forestReach([resultOf({ ci95: [0.99, 1.01], medianRatio: 1 })])).toBeCloseTo(Math.log(1.1) * 1.08);
  expect(forestReach([resultOf({ ci95: [0.5, 1.01] })])).toBeCloseTo(Math.log(2) * 1.08);
  expect(forestReach([resultOf({ ci95: [0.01, 90] })])).toBeCloseTo(Math.log(3));
});

it('names likely causes once for all results that share them', () => {
  const paper = { source: 'a paper', range: [0.95, 1.05] satisfies [number, number], note: '' };
  const outside = (causes: string[]) => ({ paper, paperReading: { state: 'too_good' as const, causes } });
  const rows = [resultOf(outside(['x'])), resultOf({ cell: 1, scenario: 'scenario5', ...outside(['x']) }), resultOf({})];
  expect(outsidePaper(rows, cells)).toEqual([
    {
      state: 'too_good',
      where: ['p50 with scenario3 (0.90)', 'p50 with scenario5 (0.90)'],
      causes: ['x'],
    },
  ]);
});

it('leaves the page as CSV with unrounded ratios and as Markdown with units', () => {
  const rows = [resultOf({ medianRatio: 0.9012345 })];
  expect(toCsv(resultTable(rows, cells))).toContain(
    'scenario3,3,tc_broadcast,baseline,p50,ns,10,232100,208300,0.9012345,0.88,0.92',
  );
  expect(toMarkdown(resultReading(rows, cells))).toContain(
    '| 10 | 232.1 µs | 208.3 µs | 0.90 | 0.88 to 0.92 | 0.002 | 0.002 | faster |',
  );
});
