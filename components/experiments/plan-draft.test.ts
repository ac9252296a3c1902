import { expect, it } from 'vitest';
import { PLAN, WORKLOAD } from './example-experiment';
import { BOUNDS, PAD } from './example-pad';
import { checkPlanDraft, errorsOfRefusal, type PlanDraft, planDraftOf } from './plan-draft';

const pads = { pad: PAD, bounds: BOUNDS };
const check = (change: Partial<PlanDraft>) => checkPlanDraft({ ...planDraftOf(PLAN), ...change }, pads);

it('gives back the plan it was made from', () => {
  expect(check({}).plan).toEqual(PLAN);
  const control = { ...PLAN, variants: ['baseline', 'baseline'] };
  expect(checkPlanDraft(planDraftOf(control), pads).plan).toEqual(control);
});

it('reads several numbers of clients as a sweep', () => {
  const sweep = { ...PLAN, workloads: [1, 2, 4].map((clients) => ({ ...WORKLOAD, clients })) };
  expect(planDraftOf(sweep).workload.clients).toBe('1, 2, 4');
  expect(checkPlanDraft(planDraftOf(sweep), pads).plan).toEqual(sweep);
  const typed = (clients: string) => check({ workload: { ...planDraftOf(PLAN).workload, clients } });
  expect(typed('1 2;4').plan?.workloads.map(({ clients }) => clients)).toEqual([1, 2, 4]);
  expect(typed('1, 1').errors?.workload.clients).toMatch(/twice/);
  expect(typed('1, 99').errors?.workload.clients).toMatch(/above the most/);
  expect(typed('').errors?.workload.clients).toMatch(/empty/);
});

it('makes up a title from the choices when none is typed', () => {
  expect(check({ title: ' ' }).plan?.title).toBe('tc_broadcast against baseline on scenario3');
});

it('says at each field what is wrong with it', () => {
  expect(check({ pairs: '0' }).errors?.pairs).toBe('0 is below the least. Choose 1 to 200 pairs.');
  expect(check({ scenarios: [] }).errors?.scenarios).toMatch(/at least one/);
  expect(check({ scenarios: ['scenario9'] }).errors?.scenarios).toMatch(/no scenario scenario9/);
  expect(check({ variants: ['baseline'] }).errors?.variants).toMatch(/second variant/);
  expect(check({ variants: ['baseline'], control: true }).errors).toBeNull();
  expect(check({ title: 'x'.repeat(121) }).errors?.title).toMatch(/121 characters/);
});

it('refuses a variant that one of the scenarios does not have', () => {
  expect(check({ scenarios: ['scenario3', 'poc'] }).errors?.variants).toMatch(/poc has no variant baseline/);
});

it('takes no payload that one of the scenarios cannot carry', () => {
  const workload = { ...planDraftOf(PLAN).workload, payloadBytes: '1200' };
  expect(check({ workload }).errors).toBeNull();
  expect(check({ workload, scenarios: ['scenario3', 'poc'] }).errors?.workload.payloadBytes).toMatch(/above the most/);
});

it('refuses more runs than one experiment may have', () => {
  const workload = { ...planDraftOf(PLAN).workload, clients: '1 2 3 4 5 6 7 8' };
  expect(check({ pairs: '200', workload }).errors?.pairs).toMatch(/3,200 runs/);
});

it('finds the field that a refusal of the server speaks of', () => {
  const refused = (message: string) => errorsOfRefusal({ code: 'bad_plan', message }, 'requests');
  expect(refused('pairs is 0. Choose a whole number from 1 to 200.')).toMatchObject({ pairs: expect.stringMatching(/^pairs/) });
  expect(refused('scenario3 has no variant "x". It has: baseline.')).toMatchObject({
    variants: expect.stringMatching(/has no variant/),
  });
  expect(refused('Payload is 9,000 bytes, above the most.')).toMatchObject({
    workload: { payloadBytes: expect.stringMatching(/^Payload/) },
  });
  expect(refused('Something else.')).toBeNull();
  expect(errorsOfRefusal({ code: 'image_missing', message: 'pairs is' }, 'requests')).toBeNull();
});
