/** Puts a cluster's failure into words that name the service, the reason and the evidence. */
import { LabError } from '../domain/errors';
import type { Standing } from '../domain/fault';
import { noProgressMs } from '../domain/fault-patience';
import type { EngineContainer } from '../domain/ports';
import type { RunConfig } from '../domain/run';
import type { ClusterWatch } from './cluster-watch';
import type { LabPorts } from './lab-ports';

/** A replica reports every 100 ms; nothing for this long is silence. */
const SILENT_MS = 2000;
const SHOWN_LINES = 12;
const READ_LINES = 300;

/** `ebpf/bin/client.c` ends with these. */
const CLIENT_EXITS: Record<
  number,
  { code: 'bad_workload' | 'no_progress' | 'leader_not_elected' | 'memory_lost' | 'container_died'; words: string }
> = {
  2: { code: 'bad_workload', words: 'the client refused its environment' },
  3: { code: 'no_progress', words: 'no progress' },
  4: { code: 'memory_lost', words: 'more memories are lost than the cluster can bear, and nothing is served any more' },
  5: { code: 'leader_not_elected', words: 'no leader answered the client' },
  130: { code: 'container_died', words: 'the client was interrupted from outside' },
};

/** Now, and what faults left of the cluster. */
type Moment = { now: number; standing: Standing | null };

/** `no progress: replica1 leads but has no quorum: replica2, replica3 silent`, or whatever else keeps replies away. */
export function sayNoProgress(config: RunConfig, watch: ClusterWatch, { now, standing }: Moment): string {
  const { noProgress, leaderReady } = watch.telemetry;
  const silentMs = noProgress?.silentMs ?? noProgressMs(config);
  const leader = config.replicas.find(({ id }) => id === noProgress?.leader)?.service ?? leaderReady?.leader ?? null;
  const silent = watch.silentReplicas(now, SILENT_MS);
  if (config.replicas.length - silent.length < config.quorum) {
    const whose = leader === null || silent.includes(leader) ? 'no quorum is left' : `${leader} leads but has no quorum`;
    return `no progress: ${whose}: ${silent.join(', ')} silent`;
  }
  // Replicas that are cut off still report to the lab.
  if (standing?.state === 'no_quorum') return `no progress: ${standing.sentence}`;
  if (leader === null) return `no progress: no reply for ${seconds(silentMs)}, and no leader is known`;
  if (silent.includes(leader)) {
    return `no progress: leader ${leader} silent, and no other leads after ${seconds(silentMs)} without a reply`;
  }
  return `no progress: ${leader} leads and a quorum reports, yet no request was answered for ${seconds(silentMs)}`;
}

/** Why the client ended with anything but success. */
export function clientFailure(config: RunConfig, watch: ClusterWatch, exitCode: number | null, moment: Moment): LabError {
  const service = config.clientService;
  const known = exitCode === null || config.clientFormat !== 'lab' ? undefined : CLIENT_EXITS[exitCode];
  if (watch.telemetry.noProgress !== null || known?.code === 'no_progress') {
    return new LabError('no_progress', sayNoProgress(config, watch, moment), {
      remedy: 'Look at the last log lines of the silent replicas, then launch again.',
      service,
    });
  }
  const words = known?.words ?? 'the client ended early';
  return new LabError(known?.code ?? 'container_died', `${service}: ${words} (exit code ${exitCode ?? 'unknown'})`, {
    service,
  });
}

export function replicaDied(service: string, exitCode: number | null): LabError {
  return new LabError('container_died', `${service} ended with exit code ${exitCode ?? 'unknown'} before the warm-up`, {
    remedy: `Its last log lines say why. By hand: docker compose up ${service}`,
    service,
  });
}

/** The same error with the last lines of the service it happened in; must be asked before the containers are removed. */
export async function withLastLines(error: LabError, containers: EngineContainer[], { engine }: LabPorts): Promise<LabError> {
  const container = containers.find(({ service }) => service === error.service);
  if (container === undefined || error.lastLines.length > 0) return error;
  const lines = await engine.lastLines(container.id, READ_LINES).catch(() => []);
  // A replica prints ten status events a second: those would push out what it said to people.
  const lastLines = lines.filter((line) => !/^\{"v":.*"event":"(status|interval)"/.test(line)).slice(-SHOWN_LINES);
  const { code, message, remedy, service, cause } = error;
  return new LabError(code, message, {
    ...(remedy === null ? {} : { remedy }),
    ...(service === null ? {} : { service }),
    lastLines,
    cause,
  });
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
