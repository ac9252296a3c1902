import type { LabEnv } from '@/server/env';
import { openLab } from '@/server/open-lab';
import { table } from './format';
import { type Outcome, parse, takePositionals } from './usage';

/** `lab doctor`: ok if a run can be launched. */
export async function doctor(args: string[], env: LabEnv): Promise<Outcome> {
  const { values, positionals } = parse(args, { json: { type: 'boolean', default: false } });
  takePositionals(positionals, []);
  const open = await openLab(env, 'lab');
  try {
    const readiness = await open.readiness();
    if (values.json) process.stdout.write(`${JSON.stringify({ schemaVersion: 1, ...readiness })}\n`);
    else {
      const rows = readiness.checks.map(({ state, title, value, detail, command }) => [
        state === 'pass' ? 'ok' : state,
        title,
        value,
        state === 'fail' && command !== null ? `${detail} Mend it: ${command}` : detail,
      ]);
      const conclusion = readiness.canLaunch ? 'A run can be launched.' : 'No run can be launched until what fails is mended.';
      process.stdout.write(`${table(rows)}\n${conclusion}\n`);
    }
    return readiness.canLaunch ? 'ok' : 'failed';
  } finally {
    await open.close();
  }
}
