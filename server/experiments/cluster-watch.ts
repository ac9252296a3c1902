import { LabError } from '../domain/errors';
import type { EngineEvent } from '../domain/ports';
import type { ProofEvidence, WindowCounters } from '../domain/proof';
import type { RunConfig } from '../domain/run';
import type { LabEvent, LabEventOf } from '../telemetry/events';
import { Wakeup } from '../telemetry/wakeup';

/** The window that the proof counts; 0 is warm-up, 2 what comes after. */
const MEASURED_WINDOW = 1;

/** What one replica reported that outlives its next report. */
type ReplicaRecord = {
  counters: Map<string, WindowCounters>;
  checkpoints: Map<number, string>;
  /** Latest known commit and the hash there. */
  commit: number | null;
  hash: string | null;
  /** CPU time at the entry of each window. */
  cpuNsAt: Map<number, number>;
  leads: boolean;
  lastStatusAt: number | null;
};

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
  leader: { name: string; view: number } | null = null;
  /** When each phase of the client began, milliseconds since the Unix epoch. */
  readonly clientPhases = new Map<string, number>();
  summary: LabEventOf<'summary'> | null = null;
  history: LabEventOf<'history'> | null = null;
  noProgress: LabEventOf<'no_progress'> | null = null;
  readonly #wakeup = new Wakeup();
  readonly #config: RunConfig;
  readonly #replicas = new Map<string, ReplicaRecord>();
  #failure: unknown = null;

  constructor(config: RunConfig) {
    this.#config = config;
    for (const { service } of config.replicas) {
      this.#replicas.set(service, {
        counters: new Map(),
        checkpoints: new Map(),
        commit: null,
        hash: null,
        cpuNsAt: new Map(),
        leads: false,
        lastStatusAt: null,
      });
    }
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

  fromContainer(event: LabEvent, now: number): void {
    this.#fold(event, now);
    this.#wakeup.wake();
  }

  /** A phase that was read from a third party's text; `at` in milliseconds since the Unix epoch. */
  foreignPhase(phase: string, at: number): void {
    if (!this.clientPhases.has(phase)) this.clientPhases.set(phase, at);
    this.#wakeup.wake();
  }

  isLive(service: string): boolean {
    return this.started.has(service) && !this.exits.has(service);
  }

  liveReplicas(): string[] {
    return this.#config.replicas.map(({ service }) => service).filter((service) => this.isLive(service));
  }

  /** Replicas that are gone or have said nothing for `silentMs`. */
  silentReplicas(now: number, silentMs: number): string[] {
    return this.#config.replicas
      .map(({ service }) => service)
      .filter((service) => !this.isLive(service) || now - (this.#replicas.get(service)?.lastStatusAt ?? 0) > silentMs);
  }

  /** Whether every live replica has reported the measured window and its log up to the client's closing mark. */
  allReported(): boolean {
    const op = this.history?.op ?? 0;
    return this.liveReplicas().every((service) => {
      const record = this.#replicas.get(service);
      return record !== undefined && record.counters.size > 0 && record.checkpoints.has(op);
    });
  }

  /** The leader's CPU time between the marks around the measured window; null until both were seen. */
  leaderCpuNs(): number | null {
    for (const record of this.#replicas.values()) {
      const begin = record.cpuNsAt.get(MEASURED_WINDOW);
      const end = record.cpuNsAt.get(MEASURED_WINDOW + 1);
      if (record.leads && begin !== undefined && end !== undefined) return end - begin;
    }
    return null;
  }

  evidence(completed: number): ProofEvidence {
    const replicas = this.#config.replicas.map(({ id, service }) => {
      const record = this.#replicas.get(service);
      const counters = [...(record?.counters.values() ?? [])];
      return {
        id,
        name: service,
        live: this.isLive(service),
        counters: counters.length > 0 ? counters : null,
        commit: record?.commit ?? null,
        hash: record?.hash ?? null,
        checkpoints: [...(record?.checkpoints ?? [])].map(([op, hash]) => ({ op, hash })),
      };
    });
    const history =
      this.history === null ? null : { op: this.history.op, complete: this.history.complete, hash: this.history.hash };
    return { replicas, history, completed };
  }

  #fold(event: LabEvent, now: number): void {
    switch (event.event) {
      case 'phase':
        if (!this.clientPhases.has(event.phase)) this.clientPhases.set(event.phase, event.tUs / 1000);
        return;
      case 'summary':
        this.summary = event;
        return;
      case 'history':
        this.history = event;
        return;
      case 'no_progress':
        this.noProgress = event;
        return;
      case 'error':
        this.fail(new LabError('container_died', `${event.src}: ${event.message}`, { service: event.src }));
        return;
    }
    const record = this.#replicas.get(event.src);
    if (record !== undefined) this.#foldReplica(record, event, now);
  }

  #foldReplica(record: ReplicaRecord, event: LabEvent, now: number): void {
    const id = this.#config.replicas.find(({ service }) => service === event.src)?.id;
    switch (event.event) {
      case 'ready':
        if (event.leader === id) this.leader = { name: event.src, view: event.view };
        return;
      case 'status':
        record.lastStatusAt = now;
        record.leads = event.role === 'leader';
        record.commit = event.commit;
        record.hash = event.hash;
        return;
      case 'window':
        record.cpuNsAt.set(event.window, event.cpuNs);
        return;
      case 'checkpoint':
        record.checkpoints.set(event.op, event.hash);
        return;
      case 'counters':
        // A later report of the same term, the final one among them, holds the earlier one's counts and more.
        if (event.window === MEASURED_WINDOW) record.counters.set(termOf(event), event);
        return;
    }
  }
}

function termOf({ view, leader, leaderIncarnation }: WindowCounters): string {
  return `${view}/${leader}/${leaderIncarnation}`;
}
