import { sayFaults, wasDone } from '../domain/declared-faults';
import { formatFaultPlan } from '../domain/fault-text';
import type { RunView } from '../domain/run';
import { count, times } from '../domain/wording';
import type { Block } from './report-document';
import type { ReportInput } from './report-input';

/** What was done to the clusters, how long they were silent, and whether they were safe: a sentence each, where there is one to say. */
export function faultsAndSafety({ runs }: Pick<ReportInput, 'runs'>): Block[] {
  const sentences = [sayPlans(runs), sayByHand(runs), sayOutages(runs), saySafety(runs)].filter((words) => words !== '');
  return sentences.length === 0 ? [] : [{ kind: 'list', items: sentences }];
}

function sayPlans(runs: readonly RunView[]): string {
  const plans = new Map<string, number>();
  for (const { config } of runs) {
    if (config.faults.length === 0) continue;
    const words = formatFaultPlan(config.faults);
    plans.set(words, (plans.get(words) ?? 0) + 1);
  }
  const words = [...plans].map(([plan, many]) => `${plan} (${times(many, 'run')})`);
  return words.length === 0 ? '' : `Planned faults, from the begin of the measured window: ${words.join('; ')}.`;
}

function sayByHand(runs: readonly RunView[]): string {
  const words = runs.flatMap(({ config, faults }) => {
    const done = faults.filter((fault) => fault.origin !== 'plan' && wasDone(fault));
    return done.length === 0 ? [] : [`${config.importedFrom?.id ?? config.id}: ${sayFaults(done)}`];
  });
  return words.length === 0 ? '' : `Faults by hand: ${words.join('; ')}.`;
}

function sayOutages(runs: readonly RunView[]): string {
  const outages = runs.flatMap((run) => run.outages);
  if (outages.length === 0) return '';
  const longest = Math.max(...runs.flatMap((run) => run.outages.map(({ durationMs }) => durationMs)));
  const many = runs.filter((run) => run.outages.length > 0).length;
  return `Silences of 50 ms or more: ${count(outages.length)} in ${times(many, 'run')}, the longest ${count(Math.round(longest))} ms; they are part of the latencies.`;
}

function saySafety(runs: readonly RunView[]): string {
  const judged = runs.flatMap(({ safety }) => safety ?? []);
  if (judged.length === 0) return '';
  const safe = judged.filter(({ verdict }) => verdict === 'safe').length;
  const unsafe = runs.filter(({ safety }) => safety?.verdict === 'unsafe');
  const open = judged.length - safe - unsafe.length;
  const refuted = unsafe.map(
    ({ config, safety }) => `${config.importedFrom?.id ?? config.id} is unsafe: ${safety?.reason ?? ''}`,
  );
  const undecided = open === 0 ? '' : `, ${count(open)} not decided`;
  return `Safety, by equal logs and a linearizable history: ${count(safe)} of ${times(judged.length, 'run')} safe${undecided}. ${refuted.join(' ')}`.trim();
}
