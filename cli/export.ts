import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { LabEnv } from '@/server/env';
import { openLab } from '@/server/open-lab';
import { type Outcome, parse, toExperimentId, toRunId, UsageError } from './usage';

/** `lab export x-0003 --out FILE`, or of runs: `lab export r-0001 r-0002 --out FILE`. */
export async function exportFile(args: string[], env: LabEnv): Promise<Outcome> {
  const { values, positionals } = parse(args, { out: { type: 'string' } });
  if (values.out === undefined) throw new UsageError('--out FILE is missing');
  const [first = ''] = positionals;
  if (first === '') throw new UsageError('ID is missing');
  const what = first.startsWith('x') ? { experiment: oneExperiment(positionals) } : { runs: positionals.map(toRunId) };
  const open = await openLab(env, 'lab');
  const partial = `${values.out}.part`;
  try {
    await pipeline(Readable.from(open.lab.files.exportArchive(what)), createWriteStream(partial));
    await rename(partial, values.out);
    return 'ok';
  } finally {
    await rm(partial, { force: true });
    await open.close();
  }
}

function oneExperiment(ids: string[]): string {
  const [id = '', surplus] = ids;
  if (surplus !== undefined)
    throw new UsageError(`unexpected argument ${JSON.stringify(surplus)}: an archive holds one experiment`);
  return toExperimentId(id);
}
