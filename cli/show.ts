import { toRunDocument } from '@/server/domain/run-document';
import type { LabEnv } from '@/server/env';
import { openLab } from '@/server/open-lab';
import { renderRun } from './render-run';
import { type Outcome, parse, takePositionals, toRunId } from './usage';

/** `lab show ID`: the same document as `lab run --json` gave. */
export async function show(args: string[], env: LabEnv): Promise<Outcome> {
  const { values, positionals } = parse(args, { json: { type: 'boolean', default: false } });
  const [id = ''] = takePositionals(positionals, ['ID']).map(toRunId);
  const open = await openLab(env, 'lab');
  try {
    const view = open.lab.view(id);
    if (values.json) process.stdout.write(`${JSON.stringify(toRunDocument(view, open.lab.bpf.samples(id)))}\n`);
    else process.stdout.write(renderRun(view));
    return 'ok';
  } finally {
    await open.close();
  }
}
