import { LabError } from '../domain/errors';
import type { EngineEvent } from '../domain/ports';
import type { RunView } from '../domain/run';
import { pause } from '../telemetry/wakeup';
import { ClusterLogs } from './cluster-logs';
import { ClusterWatch } from './cluster-watch';
import { endContainers } from './end-containers';
import { replicaDied } from './explain-failure';
import { keepFaults } from './faults/live-faults';
import { RunFaults } from './faults/run-faults';
import type { LabPorts } from './lab-ports';
import type { LiveRun } from './live-run';
import { wordsOf } from './tear-down';

/** After the teardown the last lines are read for at most this long. */
const LAST_LINES_MS = 1500;

type SessionPorts = Pick<LabPorts, 'engine' | 'faultInjector'>;

/** Listens to one run's cluster: the engine's events, and each container's log from its start to its removal. */
export class ClusterSession {
  readonly watch: ClusterWatch;
  readonly faults: RunFaults;
  readonly #run: LiveRun;
  readonly #ports: SessionPorts;
  readonly #logs: ClusterLogs;
  readonly #close = new AbortController();
  readonly #followed = new Map<string, Promise<void>>();
  /** Containers that stand still and whose log was read to its end. */
  readonly #readToTheEnd = new Set<string>();
  readonly #events: Promise<void>;
  /** How often each service's container started and ended. */
  readonly #changes = new Map<string, number>();
  #endsOnPurpose = false;

  constructor(run: LiveRun, ports: SessionPorts) {
    this.#run = run;
    this.#ports = ports;
    this.watch = new ClusterWatch(run.config);
    this.faults = new RunFaults(run, this.watch, ports);
    keepFaults(run, this.faults);
    this.#logs = new ClusterLogs(run, this.watch);
    this.#events = this.#followEvents();
  }

  /**
   * Takes what the engine has now for true: addresses, and containers whose start or end was missed. What came and went while
   * the engine was asked is left to its events, which are newer than the answer.
   */
  async reconcile(): Promise<void> {
    const before = new Map(this.#changes);
    const listed = await this.#ports.engine.containers(this.#run.config.label);
    const containers = listed.filter(({ service }) => this.#changes.get(service) === before.get(service));
    const now = Date.now();
    for (const { id, service, state, exitCode } of containers) {
      if (state === 'created') continue;
      if (!this.watch.started.has(service) || (state === 'running' && this.watch.exits.has(service))) {
        this.#take({ kind: 'container', action: 'start', service, containerId: id, exitCode: null, at: now });
      }
      if (state === 'exited' && !this.watch.exits.has(service)) {
        this.#take({ kind: 'container', action: 'die', service, containerId: id, exitCode, at: now });
      }
    }
    this.#run.change((view) => ({
      ...view,
      replicas: view.replicas.map((replica) => {
        const container = containers.find(({ service }) => service === replica.name);
        return container === undefined ? replica : { ...replica, container: container.state, address: container.address };
      }),
    }));
  }

  /** Ends the containers and reads their logs to the end. */
  async endContainers(): Promise<void> {
    this.#endsOnPurpose = true;
    // Whoever is taken for dead would not be told to end. An engine that does not answer is found out below.
    await this.reconcile().catch(() => {});
    await endContainers({ run: this.#run, watch: this.watch, readToTheEnd: this.#readToTheEnd }, this.#ports);
  }

  /** Ends all listening, once the logs of the removed containers are read to their ends. */
  async close(): Promise<void> {
    const read = Promise.all(this.#followed.values());
    await Promise.race([read, pause(LAST_LINES_MS, this.#close.signal)]);
    this.#close.abort();
    await read;
    await this.#events;
  }

  async #followEvents(): Promise<void> {
    try {
      for await (const event of this.#ports.engine.events(this.#run.config.label, this.#close.signal)) this.#take(event);
    } catch (error) {
      this.watch.fail(error);
    }
  }

  #take(event: EngineEvent): void {
    this.watch.fromEngine(event);
    const { service, containerId, action } = event;
    if (event.kind !== 'container' || service === null) return;
    if (action === 'start' || action === 'die') this.#changes.set(service, (this.#changes.get(service) ?? 0) + 1);
    if (action === 'start' && containerId !== null && !this.#followed.has(containerId)) {
      this.#followed.set(containerId, this.#followLog(service, containerId));
    }
    const state = STATES[action];
    if (state !== undefined) this.#note(service, state);
    if (action === 'die') this.#noteDeath(service, event);
    // A container that comes back may have another address than before, and is another process.
    if (action === 'start' && Object.keys(this.watch.telemetry.clientPhaseAtUs).length > 0) {
      void this.#refresh();
      this.faults.started(service);
    }
  }

  async #refresh(): Promise<void> {
    try {
      await this.reconcile();
    } catch (error) {
      this.#run.remark('warn', `the containers' addresses could not be read: ${wordsOf(error)}`);
    }
  }

  #note(service: string, container: string): void {
    this.#run.change((view) => ({
      ...view,
      replicas: view.replicas.map((replica) => (replica.name === service ? { ...replica, container } : replica)),
    }));
  }

  #noteDeath(service: string, { exitCode, at }: EngineEvent): void {
    const { config } = this.#run;
    if (this.#endsOnPurpose || service === config.clientService) return;
    const meant = this.faults.takeDeath(service);
    if (!meant) this.#run.remark('warn', `${service} ended with exit code ${exitCode ?? 'unknown'}`, 'fault');
    const isReplica = config.replicas.some((replica) => replica.service === service);
    if (!isReplica) return;
    if (!meant) {
      this.#run.change((view) => ({ ...view, deaths: [...view.deaths, { service, exitCode, at, led: led(service, view) }] }));
    }
    if (this.watch.phaseAt('warmup') === null) this.watch.fail(replicaDied(service, exitCode));
    else if (meant && this.faults.willReturn(service)) return;
    // Our own client notices by itself within seconds; a third party's may wait for ever.
    else if (config.clientFormat === 'electrode' && this.watch.liveReplicas().length < config.quorum) {
      this.watch.fail(new LabError('no_progress', `no progress: no quorum is left since ${service} ended`, { service }));
    }
  }

  async #followLog(service: string, containerId: string): Promise<void> {
    try {
      for await (const lines of this.#ports.engine.logs(containerId, this.#close.signal)) {
        if (lines.length === 0) this.#readToTheEnd.add(containerId);
        else this.#readToTheEnd.delete(containerId);
        this.#logs.take(service, lines);
      }
    } catch (error) {
      this.#run.remark('warn', `the log of ${service} broke off: ${wordsOf(error)}`);
      if (!this.#endsOnPurpose) this.watch.fail(error);
    }
  }
}

/** By the time the engine tells of its end another may lead; so what counts is who led when it was heard last. */
function led(service: string, { replicas, leaders }: RunView): boolean {
  const replica = replicas.find(({ name }) => name === service);
  if (replica === undefined || replica.role === 'leader') return replica !== undefined;
  return leaders.findLast(({ at }) => at <= (replica.lastSeenAt ?? 0))?.leader === service;
}

const STATES: Record<string, string> = {
  create: 'created',
  start: 'running',
  die: 'exited',
  pause: 'paused',
  unpause: 'running',
};
