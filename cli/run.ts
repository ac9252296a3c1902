import type { FaultPlan } from '@/server/domain/fault';
import { toRunDocument } from '@/server/domain/run-document';
import type { LabEnv } from '@/server/env';
import { openLab } from '@/server/open-lab';
import { execute, onInterrupt } from './execute';
import { readFaults } from './fault-option';
import { ProgressLines } from './progress-lines';
import { renderRun } from './render-run';
import { type Outcome, parse, takePositionals } from './usage';
import { readWorkload, WORKLOAD_OPTIONS } from './workload-options';

const OPTIONS = {
  ...WORKLOAD_OPTIONS,
  variant: { type: 'string' },
  insist: { type: 'boolean', default: false },
  'bpf-statistics': { type: 'boolean', default: false },
  trace: { type: 'boolean', default: false },
  faults: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** `lab run SCENARIO ...`: ok only for a completed run whose proof fits its variant and that is not unsafe. */
export async function run(args: string[], env: LabEnv): Promise<Outcome> {
  const { values, positionals } = parse(args, OPTIONS);
  const [scenario = ''] = takePositionals(positionals, ['SCENARIO']);
  const workload = readWorkload(values);
  const faults: FaultPlan = readFaults(values.faults);
  const signal = onInterrupt();
  const open = await openLab(env, 'lab');
  try {
    await open.lab.recover();
    const variant = values.variant ?? (await firstVariant(open.lab, scenario));
    const progress = new ProgressLines();
    const observe = { bpfStatistics: values['bpf-statistics'], trace: values.trace };
    const request = { scenario, variant, workload, observe, faults, insist: values.insist };
    const view = await execute(open, request, { signal, onView: (each) => progress.show(each) });
    if (values.json) process.stdout.write(`${JSON.stringify(toRunDocument(view, open.lab.bpf.samples(view.config.id)))}\n`);
    else process.stdout.write(renderRun(view));
    if (view.state === 'interrupted') return 'interrupted';
    return view.state === 'done' && view.proof?.fits === true && view.safety?.verdict !== 'unsafe' ? 'ok' : 'failed';
  } finally {
    await open.close();
  }
}

/** Empty for a scenario that is not there: the launch says what is wrong with it. */
async function firstVariant(lab: Awaited<ReturnType<typeof openLab>>['lab'], name: string): Promise<string> {
  const { scenarios } = await lab.catalogue();
  return scenarios.find((each) => each.name === name)?.variants[0]?.name ?? '';
}
