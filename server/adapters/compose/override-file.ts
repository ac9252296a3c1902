import { stringify } from 'yaml';
import { noProgressMs } from '@/server/domain/fault-patience';
import type { RunConfig } from '@/server/domain/run';
import { RUN_LABEL } from '@/server/domain/run-label';
import type { Scenario } from '@/server/domain/scenario';
import { wireRunId } from '@/server/domain/wire-run-id';
import type { Workload } from '@/server/domain/workload';

/** Names that the compose file defines; every one of them gets the run's label. */
export type ComposeNames = { services: string[]; networks: string[] };

type Service = { labels: Record<string, string>; image?: string; environment?: Record<string, string>; cpuset?: string };

/**
 * The compose file that lays one run over its scenario. A third party's scenario (declared: false, or output read as
 * `electrode`) gets labels, cpusets and what its variant says, and none of our containers' environment.
 */
export function renderOverride(config: RunConfig, scenario: Scenario, names: ComposeNames): string {
  const labels = { [RUN_LABEL]: config.label };
  const services = Object.fromEntries(
    names.services.map((name) => [name, { labels, ...serviceSettings(name, config, scenario) } satisfies Service]),
  );
  const networks = Object.fromEntries(names.networks.map((name) => [name, { labels }]));
  return `# Written by Electrode Lab for run ${config.id}; the scenario itself is unchanged.\n${stringify({ services, networks })}`;
}

function serviceSettings(name: string, config: RunConfig, scenario: Scenario): Omit<Service, 'labels'> {
  const cpuset = config.cpusets[name];
  const pinned = cpuset === undefined ? {} : { cpuset };
  const ours = scenario.clientFormat === 'lab';
  if (config.replicas.some((replica) => replica.service === name)) {
    const lab = ours ? replicaEnvironment(config) : {};
    const environment = { ...lab, ...config.variant.environment };
    const { image } = config.variant;
    return { ...pinned, ...environmentOf(environment), ...(image === null ? {} : { image: escapeDollars(image) }) };
  }
  if (name === config.clientService && ours) {
    return { ...pinned, ...environmentOf(clientEnvironment(config)) };
  }
  return pinned;
}

function environmentOf(environment: Record<string, string>): Pick<Service, 'environment'> {
  const entries = Object.entries(environment).map(([name, value]) => [name, escapeDollars(value)]);
  return entries.length === 0 ? {} : { environment: Object.fromEntries(entries) };
}

function replicaEnvironment(config: RunConfig): Record<string, string> {
  return { RUN_ID: wireRunId(config), ...traceEnvironment(config) };
}

function clientEnvironment(config: RunConfig): Record<string, string> {
  const { workload } = config;
  return {
    RUN_ID: wireRunId(config),
    START: 'hold',
    CLIENTS: String(workload.clients),
    WARMUP_S: String(workload.warmupSeconds),
    PAYLOAD_BYTES: String(workload.payloadBytes),
    GET_PERCENT: String(workload.getPercent),
    NO_PROGRESS_MS: String(noProgressMs(config)),
    ...amountEnvironment(workload.amount),
    ...traceEnvironment(config),
  };
}

/** How often stays the scenario's business: whoever replicas and client are, they sample the same operations. */
function traceEnvironment({ observe }: RunConfig): Record<string, string> {
  return observe.trace ? { TRACE: 'on' } : {};
}

function amountEnvironment(amount: Workload['amount']): Record<string, string> {
  if (amount.kind === 'requests') return { REQUESTS: String(amount.requests) };
  return { REQUESTS: '0', DURATION_S: String(amount.seconds) };
}

/** Compose would take `$` for a variable. */
function escapeDollars(text: string): string {
  return text.replaceAll('$', '$$$$');
}
