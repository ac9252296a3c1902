import { expect, it } from 'vitest';
import { PLAN, WORKLOAD } from './example-experiment';
import { PAD } from './example-pad';
import { estimatePlan, type RateRow, runsOf } from './plan-size';

const rows: RateRow[] = [
  { scenario: 'scenario3', throughputPerS: null, workload: WORKLOAD },
  { scenario: 'scenario3', throughputPerS: 20_000, workload: { ...WORKLOAD, clients: 8 } },
  { scenario: 'scenario3', throughputPerS: 5_000, workload: WORKLOAD },
];
const known = { scenarios: PAD.scenarios, rows };

it('counts every scenario under every workload with every variant', () => {
  expect(runsOf(PLAN)).toBe(4);
  expect(runsOf({ ...PLAN, scenarios: ['scenario3', 'scenario5'], workloads: [WORKLOAD, WORKLOAD], pairs: 6 })).toBe(48);
});

it('takes the rate of the newest run with as many clients', () => {
  // A run: 4.5 s to start and remove three replicas, 1 s warm-up, 20,000 requests at 5,000 a second.
  expect(estimatePlan(PLAN, known)).toEqual({ ms: 4 * 9_500, guessed: false });
  const many = { ...PLAN, workloads: [{ ...WORKLOAD, clients: 8 }] };
  expect(estimatePlan(many, known)).toEqual({ ms: 4 * 6_500, guessed: false });
});

it('says when the rate is a guess, and needs none where seconds are measured', () => {
  expect(estimatePlan({ ...PLAN, scenarios: ['scenario5'] }, known)?.guessed).toBe(true);
  const timed = { ...PLAN, workloads: [{ ...WORKLOAD, amount: { kind: 'seconds' as const, seconds: 10 } }] };
  expect(estimatePlan(timed, { ...known, rows: [] })).toEqual({ ms: 4 * 15_500, guessed: false });
});

it('estimates nothing for a scenario that is not here', () => {
  expect(estimatePlan({ ...PLAN, scenarios: ['scenario9'] }, known)).toBeNull();
});
