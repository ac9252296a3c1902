import type { BpfSample } from '../../domain/bpf-program';
import type { LabPorts } from '../lab-ports';
import type { LiveRun } from '../live-run';
import { wordsOf } from '../tear-down';

/** Inspects all replicas that run, at the same time, and stores what they show. A failure is a remark, never the run's. */
export async function takeSamples(
  run: LiveRun,
  moment: BpfSample['moment'],
  { engine, inspector, store }: LabPorts,
): Promise<void> {
  const { id, label, replicas } = run.config;
  const containers = await engine.containers(label);
  const samples = replicas.map(async ({ service }) => {
    const container = containers.find((each) => each.service === service && each.state === 'running');
    if (container === undefined) return;
    try {
      const sample = await inspector.sample(container.id, service);
      store.appendSample(id, { ...sample, moment, insideWindow: false });
    } catch (error) {
      run.remark('warn', `eBPF of ${service} could not be read: ${wordsOf(error)}`);
    }
  });
  await Promise.all(samples);
}
