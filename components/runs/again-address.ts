import type { RunView } from '@/server/api/types';

/** The control panel with everything of this run filled in: scenario, variant, workload, observation and fault plan. */
export function againAddress({
  config,
}: {
  config: Pick<RunView['config'], 'id' | 'scenario'> & { variant: { name: string } };
}): string {
  const query = new URLSearchParams({ scenario: config.scenario, variant: config.variant.name, again: config.id });
  return `/?${query}`;
}
