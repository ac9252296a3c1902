import { describe, expect, it } from 'vitest';
import { sayLeft, sayPlan } from './fault-words';
import { addExample, planExamples } from './plan-examples';

const replica = (name: string) => ({ kind: 'replica', name }) as const;

describe('a plan in words', () => {
  it('is the text that the field takes', () => {
    expect(
      sayPlan([
        { atSeconds: 5, action: { kind: 'kill', target: { kind: 'leader' } }, forSeconds: 2.5 },
        { atSeconds: 9, action: { kind: 'restart', target: { kind: 'it' } }, forSeconds: null },
        {
          atSeconds: 10,
          action: {
            kind: 'cut',
            link: { kind: 'pair', from: replica('replica1'), to: replica('replica2'), bothWays: true },
          },
          forSeconds: 1,
        },
        {
          atSeconds: 12,
          action: {
            kind: 'noise',
            link: { kind: 'into', target: replica('replica2') },
            lossPercent: 5,
            duplicatePercent: 1,
          },
          forSeconds: null,
        },
      ]),
    ).toBe(
      'at 5 s kill leader for 2.5 s; at 9 s restart it; at 10 s cut replica1 <-> replica2 for 1 s; ' +
        'at 12 s lose 5 % and double 1 % into replica2',
    );
  });

  it('takes an example behind what stands there already', () => {
    expect(addExample('', 'at 5 s kill leader')).toBe('at 5 s kill leader');
    expect(addExample('at 1 s pause it; ', 'at 5 s kill leader')).toBe('at 1 s pause it; at 5 s kill leader');
  });

  it('offers third-party images what can be done to them alone', () => {
    const examples = planExamples({ replicas: [{ id: 1, service: 'replica1' }], clientFormat: 'electrode', declared: false });
    expect(examples.join(' ')).not.toMatch(/leader|isolate|lose/);
  });
});

describe('the time left', () => {
  it('is said in tenths, and never below nothing', () => {
    expect(sayLeft({ endsAt: 3_249 }, 0)).toBe('3.2 s left');
    expect(sayLeft({ endsAt: 3_000 }, 4_000)).toBe('0 ms left');
    expect(sayLeft({ endsAt: null }, 0)).toBe('to the run’s end');
  });
});
