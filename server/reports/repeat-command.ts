import type { ExperimentPlan } from '../domain/experiment/experiment';
import { rareOptions, workloadsApart } from './workload-words';

/** One command line; planFile: what stands in the file that it names. */
export type RepeatCommand = { command: string; planFile: string | null };

const LAB = 'npm run -s lab -- experiment';

/** What runs the same plan again. Workloads that differ in more than their clients have no options; a file holds them. */
export function repeatCommand(plan: ExperimentPlan): RepeatCommand {
  const [workload] = plan.workloads;
  if (workload === undefined || !differInClientsAlone(plan)) {
    return { command: `${LAB} --plan plan.json --json`, planFile: JSON.stringify(plan, null, 2) };
  }
  const { amount } = workload;
  const words = [
    ['--scenarios', plan.scenarios.join(',')],
    ['--variants', plan.variants.join(',')],
    ['--pairs', String(plan.pairs)],
    amount.kind === 'requests' ? ['--requests', String(amount.requests)] : ['--seconds', String(amount.seconds)],
    ['--warmup', String(workload.warmupSeconds)],
    ['--clients', plan.workloads.map(({ clients }) => clients).join(',')],
    rareOptions(workload),
    ['--retries', String(plan.retriesPerPair)],
    ['--seed', String(plan.seed)],
    ['--title', plan.title],
    plan.question === '' ? [] : ['--question', plan.question],
    plan.insist ? ['--insist'] : [],
    ['--json'],
  ].flat();
  return { command: [LAB, ...words.map(quote)].join(' '), planFile: null };
}

function differInClientsAlone({ workloads }: ExperimentPlan): boolean {
  return new Set(workloadsApart(workloads.map((workload) => ({ ...workload, clients: 1 })))).size === 1;
}

/** As a POSIX shell takes it for one word. */
function quote(word: string): string {
  return /^[A-Za-z0-9_,.:/=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
