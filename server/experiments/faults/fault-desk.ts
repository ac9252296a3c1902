/** Faults of runs by hand, and plans of them as text. */
import { LabError } from '@/server/domain/errors';
import type { FaultAction, FaultId, FaultPlan, FaultRecord } from '@/server/domain/fault';
import { checkFault, checkFaultPlan, targetOf } from '@/server/domain/fault-check';
import { parseFaultPlan } from '@/server/domain/fault-plan';
import { formatAction, formatFaultPlan } from '@/server/domain/fault-text';
import { isOver, type RunConfig, type RunId } from '@/server/domain/run';
import type { LabPorts } from '../lab-ports';
import type { LiveRun } from '../live-run';
import type { RunRegistry } from '../run-registry';
import { findScenario } from '../start-run';
import { faultsOf } from './live-faults';
import type { RunFaults } from './run-faults';

export type FaultWish = { action: FaultAction; forSeconds: number | null };
export type PlanText = { text: string; scenario: string; seconds: number | null };

export class FaultDesk {
  readonly #ports: Pick<LabPorts, 'store' | 'composer'>;
  readonly #registry: RunRegistry;
  readonly #origin: RunConfig['origin'];

  constructor(ports: Pick<LabPorts, 'store' | 'composer'>, registry: RunRegistry, origin: RunConfig['origin']) {
    this.#ports = ports;
    this.#registry = registry;
    this.#origin = origin;
  }

  /**
   * Resolves once it holds, with its record; one that could not be done says why in `problem`. Rejects with bad_fault,
   * not_measuring, or fault_failed.
   */
  async inject(id: RunId, { action, forSeconds }: FaultWish): Promise<FaultRecord> {
    const run = this.#live(id);
    const it =
      run
        .view()
        .faults.flatMap((record) => targetOf(record.action) ?? [])
        .at(-1) ?? null;
    const [problem] = checkFault(action, forSeconds, run.config, it);
    if (problem !== undefined) throw new LabError('bad_fault', `“${formatAction(action)}” ${problem}`);
    return faultsOfCluster(run).inject({ action, forSeconds, origin: this.#origin });
  }

  /** Resolves once it is undone. One that is over stays as it is. */
  async end(id: RunId, fault: FaultId): Promise<void> {
    await faultsOfCluster(this.#live(id)).end(fault);
  }

  /** What a plan's text says, how the lab would write it, and everything that is wrong with it for this scenario. */
  async readPlan({ text, scenario, seconds }: PlanText): Promise<{ plan: FaultPlan; text: string; problems: string[] }> {
    const ground = await findScenario(scenario, this.#ports);
    const { plan, problems } = parseFaultPlan(text);
    return { plan, text: formatFaultPlan(plan), problems: [...problems, ...checkFaultPlan(plan, ground, seconds)] };
  }

  #live(id: RunId): LiveRun {
    const live = this.#registry.live(id);
    if (live !== null) return live;
    const view = this.#ports.store.view(id);
    if (view === null) throw new LabError('unknown_run', `there is no run ${id}`);
    if (isOver(view.state)) throw new LabError('run_over', `${id} is over; its containers are gone`);
    throw new LabError('fault_failed', `${id} runs in another process, and only that one can do faults to it`);
  }
}

function faultsOfCluster(run: LiveRun): RunFaults {
  const faults = faultsOf(run);
  if (faults !== null) return faults;
  throw new LabError('not_measuring', `${run.config.id} has no containers yet, and faults are done while it measures`);
}
