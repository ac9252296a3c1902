import {
  checkDraft,
  type DraftErrors,
  draftOf,
  fieldOfRefusal,
  readNumber,
  type WorkloadDraft,
} from '@/components/workload/workload-draft';
import type { ExperimentPlan, LabErrorData, LaunchPad, PlanPad, Scenario, Workload } from '@/server/api/types';
import { runsOf } from './plan-size';
import { comparisonWords, isControl, listWords } from './plan-words';

/** The plan form as typed. Numbers are text until they are checked. */
export type PlanDraft = {
  title: string;
  question: string;
  scenarios: string[];
  /** In order, the base first. A control runs the base alone, against itself. */
  variants: string[];
  control: boolean;
  pairs: string;
  retriesPerPair: string;
  seed: string;
  insist: boolean;
  /** `clients` may hold several counts, for a sweep. */
  workload: WorkloadDraft;
};

type PlanField = 'title' | 'question' | 'scenarios' | 'variants' | 'pairs' | 'retriesPerPair' | 'seed';
export type PlanErrors = Partial<Record<PlanField, string>> & { workload: DraftErrors };

export function planDraftOf(plan: ExperimentPlan): PlanDraft {
  const [first] = plan.workloads;
  const control = isControl(plan);
  return {
    title: plan.title,
    question: plan.question,
    scenarios: plan.scenarios,
    variants: control ? plan.variants.slice(0, 1) : plan.variants,
    control,
    pairs: String(plan.pairs),
    retriesPerPair: String(plan.retriesPerPair),
    seed: String(plan.seed),
    insist: plan.insist,
    workload: {
      ...draftOf(first ?? NO_WORKLOAD),
      clients: [...new Set(plan.workloads.map(({ clients }) => clients))].join(', '),
    },
  };
}

/** Plans come with at least one workload; the form has to show something if one ever does not. */
const NO_WORKLOAD: Workload = {
  amount: { kind: 'seconds', seconds: 20 },
  warmupSeconds: 2,
  clients: 1,
  payloadBytes: 64,
  getPercent: 50,
  placement: 'auto',
};

/** What the title is when none is typed. */
export function titleOf({ scenarios, variants, control }: Pick<PlanDraft, 'scenarios' | 'variants' | 'control'>): string {
  const [base = ''] = variants;
  return `${comparisonWords({ variants: control ? [base, base] : variants })} on ${listWords(scenarios)}`;
}

type Pads = { pad: LaunchPad; bounds: PlanPad['bounds'] };
type Checked = { plan: ExperimentPlan; errors: null } | { plan: null; errors: PlanErrors };

/** Checks against the bounds the server told; what only the server can tell it says at the start. */
export function checkPlanDraft(draft: PlanDraft, { pad, bounds }: Pads): Checked {
  const errors: PlanErrors = { workload: {} };
  const chosen = pad.scenarios.filter(({ name }) => draft.scenarios.includes(name));
  const { workloads, errors: workloadErrors } = checkWorkloads(draft, { pad, bounds }, narrowest(chosen) ?? pad.scenarios[0]);
  errors.workload = workloadErrors;
  checkWords(draft, bounds, errors);
  checkChoices(draft, chosen, bounds, errors);
  const number = (field: 'pairs' | 'retriesPerPair' | 'seed') => {
    const { value, problem } = readNumber(draft[field], { ...NUMBERS[field], ...limitsOf(field, bounds) });
    if (problem !== null) errors[field] = problem;
    return value ?? 0;
  };
  const [base = ''] = draft.variants;
  const plan: ExperimentPlan = {
    title: draft.title.trim() === '' ? titleOf(draft).slice(0, bounds.titleCharacters) : draft.title.trim(),
    question: draft.question.trim(),
    scenarios: draft.scenarios,
    variants: draft.control ? [base, base] : draft.variants,
    workloads,
    pairs: number('pairs'),
    retriesPerPair: number('retriesPerPair'),
    seed: number('seed'),
    insist: draft.insist,
  };
  if (hasErrors(errors)) return { plan: null, errors };
  const runs = runsOf(plan);
  if (runs <= bounds.runs.max) return { plan, errors: null };
  const words = new Intl.NumberFormat('en-US');
  errors.pairs = `These are ${words.format(runs)} runs, above the most, ${words.format(bounds.runs.max)}. Choose fewer pairs or cells.`;
  return { plan: null, errors };
}

const NUMBERS = {
  pairs: { title: 'Pairs', unit: 'pairs', whole: true },
  retriesPerPair: { title: 'Retries', unit: 'retries', whole: true },
  seed: { title: 'Seed', unit: '', whole: true },
} as const;

