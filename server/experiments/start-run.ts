import { LabError } from '../domain/errors';
import { checkFaultPlan } from '../domain/fault-check';
import { OBSERVE_NOTHING } from '../domain/observation';
import { hostProblems, resolvePlacement } from '../domain/placement';
import type { RunConfig } from '../domain/run';
import { labelOf, projectOf } from '../domain/run-label';
import type { Scenario, Variant } from '../domain/scenario';
import { checkWorkload } from '../domain/workload';
import { executeRun } from './execute-run';
import type { LabPorts } from './lab-ports';
import type { LaunchRequest } from './launch-request';
import { LiveRun } from './live-run';
import { traceSwitchOf } from './trace/live-traces';

/**
 * Checks a wish and puts it in the queue. Rejects with a LabError for everything that can be known before anything is
 * created: unknown names, a broken compose file, an absurd workload, a host too small, an engine that is absent.
 */
export async function startRun(request: LaunchRequest, origin: RunConfig['origin'], ports: LabPorts): Promise<LiveRun> {
  const askedAt = Date.now();
  const [scenario, facts, compose] = await Promise.all([
    findScenario(request.scenario, ports),
    ports.engine.facts(),
    ports.composer.version(),
  ]);
  const variant = findVariant(request.variant, scenario);
  refuseProblems(request, scenario, facts);
  const id = ports.store.nextRunId();
  const label = labelOf(ports.store.storeId, id);
  const config: RunConfig = {
    id,
    scenario: scenario.name,
    scenarioTitle: scenario.title,
    replicas: scenario.replicas,
    quorum: scenario.quorum,
    clientService: scenario.clientService,
    clientFormat: scenario.clientFormat,
    variant,
    workload: request.workload,
    cpusets: pin(request, scenario, facts.cores),
    label,
    project: projectOf(label),
    origin,
    createdAt: Date.now(),
    observe: request.observe ?? OBSERVE_NOTHING,
    faults: request.faults ?? [],
    place: request.place ?? null,
    importedFrom: null,
  };
  const run = new LiveRun(config, ports.store, config.createdAt - askedAt);
  run.change((view) => ({ ...view, host: { ...facts, compose }, gitCommit: ports.gitCommit }));
  traceSwitchOf(run, ports).begin();
  void executeRun(run, scenario, ports);
  return run;
}

/** Rejects with unknown_scenario or bad_compose_file. */
export async function findScenario(name: string, { composer }: Pick<LabPorts, 'composer'>): Promise<Scenario> {
  const { scenarios, broken } = await composer.catalogue();
  const scenario = scenarios.find((each) => each.name === name);
  if (scenario !== undefined) return scenario;
  const bad = broken.find((each) => each.name === name);
  if (bad !== undefined) throw new LabError('bad_compose_file', bad.problem, { remedy: `Mend ${bad.composeFile}.` });
  throw new LabError('unknown_scenario', `there is no scenario ${JSON.stringify(name)}`, {
    remedy: `Known are: ${scenarios.map((each) => each.name).join(', ') || 'none'}.`,
  });
}

function findVariant(name: string, scenario: Scenario): Variant {
  const variant = scenario.variants.find((each) => each.name === name);
  if (variant !== undefined) return variant;
  throw new LabError('unknown_variant', `${scenario.name} has no variant ${JSON.stringify(name)}`, {
    remedy: `It has: ${scenario.variants.map((each) => each.name).join(', ')}.`,
  });
}

function refuseProblems(
  { workload, faults = [], insist }: LaunchRequest,
  scenario: Scenario,
  host: { cores: number; memoryBytes: number },
): void {
  const problems = checkWorkload(workload, scenario);
  if (problems.length > 0) throw new LabError('bad_workload', problems.map(({ message }) => message).join(' '));
  const seconds = workload.amount.kind === 'seconds' ? workload.amount.seconds : null;
  const [badFault] = checkFaultPlan(faults, scenario, seconds);
  if (badFault !== undefined) throw new LabError('bad_fault', badFault);
  const [tooSmall] = hostProblems(scenario, host);
  if (tooSmall !== undefined && !insist) throw new LabError('host_too_small', tooSmall.message, { remedy: tooSmall.remedy });
}

/** A third party's compose file pins as its author meant it, unless the user says otherwise. */
function pin({ workload }: LaunchRequest, scenario: Scenario, cores: number): Record<string, string> {
  if (!scenario.declared && workload.placement === 'auto') return {};
  return resolvePlacement(workload.placement, scenario, cores);
}
