import type { Catalogue, Scenario } from '../scenario';
import { count } from '../wording';
import { checkWorkload } from '../workload';
import type { ExperimentPlan } from './experiment';
import { PLAN_BOUNDS } from './presets';

export type PlanProblem = { field: keyof ExperimentPlan; message: string };

/** Every reason why this plan cannot run, each naming the input, its bound and what to do; empty if it can. */
export function checkPlan(plan: ExperimentPlan, { scenarios, broken }: Catalogue): PlanProblem[] {
  const problems = [
    ...checkText('title', plan.title, PLAN_BOUNDS.titleCharacters),
    ...checkLength('scenarios', plan.scenarios, PLAN_BOUNDS.scenarios),
    ...checkTwice('scenarios', plan.scenarios),
    ...checkLength('variants', plan.variants, PLAN_BOUNDS.variants),
    ...checkLength('workloads', plan.workloads, PLAN_BOUNDS.workloads),
    ...checkTwice(
      'workloads',
      plan.workloads.map((workload) => JSON.stringify(workload)),
    ),
    ...checkWhole('pairs', plan.pairs, PLAN_BOUNDS.pairs),
    ...checkWhole('retriesPerPair', plan.retriesPerPair, PLAN_BOUNDS.retriesPerPair),
    ...checkWhole('seed', plan.seed, { min: 0, max: 2 ** 32 - 1 }),
    ...checkSides(plan),
  ];
  if (plan.question.length > PLAN_BOUNDS.questionCharacters) {
    const message = `The question has ${plan.question.length} characters; at most ${PLAN_BOUNDS.questionCharacters} are kept.`;
    problems.push({ field: 'question', message });
  }
  for (const name of plan.scenarios) {
    const scenario = scenarios.find((each) => each.name === name);
    const torn = broken.find((each) => each.name === name);
    if (scenario !== undefined) problems.push(...checkScenario(plan, scenario));
    else problems.push({ field: 'scenarios', message: torn?.problem ?? sayUnknown(name, scenarios) });
  }
  return problems.length > 0 ? problems : checkSize(plan);
}

function checkScenario(plan: ExperimentPlan, scenario: Scenario): PlanProblem[] {
  const has = scenario.variants.map(({ name }) => name);
  const missing = [...new Set(plan.variants)].filter((variant) => !has.includes(variant));
  return [
    ...missing.map((variant): PlanProblem => {
      const message = `${scenario.name} has no variant ${JSON.stringify(variant)}. It has: ${has.join(', ')}.`;
      return { field: 'variants', message };
    }),
    ...plan.workloads
      .flatMap((workload) => checkWorkload(workload, scenario))
      .map(({ message }): PlanProblem => ({ field: 'workloads', message })),
  ];
}

/** A variant twice is a control, and a control has nothing else. */
function checkSides({ variants }: ExperimentPlan): PlanProblem[] {
  const names = new Set(variants);
  if (names.size === variants.length || (variants.length === 2 && names.size === 1)) return [];
  const message = `Variants are ${variants.join(', ')}: name each once, or exactly one twice for an A/A control.`;
  return [{ field: 'variants', message }];
}

function checkSize({ scenarios, variants, workloads, pairs }: ExperimentPlan): PlanProblem[] {
  const runs = scenarios.length * variants.length * workloads.length * pairs;
  if (runs <= PLAN_BOUNDS.runs.max) return [];
  const message = `The plan has ${count(runs)} runs; at most ${count(PLAN_BOUNDS.runs.max)} are taken. Choose fewer pairs, scenarios or workloads.`;
  return [{ field: 'pairs', message }];
}

function checkText(field: 'title', text: string, most: number): PlanProblem[] {
  if (text.trim() === '')
    return [{ field, message: 'The title is empty. Name the experiment, so that it can be found again.' }];
  return text.length <= most ? [] : [{ field, message: `The title has ${text.length} characters; at most ${most} are kept.` }];
}

function checkLength(
  field: 'scenarios' | 'variants' | 'workloads',
  list: readonly unknown[],
  { min, max }: { min: number; max: number },
): PlanProblem[] {
  if (list.length >= min && list.length <= max) return [];
  return [{ field, message: `The plan names ${list.length} ${field}. Choose ${min} to ${max}.` }];
}

function checkTwice(field: 'scenarios' | 'workloads', list: readonly string[]): PlanProblem[] {
  const twice = list.find((each, at) => list.indexOf(each) !== at);
  return twice === undefined ? [] : [{ field, message: `The plan names ${twice} twice in ${field}. Name it once.` }];
}

function checkWhole(
  field: 'pairs' | 'retriesPerPair' | 'seed',
  value: number,
  { min, max }: { min: number; max: number },
): PlanProblem[] {
  if (Number.isInteger(value) && value >= min && value <= max) return [];
  return [{ field, message: `${field} is ${value}. Choose a whole number from ${count(min)} to ${count(max)}.` }];
}

const sayUnknown = (name: string, scenarios: readonly Scenario[]) =>
  `There is no scenario ${JSON.stringify(name)}. Known are: ${scenarios.map((each) => each.name).join(', ') || 'none'}.`;
