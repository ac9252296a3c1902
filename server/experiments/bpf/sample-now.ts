import type { BpfSample } from '@/server/domain/bpf-program';
import { LabError } from '@/server/domain/errors';
import type { EngineContainer } from '@/server/domain/ports';
import { isOver, type RunId } from '@/server/domain/run';
import type { LabPorts } from '../lab-ports';
import type { RunRegistry } from '../run-registry';

/**
 * Looks into one replica now. It costs the replica some 20 ms of CPU, so a sample inside the measured window is marked as
 * such, and its time goes into the run's view for the chart.
 */
export async function sampleNow(id: RunId, replica: string, registry: RunRegistry, ports: LabPorts): Promise<BpfSample> {
  const container = await containerOf({ id, replica }, registry, ports);
  const beganAt = measuringSince(id, registry, ports);
  const taken = await ports.inspector.sample(container.id, replica);
  // The window may have opened while the tool ran.
  const began = beganAt ?? measuringSince(id, registry, ports);
  const sample: BpfSample = { ...taken, moment: 'on_demand', insideWindow: began !== null };
  ports.store.appendSample(id, sample);
  if (began !== null) {
    const atMs = Math.max(0, taken.takenAt - began);
    registry.live(id)?.change((run) => ({ ...run, observedAtMs: [...run.observedAtMs, atMs] }));
  }
  return sample;
}

/** The container of a replica that runs now. Rejects with unknown_run, run_over or inspector_failed. */
export async function containerOf(
  { id, replica }: { id: RunId; replica: string },
  registry: RunRegistry,
  ports: LabPorts,
): Promise<EngineContainer> {
  const view = registry.live(id)?.view() ?? ports.store.view(id);
  if (view === null) throw new LabError('unknown_run', `there is no run ${id}`);
  if (isOver(view.state)) throw new LabError('run_over', `${id} is over; its containers are gone`);
  if (!view.config.replicas.some(({ service }) => service === replica)) {
    throw new LabError('inspector_failed', `${id} has no replica ${JSON.stringify(replica)}`);
  }
  const containers = await ports.engine.containers(view.config.label);
  const container = containers.find(({ service, state }) => service === replica && state === 'running');
  if (container === undefined) throw new LabError('inspector_failed', `${replica} does not run now`, { service: replica });
  return container;
}

/** When the measured window began, if the run is inside it. */
function measuringSince(id: RunId, registry: RunRegistry, { store }: LabPorts): number | null {
  const view = registry.live(id)?.view() ?? store.view(id);
  if (view?.state !== 'measuring') return null;
  return view.phases.find(({ phase }) => phase === 'measuring')?.startedAt ?? null;
}
