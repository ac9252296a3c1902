/** Runs the stages named on the command line, or all, one after the other, and closes with `N passed, N failed`. */
import { mkdirSync, readFileSync } from 'node:fs';
import { LOG_DIR, runStage, type StageResult } from './run-stage';
import { STAGES, type Stage } from './stages';

type Row = Pick<StageResult, 'passed' | 'failed' | 'skipped' | 'seconds' | 'remark'> & { name: string };

const names = process.argv.slice(2);
if (names.includes('--list')) {
  for (const stage of STAGES) console.log(`${stage.name.padEnd(14)} ${stage.command.join(' ')}`);
  process.exit(0);
}
const unknown = names.filter((name) => !STAGES.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(`unknown stage: ${unknown.join(', ')}; there are: ${STAGES.map((stage) => stage.name).join(', ')}`);
  console.log('0 passed, 1 failed');
  process.exit(1);
}

const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupted.abort());

mkdirSync(LOG_DIR, { recursive: true });
const rows: Row[] = failedSetupSteps();
console.log('');
for (const stage of STAGES.filter((candidate) => names.length === 0 || names.includes(candidate.name))) {
  if (interrupted.signal.aborted) break;
  rows.push(await runAndTell(stage));
}
if (interrupted.signal.aborted) rows.push(failure('interrupted', 'the remaining stages did not run'));
process.exitCode = close(rows);

async function runAndTell(stage: Stage): Promise<Row> {
  const result = await runStage(stage, interrupted.signal);
  const row = { name: stage.name, ...result };
  console.log(tellRow(row));
  if (row.failed > 0) {
    console.log(`    the last lines of ${result.logFile}:`);
    for (const line of readFileSync(result.logFile, 'utf8').trimEnd().split('\n').slice(-40)) console.log(`    ${line}`);
  }
  return row;
}

function tellRow(row: Row): string {
  const counts = [row.passed, row.failed, row.skipped].map((value) => String(value).padStart(8)).join('');
  const remark = row.remark === null ? '' : `   ${row.remark}`;
  return `${row.name.padEnd(14)}${counts}${row.seconds.toFixed(1).padStart(9)} s${remark}`;
}

function failedSetupSteps(): Row[] {
  const steps = (process.env.SETUP_FAILURES ?? '').split(' ').filter((step) => step !== '');
  return steps.map((step) => failure(`setup:${step}`, 'see above'));
}

function failure(name: string, remark: string): Row {
  return { name, passed: 0, failed: 1, skipped: 0, seconds: 0, remark };
}

function close(all: Row[]): number {
  const sum = (field: 'passed' | 'failed' | 'skipped') => all.reduce((total, row) => total + row[field], 0);
  console.log(`\n${'stage'.padEnd(14)}${['passed', 'failed', 'skipped'].map((title) => title.padStart(8)).join('')}     time`);
  for (const row of all) console.log(tellRow(row));
  const skipped = sum('skipped');
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return sum('failed') > 0 ? 1 : 0;
}
