import { sayPlan } from '@/components/faults/fault-words';
import type { RunView } from '@/server/api/types';

/** The command line that launches the same scenario, variant and workload again. */
export function repeatCommand(run: RunView): string {
  const { scenario, variant, workload, observe, faults } = run.config;
  const amount =
    workload.amount.kind === 'requests' ? ['--requests', workload.amount.requests] : ['--seconds', workload.amount.seconds];
  return [
    'npm run -s lab -- run',
    scenario,
    '--variant',
    variant.name,
    ...amount,
    '--warmup',
    workload.warmupSeconds,
    '--clients',
    workload.clients,
    '--payload',
    workload.payloadBytes,
    '--get-percent',
    workload.getPercent,
    '--placement',
    workload.placement,
    ...(observe.bpfStatistics ? ['--bpf-statistics'] : []),
    ...(observe.trace ? ['--trace'] : []),
    ...(faults.length > 0 ? ['--faults', `'${sayPlan(faults)}'`] : []),
  ].join(' ');
}
