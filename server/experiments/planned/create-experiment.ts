import { LabError } from '../../domain/errors';
import { checkPlan } from '../../domain/experiment/check-plan';
import type { ExperimentPlan, ExperimentRecord } from '../../domain/experiment/experiment';
import { hostProblems } from '../../domain/placement';
import type { RunConfig } from '../../domain/run';
import type { LabPorts } from '../lab-ports';

/** Checks the whole plan before anything runs: an hour later is too late to hear that the third scenario is not there. */
export async function createExperiment(
  plan: ExperimentPlan,
  origin: RunConfig['origin'],
  { composer, engine, store }: LabPorts,
): Promise<ExperimentRecord> {
  const [catalogue, facts] = await Promise.all([composer.catalogue(), engine.facts()]);
  const problems = checkPlan(plan, catalogue);
  if (problems.length > 0) throw new LabError('bad_plan', problems.map(({ message }) => message).join(' '));
  for (const name of plan.insist ? [] : plan.scenarios) {
    const scenario = catalogue.scenarios.find((each) => each.name === name);
    const [tooSmall] = scenario === undefined ? [] : hostProblems(scenario, facts);
    if (tooSmall !== undefined) throw new LabError('host_too_small', tooSmall.message, { remedy: tooSmall.remedy });
  }
  const record: ExperimentRecord = {
    id: store.nextExperimentId(),
    plan: { ...plan, title: plan.title.trim(), question: plan.question.trim() },
    state: 'running',
    note: null,
    origin,
    createdAt: Date.now(),
    endedAt: null,
    grantedRetries: [],
    importedFrom: null,
    frozenNoiseFloor: null,
  };
  store.saveExperiment(record);
  return record;
}