function limitsOf(field: keyof typeof NUMBERS, bounds: PlanPad['bounds']): { min: number; max: number } {
  return field === 'seed' ? { min: 0, max: 2 ** 32 - 1 } : bounds[field];
}

function hasErrors({ workload, ...rest }: PlanErrors): boolean {
  return Object.keys(workload).length > 0 || Object.keys(rest).length > 0;
}

function checkWords(draft: PlanDraft, bounds: PlanPad['bounds'], errors: PlanErrors): void {
  const tooLong = (text: string, most: number) => `${text.trim().length} characters; at most ${most} are kept.`;
  if (draft.title.trim().length > bounds.titleCharacters) errors.title = tooLong(draft.title, bounds.titleCharacters);
  if (draft.question.trim().length > bounds.questionCharacters)
    errors.question = tooLong(draft.question, bounds.questionCharacters);
}

function checkChoices(draft: PlanDraft, chosen: readonly Scenario[], bounds: PlanPad['bounds'], errors: PlanErrors): void {
  const { scenarios, variants, control } = draft;
  const gone = scenarios.filter((name) => !chosen.some((scenario) => scenario.name === name));
  if (scenarios.length === 0) errors.scenarios = 'Choose at least one scenario.';
  else if (gone.length > 0) errors.scenarios = `There is no scenario ${listWords(gone)} here.`;
  else if (scenarios.length > bounds.scenarios.max) errors.scenarios = `Choose at most ${bounds.scenarios.max} scenarios.`;
  const missing = variants.filter((name) => lacking(name, chosen).length > 0);
  const [first] = missing;
  if (variants.length === 0) errors.variants = 'Choose the variant to compare with first.';
  else if (!control && variants.length < bounds.variants.min)
    errors.variants = 'Choose a second variant, or run the base against itself.';
  else if (variants.length > bounds.variants.max) errors.variants = `Choose at most ${bounds.variants.max} variants.`;
  else if (first !== undefined)
    errors.variants = `${listWords(lacking(first, chosen))} has no variant ${first}. Leave one of them out.`;
}

/** Scenarios that do not know a variant. */
export function lacking(variant: string, scenarios: readonly Scenario[]): string[] {
  return scenarios.filter((scenario) => !scenario.variants.some(({ name }) => name === variant)).map(({ name }) => name);
}

/** The scenario whose network carries the smallest payload: what fits there fits everywhere. */
function narrowest(scenarios: readonly Scenario[]): Scenario | undefined {
  return scenarios.toSorted((a, b) => a.payloadMaxBytes - b.payloadMaxBytes)[0];
}

/** One workload for each number of clients. */
function checkWorkloads(
  draft: PlanDraft,
  { pad, bounds }: Pads,
  scenario: Scenario | undefined,
): { workloads: Workload[]; errors: DraftErrors } {
  const counts = draft.workload.clients.split(/[\s,;]+/).filter((word) => word !== '');
  if (scenario === undefined) return { workloads: [], errors: {} };
  if (new Set(counts).size < counts.length)
    return { workloads: [], errors: { clients: 'A number of clients stands there twice.' } };
  if (counts.length > bounds.workloads.max) {
    return { workloads: [], errors: { clients: `At most ${bounds.workloads.max} numbers of clients in one sweep.` } };
  }
  const checked = (counts.length === 0 ? [''] : counts).map((clients) =>
    checkDraft({ ...draft.workload, clients }, pad.workloadBounds, scenario),
  );
  return {
    workloads: checked.flatMap(({ workload }) => workload ?? []),
    errors: Object.assign({}, ...checked.map(({ errors }) => errors ?? {})),
  };
}

const REFUSED_FIELDS: readonly [RegExp, PlanField][] = [
  [/^The title/, 'title'],
  [/^The question/, 'question'],
  [/^(pairs is|The plan has)/, 'pairs'],
  [/^retriesPerPair is/, 'retriesPerPair'],
  [/^seed is/, 'seed'],
  [/^Variants are|has no variant|^The plan names \d+ variants/, 'variants'],
  [/^There is no scenario|^The plan names (\d+|.* twice in) scenarios/, 'scenarios'],
];

/** Where a refusal of the server belongs, by its words; null if to no field of the form. */
export function errorsOfRefusal(
  { code, message }: Pick<LabErrorData, 'code' | 'message'>,
  kind: WorkloadDraft['kind'],
): PlanErrors | null {
  if (code !== 'bad_plan' && code !== 'bad_workload') return null;
  const field = REFUSED_FIELDS.find(([pattern]) => pattern.test(message))?.[1];
  if (field !== undefined) return { [field]: message, workload: {} };
  const workloadField = fieldOfRefusal(message, kind);
  return workloadField === null ? null : { workload: { [workloadField]: message } };
}
