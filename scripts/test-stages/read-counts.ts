/** Turns what a stage left behind into numbers. What cannot be read counts as failed, never as passed. */
import { z } from 'zod';

export type Counts = { passed: number; failed: number; skipped: number; remark: string | null };

const FAILED_UNREAD = { passed: 0, failed: 1, skipped: 0 } as const;

/** One check, one count. */
export function countExitCode(exitCode: number): Counts {
  return exitCode === 0
    ? { passed: 1, failed: 0, skipped: 0, remark: null }
    : { ...FAILED_UNREAD, remark: `exit code ${exitCode}` };
}

/** The last line `NAME: N passed, N failed` or `NAME: N passed, N failed, N skipped` of the output. */
export function countSummaryLine(name: string, output: string): Counts {
  const pattern = new RegExp(`^${name}: (\\d+) passed, (\\d+) failed(?:, (\\d+) skipped)?\\s*$`, 'gm');
  const last = [...output.matchAll(pattern)].at(-1);
  if (last === undefined) return { ...FAILED_UNREAD, remark: `no line "${name}: N passed, N failed" in the output` };
  return { passed: Number(last[1]), failed: Number(last[2]), skipped: Number(last[3] ?? 0), remark: null };
}

const count = z.number().int().nonnegative();

const vitestReport = z.object({
  numPassedTests: count,
  numFailedTests: count,
  numPendingTests: count,
  numTodoTests: count,
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

/** Vitest's JSON report. A file that failed before its tests (an import, a hook) has no failed test and counts as one. */
export function countVitest(json: string): Counts {
  const report = parseJson(vitestReport, json);
  if (report === null) return { ...FAILED_UNREAD, remark: 'no readable vitest report' };
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
    remark: brokenFiles > 0 ? `${brokenFiles} files failed outside their tests` : null,
  };
}

const playwrightReport = z.object({
  stats: z.object({ expected: count, unexpected: count, flaky: count, skipped: count }),
  errors: z.array(z.unknown()).default([]),
});

/** Playwright's JSON report. Flaky is failed: a story that holds only at the second try does not hold. */
export function countPlaywright(json: string): Counts {
  const report = parseJson(playwrightReport, json);
  if (report === null) return { ...FAILED_UNREAD, remark: 'no readable playwright report' };
  const { expected, unexpected, flaky, skipped } = report.stats;
  return {
    passed: expected,
    failed: unexpected + flaky + report.errors.length,
    skipped,
    remark: flaky > 0 ? `${flaky} passed only when tried again` : null,
  };
}

/** A stage that says nothing failed but ends with an error, or that ran nothing at all, has failed. */
export function distrust(counts: Counts, exitCode: number): Counts {
  if (counts.failed > 0) return counts;
  if (exitCode !== 0) return { ...counts, failed: 1, remark: `nothing failed by its own count, yet exit code ${exitCode}` };
  if (counts.passed + counts.skipped === 0) return { ...counts, failed: 1, remark: 'ran nothing' };
  return counts;
}

function parseJson<T>(schema: z.ZodType<T>, json: string): T | null {
  try {
    return schema.parse(JSON.parse(json));
  } catch {
    // Not JSON, or not this report: the caller counts it as a failure and says so.
    return null;
  }
}
