import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type Counts, countExitCode, countPlaywright, countSummaryLine, countVitest, distrust } from './read-counts';
import type { Stage } from './stages';

export const LOG_DIR = 'var/test-logs';

export type StageResult = Counts & { seconds: number; logFile: string };

/** Runs one stage to its end, its output in a file of its own. Aborting, or its time limit, ends all its processes. */
export async function runStage(stage: Stage, signal: AbortSignal): Promise<StageResult> {
  const logFile = path.join(LOG_DIR, `${stage.name}.log`);
  const reportFile = path.resolve(LOG_DIR, `${stage.name}.json`);
  // A report of an earlier run must not be taken for this one's.
  rmSync(reportFile, { force: true });
  const startedAt = performance.now();
  const limit = AbortSignal.timeout(stage.limitMinutes * 60_000);
  const exitCode = await runToEnd(stage, { logFile, reportFile, signal: AbortSignal.any([signal, limit]) });
  const seconds = (performance.now() - startedAt) / 1000;
  const counts = distrust(readCounts(stage, { exitCode, logFile, reportFile }), exitCode);
  const remark = limit.aborted ? `stopped after ${stage.limitMinutes} minutes` : counts.remark;
  return { ...counts, failed: limit.aborted ? Math.max(1, counts.failed) : counts.failed, remark, seconds, logFile };
}

function readCounts(stage: Stage, run: { exitCode: number; logFile: string; reportFile: string }): Counts {
  switch (stage.counting) {
    case 'exit-code':
      return countExitCode(run.exitCode);
    case 'summary-line':
      return countSummaryLine(stage.name, readFileSync(run.logFile, 'utf8'));
    case 'vitest':
      return countVitest(readIfThere(run.reportFile));
    case 'playwright':
      return countPlaywright(readIfThere(run.reportFile));
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // The reporter never came to write it; an empty report counts as failed.
    return '';
  }
}

function reporterArguments(stage: Stage, reportFile: string): string[] {
  if (stage.counting === 'vitest') return ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  if (stage.counting === 'playwright') return ['--reporter=list,json'];
  return [];
}

type RunOptions = { logFile: string; reportFile: string; signal: AbortSignal };

function runToEnd(stage: Stage, { logFile, reportFile, signal }: RunOptions): Promise<number> {
  const log = openSync(logFile, 'w');
  const [program, ...args] = stage.command;
  return new Promise<number>((resolve, reject) => {
    // A process group of its own, so that browsers and compilers go with the stage that started them.
    const child = spawn(program, [...args, ...reporterArguments(stage, reportFile)], {
      stdio: ['ignore', log, log],
      detached: true,
      env: { ...process.env, FORCE_COLOR: '0', PLAYWRIGHT_JSON_OUTPUT_NAME: reportFile },
    });
    const end = () => void endGroup(child.pid);
    signal.addEventListener('abort', end, { once: true });
    child.once('error', reject);
    child.once('exit', (code, signalName) => {
      signal.removeEventListener('abort', end);
      resolve(code ?? (signalName === null ? 1 : 128));
    });
  })
    .catch((error: unknown) => {
      console.error(`${stage.name}: ${String(error)}`);
      return 127;
    })
    .finally(() => closeSync(log));
}

/** Asks the group to end, so that tests can tear their clusters down, and insists ten seconds later. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  signalGroup(pid, 'SIGTERM');
  setTimeout(() => signalGroup(pid, 'SIGKILL'), 10_000).unref();
}

function signalGroup(pid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(-pid, name);
  } catch {
    // Gone already, which is what was wanted.
  }
}
