import { writeFile } from 'node:fs/promises';
import type { LabEnv } from '@/server/env';
import { openLab } from '@/server/open-lab';
import { formatOf } from './file-names';
import { type Outcome, parse, takePositionals, toExperimentId, UsageError } from './usage';

/** `lab report ID --out FILE`: HTML, Markdown or CSV by the file's ending. */
export async function report(args: string[], env: LabEnv): Promise<Outcome> {
  const { values, positionals } = parse(args, { out: { type: 'string' } });
  const [id = ''] = takePositionals(positionals, ['ID']).map(toExperimentId);
  if (values.out === undefined) throw new UsageError('--out FILE is missing');
  const format = formatOf(values.out);
  const open = await openLab(env, 'lab');
  try {
    const text = open.lab.files.report(id, format);
    await writeFile(values.out, text);
    process.stderr.write(`${values.out}: ${Buffer.byteLength(text).toLocaleString('en-US')} bytes\n`);
    return 'ok';
  } finally {
    await open.close();
  }
}
