import { describe, expect, it } from 'vitest';
import { countExitCode, countPlaywright, countSummaryLine, countVitest, distrust } from './read-counts';

describe('countSummaryLine', () => {
  it('reads the last line of that name', () => {
    const output = 'sim: 1 passed, 0 failed\nnoise\nsim: 299 passed, 1 failed, 2 skipped\n';
    expect(countSummaryLine('sim', output)).toEqual({ passed: 299, failed: 1, skipped: 2, remark: null });
  });

  it('counts output without that line as failed', () => {
    expect(countSummaryLine('sim', 'unit: 5 passed, 0 failed\nmake: *** Error 2\n').failed).toBe(1);
  });

  it('does not take a line that only contains the words', () => {
    expect(countSummaryLine('unit', 'note: unit: 5 passed, 0 failed so far\n').failed).toBe(1);
  });
});

describe('countVitest', () => {
  const report = (testResults: { status: string; assertionResults: { status: string }[] }[], numFailedTests: number) =>
    JSON.stringify({ numPassedTests: 4, numFailedTests, numPendingTests: 1, numTodoTests: 1, testResults });

  it('counts tests', () => {
    const failedInside = { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] };
    expect(countVitest(report([failedInside], 1))).toMatchObject({ passed: 4, failed: 1, skipped: 2 });
  });

  it('counts a file that failed before its first test', () => {
    expect(countVitest(report([{ status: 'failed', assertionResults: [] }], 0)).failed).toBe(1);
  });

  it('counts a missing or foreign report as failed', () => {
    expect(countVitest('').failed).toBe(1);
    expect(countVitest('{"ok":true}').failed).toBe(1);
  });
});

describe('countPlaywright', () => {
  it('counts flaky stories and errors outside of them as failed', () => {
    const json = JSON.stringify({ stats: { expected: 7, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{}] });
    expect(countPlaywright(json)).toMatchObject({ passed: 7, failed: 3, skipped: 2 });
  });

  it('counts a missing report as failed', () => {
    expect(countPlaywright('').failed).toBe(1);
  });
});

describe('distrust', () => {
  const fine = { passed: 3, failed: 0, skipped: 0, remark: null };

  it('leaves a stage alone that passed', () => {
    expect(distrust(fine, 0)).toEqual(fine);
  });

  it('fails a stage that ended with an error though it counted none', () => {
    expect(distrust(fine, 1).failed).toBe(1);
  });

  it('fails a stage that ran nothing', () => {
    expect(distrust({ ...fine, passed: 0 }, 0).failed).toBe(1);
  });

  it('keeps the count of a check by exit code', () => {
    expect(distrust(countExitCode(2), 2)).toEqual({ passed: 0, failed: 1, skipped: 0, remark: 'exit code 2' });
  });
});
