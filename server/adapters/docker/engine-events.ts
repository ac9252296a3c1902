import type Dockerode from 'dockerode';
import type { EngineEvent } from '@/server/domain/ports';
import type { RunLabel } from '@/server/domain/run';
import { projectOf, RUN_LABEL } from '@/server/domain/run-label';
import { type EngineCall, isConnectionFailure, toLabError } from './engine-errors';
import { type EngineMessage, readEventStream } from './event-stream';
import { ROLE_LABEL } from './run-objects';
import { waitAtMost } from './wait';

const ENGINE_PATIENCE_MS = 5_000;
const RETRY_MS = 100;
/** Exec and health-check events would drown the rest and cost the measured window its quiet. */
const ACTIONS = [
  'create',
  'start',
  'die',
  'oom',
  'kill',
  'stop',
  'pause',
  'unpause',
  'destroy',
  'connect',
  'disconnect',
  'remove',
];
const REMEMBERED = 512;

/**
 * A run's container and network events from `since` (milliseconds) until the signal aborts, each once, over cut streams.
 * The label filter of the Engine would leave the network events out, which carry no labels: so it is done here.
 */
export async function* followEvents(
  client: Dockerode,
  label: RunLabel,
  options: { address: string; sinceMs: number; signal: AbortSignal },
): AsyncGenerator<EngineEvent> {
  const { address, signal } = options;
  const call: EngineCall = { doing: 'follow events', address, midRun: true };
  const seen = new RecentKeys();
  let sinceS = options.sinceMs / 1000;
  let failingSince: number | null = null;
  while (!signal.aborted) {
    try {
      const stream = await client.getEvents({
        since: sinceS,
        filters: { type: ['container', 'network'], event: ACTIONS },
        ...{ abortSignal: signal },
      });
      for await (const message of readEventStream(stream)) {
        failingSince = null;
        sinceS = message.timeNano / 1e9 - 0.001;
        const event = toEngineEvent(message, label);
        if (event !== null && seen.add(`${message.timeNano} ${message.Action} ${message.Actor.ID}`)) yield event;
      }
    } catch (cause) {
      if (signal.aborted) return;
      failingSince ??= Date.now();
      if (!isConnectionFailure(cause) || Date.now() - failingSince > ENGINE_PATIENCE_MS) throw toLabError(cause, call);
    }
    await waitAtMost(RETRY_MS, signal);
  }
}

/** The event if it belongs to the run, by label or, for networks, by the project's name. */
export function toEngineEvent(message: EngineMessage, label: RunLabel): EngineEvent | null {
  const attributes = message.Actor.Attributes ?? {};
  const at = message.timeNano / 1e6;
  if (message.Type === 'network') {
    if (!attributes.name?.startsWith(`${projectOf(label)}_`)) return null;
    return {
      kind: 'network',
      action: message.Action,
      service: null,
      containerId: attributes.container ?? null,
      exitCode: null,
      at,
    };
  }
  if (attributes[ROLE_LABEL] !== undefined) return null;
  if (attributes[RUN_LABEL] !== label && attributes['com.docker.compose.project'] !== projectOf(label)) return null;
  const exitCode = attributes.exitCode === undefined ? null : Number(attributes.exitCode);
  const service = attributes['com.docker.compose.service'] ?? null;
  return { kind: 'container', action: message.Action, service, containerId: message.Actor.ID, exitCode, at };
}

/** Keys of the last events; a resumed stream begins a little early and repeats some. */
class RecentKeys {
  private readonly keys = new Set<string>();

  /** False if the key is known. */
  add(key: string): boolean {
    if (this.keys.has(key)) return false;
    this.keys.add(key);
    if (this.keys.size > REMEMBERED) for (const oldest of this.keys) return this.keys.delete(oldest);
    return true;
  }
}
