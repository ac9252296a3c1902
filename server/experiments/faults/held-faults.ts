import type { FaultRecord } from '@/server/domain/fault';
import { rulesOf } from '@/server/domain/fault-links';
import { freeCpus } from '@/server/domain/free-cpus';
import type { FaultHolder } from '@/server/domain/ports';
import type { ClusterWatch } from '../cluster-watch';
import type { LabPorts } from '../lab-ports';
import type { LiveRun } from '../live-run';

/** Whether a fault holds only as long as something holds it. */
export function isHeld({ action: { kind } }: Pick<FaultRecord, 'action'>): boolean {
  return kind !== 'kill' && kind !== 'restart';
}

type Cluster = { run: LiveRun; watch: ClusterWatch; ports: Pick<LabPorts, 'faultInjector'> };

/**
 * The holder of one run's faults, opened with the first that needs one. Its callers take turns: nothing here is called while
 * another call is under way.
 */
export class HeldFaults {
  readonly #cluster: Cluster;
  readonly #onLost: (why: string) => void;
  readonly #close = new AbortController();
  #holder: FaultHolder | null = null;
  #lastCounts: ReturnType<FaultHolder['counts']> = [];

  /** onLost: the holder ended by itself, and everything it held is undone. */
  constructor(cluster: Cluster, onLost: (why: string) => void) {
    this.#cluster = cluster;
    this.#onLost = onLost;
  }

  /** Rejects with LabError fault_failed. */
  async open(): Promise<FaultHolder> {
    if (this.#holder !== null) return this.#holder;
    const { run, ports } = this.#cluster;
    const { label, cpusets } = run.config;
    const cpuset = freeCpus(cpusets, run.view().host?.cores ?? 0);
    const signal = AbortSignal.any([run.signal, this.#close.signal]);
    const holder = await ports.faultInjector.open({ label, nodes: this.#nodes(), cpuset }, signal);
    this.#holder = holder;
    this.#lastCounts = [];
    void holder.ended.then((why) => {
      if (this.#holder !== holder) return;
      this.#holder = null;
      if (why !== null) this.#onLost(why);
    });
    return holder;
  }

  /** These hold, and no others. A replica that does not run is left out; it is told when it comes back. */
  async hold(faults: FaultRecord[]): Promise<void> {
    const held = faults.filter(isHeld);
    if (held.length === 0 && this.#holder === null) return;
    const { run, watch } = this.#cluster;
    const { replicas, clientService } = run.config;
    const rules = rulesOf(held, [...replicas.map(({ service }) => service), clientService]);
    const paused = replicas
      .map(({ service }) => service)
      .filter((name) => held.some(({ action, targets }) => action.kind === 'pause' && targets.includes(name)));
    const holder = await this.open();
    await holder.apply({
      rules: rules.filter(({ target }) => watch.isLive(target)),
      paused: paused.filter((name) => watch.isLive(name)),
    });
  }

  /** A service's container was started again. */
  async moved(service: string): Promise<void> {
    const node = this.#nodes().find(({ name }) => name === service);
    if (node !== undefined) await this.#holder?.moved(node);
  }

  /** What the holder counted; its last word once it is closed. */
  counts(): ReturnType<FaultHolder['counts']> {
    return this.#holder?.counts() ?? this.#lastCounts;
  }

  /** Undoes everything; the next fault opens another holder. */
  async drop(): Promise<void> {
    const holder = this.#holder;
    this.#holder = null;
    await holder?.close();
    this.#lastCounts = holder?.counts() ?? this.#lastCounts;
  }

  /** Undoes everything, for good. A holder that is still being opened is given up. */
  async close(): Promise<void> {
    const dropped = this.drop();
    this.#close.abort();
    await dropped;
  }

  #nodes() {
    const { run, watch } = this.#cluster;
    const { replicas, clientService } = run.config;
    const all = [...replicas.map(({ id, service }) => ({ name: service, id })), { name: clientService, id: 0 }];
    return all.flatMap(({ name, id }) => {
      const containerId = watch.containerIds.get(name);
      return containerId === undefined ? [] : [{ name, id, containerId }];
    });
  }
}
