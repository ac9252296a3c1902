import { LabError } from '../domain/errors';
import type { EngineEvent } from '../domain/ports';
import type { ProofEvidence } from '../domain/proof';
import type { RunConfig } from '../domain/run';
import type { LabEvent, LabEventOf } from '../telemetry/events';
import { applyEvent, type ClientPhase, enterClientPhase, type RunTelemetry, startTelemetry } from '../telemetry/run-telemetry';
import { evidenceOf } from '../telemetry/telemetry-view';
import { Wakeup } from '../telemetry/wakeup';

/** Thrown by `until` when the run is to end early. */
export class CutShort extends Error {}

/**
 * What engine and containers have said about one run's cluster, in a form that the run's steps can wait on. It decides
 * nothing but one thing: an `error` event is the run's failure.
 */
export class ClusterWatch {
  readonly started = new Set<string>();
  readonly exits = new Map<string, number | null>();
  /** The container that last started for each service. */
  readonly containerIds = new Map<string, string>();
  networkReady = false;
  readonly #wakeup = new Wakeup();
  readonly #config: RunConfig;
  #telemetry: RunTelemetry;
  #failure: unknown = null;

  constructor(config: RunConfig) {
    this.#config = config;
    this.#telemetry = startTelemetry(config);
  }

  /** What the containers' events said so far. */
  get telemetry(): RunTelemetry {
    return this.#telemetry;
  }

  /** The first failure counts; whoever waits is woken with it. */
  fail(error: unknown): void {
    this.#failure ??= error;
    this.#wakeup.wake();
  }

  get failed(): boolean {
    return this.#failure !== null;
  }

  /** Something that a condition looks at has changed elsewhere. */
  wake(): void {
    this.#wakeup.wake();
  }

  /**
   * Resolves with true once `condition` holds, with false when `timeoutMs` passed first. Rejects with the cluster's failure,
   * or with CutShort when aborted.
   */
  async until(condition: () => boolean, signal: AbortSignal, timeoutMs?: number): Promise<boolean> {
    const deadline = timeoutMs === undefined ? null : Date.now() + timeoutMs;
    for (;;) {
      if (signal.aborted) throw new CutShort('the run is to end early');
      if (this.#failure !== null) throw this.#failure;
      if (condition()) return true;
      const left = deadline === null ? undefined : deadline - Date.now();
      if (left !== undefined && left <= 0) return false;
      await this.#wakeup.sleep(signal, left);
    }
  }

  fromEngine(event: EngineEvent): void {
    if (event.kind === 'network' && event.action === 'create') this.networkReady = true;
    if (event.kind === 'container' && event.service !== null) {
      if (event.action === 'start') {
        this.started.add(event.service);
        this.exits.delete(event.service);
        if (event.containerId !== null) this.containerIds.set(event.service, event.containerId);
      }
      if (event.action === 'die') this.exits.set(event.service, event.exitCode);
    }
    this.#wakeup.wake();
  }

  fromContainer(event: LabEvent): void {
    this.#telemetry = applyEvent(this.#telemetry, event);
    if (event.event === 'error') this.fail(saidError(event));
    this.#wakeup.wake();
  }

  /** A phase that was read from a third party's text; `at` in milliseconds since the Unix epoch. */
  foreignPhase(phase: ClientPhase, at: number): void {
    this.#telemetry = enterClientPhase(this.#telemetry, phase, at * 1000);
    this.#wakeup.wake();
  }

  /** When the client first entered a phase, milliseconds since the Unix epoch; null if it has not. */
  phaseAt(phase: ClientPhase): number | null {
    const atUs = this.#telemetry.clientPhaseAtUs[phase];
    return atUs === undefined ? null : atUs / 1000;
  }

  isLive(service: string): boolean {
    return this.started.has(service) && !this.exits.has(service);
  }

  liveReplicas(): string[] {
    return this.#config.replicas.map(({ service }) => service).filter((service) => this.isLive(service));
  }

  /** Replicas that are gone or have said nothing for `silentMs`. */
  silentReplicas(now: number, silentMs: number): string[] {
    return this.#telemetry.replicas
      .map(({ state }) => state)
      .filter(({ name, lastSeenAt }) => !this.isLive(name) || now - (lastSeenAt ?? 0) > silentMs)
      .map(({ name }) => name);
  }

  /** Whether every live replica has reported the measured window and its log up to the client's closing mark. */
  allReported(): boolean {
    const closing = this.#telemetry.history?.op ?? 0;
    return this.#telemetry.replicas
      .filter(({ state }) => this.isLive(state.name))
      .every(({ counters, checkpoints }) => counters !== null && checkpoints.some(({ op }) => op === closing));
  }

  evidence(completed: number): ProofEvidence {
    return evidenceOf(this.#telemetry, completed, (service) => this.isLive(service));
  }
}

/** A replica or the client said that it cannot go on. */
function saidError({ src, code, message }: LabEventOf<'error'>): LabError {
  if (code !== 'memory_lost') return new LabError('container_died', `${src}: ${message}`, { service: src });
  return new LabError('memory_lost', `${src}: ${message}`, {
    remedy: 'Nothing is served any more, since what was acknowledged may be gone. Launch again.',
    service: src,
  });
}
