import { describe, expect, it } from 'vitest';
import { EXAMPLE_PLAN } from './example-report';
import { repeatCommand } from './repeat-command';

const [WORKLOAD] = EXAMPLE_PLAN.workloads;
if (WORKLOAD === undefined) throw new Error('the example has a workload');

describe('the command that repeats an experiment', () => {
  it('names everything that the plan has', () => {
    const plan = {
      ...EXAMPLE_PLAN,
      title: "Ann's",
      question: '',
      workloads: [{ ...WORKLOAD, payloadBytes: 256 }],
      insist: true,
    };
    expect(repeatCommand(plan)).toEqual({
      command:
        'npm run -s lab -- experiment --scenarios scenario3,scenario5,scenario7 --variants baseline,tc_broadcast --pairs 20 ' +
        "--requests 20000 --warmup 1 --clients 1 --payload 256 --retries 2 --seed 20230417 --title 'Ann'\\''s' --insist --json",
      planFile: null,
    });
  });

  it('has a list of clients for a sweep of clients', () => {
    const workloads = [1, 8].map((clients) => ({ ...WORKLOAD, clients }));
    expect(repeatCommand({ ...EXAMPLE_PLAN, workloads }).command).toContain(' --clients 1,8 ');
  });

  it('reads a file where workloads differ in more than their clients', () => {
    const plan = { ...EXAMPLE_PLAN, workloads: [WORKLOAD, { ...WORKLOAD, payloadBytes: 1024 }] };
    const { command, planFile } = repeatCommand(plan);
    expect(command).toBe('npm run -s lab -- experiment --plan plan.json --json');
    expect(JSON.parse(planFile ?? '')).toEqual(plan);
  });
});
