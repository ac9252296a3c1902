import { randomUUID } from 'node:crypto';
import type { ExperimentView } from '@/server/domain/experiment/experiment';
import { toExperimentDocument } from '@/server/domain/experiment/experiment-document';
import type { ExperimentId } from '@/server/domain/experiment/place';
import type { LabEnv } from '@/server/env';
import { type OpenLab, openLab } from '@/server/open-lab';
import { onInterrupt } from './execute';
import { ExperimentLines } from './experiment-lines';
import { PLAN_OPTIONS, readPlan } from './plan-options';
import { renderExperiment } from './render-experiment';
import { type Outcome, parse, takePositionals, toExperimentId } from './usage';

const OPTIONS = {
  ...PLAN_OPTIONS,
  resume: { type: 'string' },
  show: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** `lab experiment ...`: ok once every pair of the plan counts; failed if some had to be left out. */
export async function experiment(args: string[], env: LabEnv): Promise<Outcome> {
  const { values, positionals } = parse(args, OPTIONS);
  takePositionals(positionals, []);
  const signal = onInterrupt();
  const open = await openLab(env, 'lab');
  try {
    const id = values.show === undefined ? await runIt(open, values, signal) : toExperimentId(values.show);
    const input = open.lab.experiments.reportInput(id);
    process.stdout.write(values.json ? `${JSON.stringify(toExperimentDocument(input))}\n` : renderExperiment(input));
    return outcomeOf(input.view);
  } finally {
    await open.close();
  }
}

type Values = { resume?: string | undefined } & Parameters<typeof readPlan>[0];

async function runIt(open: OpenLab, values: Values, signal: AbortSignal): Promise<ExperimentId> {
  const { lab } = open;
  await lab.recover();
  const id =
    values.resume === undefined
      ? await lab.experiments.create(await readPlan(values), randomUUID())
      : toExperimentId(values.resume);
  if (values.resume !== undefined) await lab.experiments.resume(id);
  const interrupt = () => void lab.close();
  signal.addEventListener('abort', interrupt, { once: true });
  if (signal.aborted) interrupt();
  const lines = new ExperimentLines();
  const stop = new AbortController();
  const told = tell(lab.experiments.watch(id, { signal: stop.signal, isCongested: () => false }), lines);
  await lab.experiments.settled(id);
  lines.show(lab.experiments.view(id));
  stop.abort();
  await told;
  signal.removeEventListener('abort', interrupt);
  return id;
}

async function tell(views: AsyncIterable<{ value: ExperimentView }>, lines: ExperimentLines): Promise<void> {
  for await (const { value } of views) lines.show(value);
}

function outcomeOf({ record, progress }: ExperimentView): Outcome {
  if (record.state === 'paused') return 'interrupted';
  return record.state === 'done' && progress.pairsCounted === progress.pairsWanted ? 'ok' : 'failed';
}
