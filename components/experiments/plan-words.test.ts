import { expect, it } from 'vitest';
import { PLAN, WORKLOAD } from './example-experiment';
import { cellTitle, comparisonWords, controlOf, orderWords, sideWord } from './plan-words';

it('says what is compared with what', () => {
  expect(comparisonWords(PLAN)).toBe('tc_broadcast against baseline');
  expect(comparisonWords({ variants: ['baseline', 'baseline'] })).toBe('baseline against itself');
  expect(comparisonWords({ variants: ['a', 'b', 'c', 'd'] })).toBe('b, c and d against a');
});

it('tells the sides of a control apart, and only there', () => {
  expect(sideWord({ variants: ['baseline', 'baseline'] }, 1)).toBe('(B)');
  expect(sideWord(PLAN, 1)).toBeNull();
});

it('names a cell by what differs', () => {
  const one = { index: 0, scenario: 'scenario3', workload: WORKLOAD };
  const four = { index: 1, scenario: 'scenario3', workload: { ...WORKLOAD, clients: 4 } };
  expect(cellTitle(one, [one])).toBe('scenario3');
  expect(cellTitle(four, [one, four])).toBe('scenario3, 4 clients');
});

it('says in which order the sides run', () => {
  expect(orderWords(PLAN)).toBe('ABBA, 2 rounds');
  expect(orderWords({ variants: ['a', 'b', 'c'], pairs: 6 })).toBe('balanced blocks of 3, 6 rounds');
});

it('makes the control of a plan: the base twice, with the pairs that an interval needs', () => {
  expect(controlOf(PLAN)).toMatchObject({ variants: ['baseline', 'baseline'], pairs: 6, workloads: PLAN.workloads });
  expect(controlOf({ ...PLAN, pairs: 20 }).pairs).toBe(20);
});
