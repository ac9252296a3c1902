import { isKernelThread, type ProcessRow, type ProcessTable } from './process-table';

/** Ticks of CPU time between two readings, by whom they belong to. */
export type CpuShares = {
  /** By service name; empty if no process of the run's containers was seen. */
  services: Map<string, number>;
  lab: number;
  engine: number;
  kernel: number;
  /** Everybody else, most first. */
  outside: { process: ProcessRow; ticks: number }[];
};

export type Parties = { services: ReadonlyMap<string, string>; ownPid: number };

type Owner = { service: string } | 'lab' | 'engine' | 'kernel' | 'outside';

const ENGINE = /^(dockerd|containerd|containerd-shim.*|docker-proxy|runc)$/;
const INIT = 1;
/** The watcher beside a run's containers, whose work is the lab's; what the lab runs in its container counts with it. */
const WATCHER = 'bpfwatch';

/**
 * A process that ends inside the window hands its time to who waits for it, so a compiler's hundred short processes are seen
 * through the make that started them. What an ended process had used before the window began is taken off again.
 * parties.services: service name by container id.
 */
export function attributeCpu(begin: ProcessTable, end: ProcessTable, parties: Parties): CpuShares {
  const owners = new Owners(begin, end, parties);
  const inherited = earlierTimeOfEnded(begin, end);
  const shares: CpuShares = { services: new Map(), lab: 0, engine: 0, kernel: 0, outside: [] };
  for (const process of end.values()) {
    const before = same(process, begin);
    const own = process.ownTicks - (before?.ownTicks ?? 0);
    const children = process.childTicks - (before?.childTicks ?? 0) - (inherited.get(process.pid) ?? 0);
    add(shares, process, { owner: owners.ofOwnTime(process), ticks: Math.max(0, own) });
    add(shares, process, { owner: owners.ofChildTime(process), ticks: Math.max(0, children) });
  }
  shares.outside.sort((a, b) => b.ticks - a.ticks);
  return shares;
}

export function totalTicks({ services, lab, engine, kernel, outside }: CpuShares): number {
  return sum([...services.values(), lab, engine, kernel, ...outside.map(({ ticks }) => ticks)]);
}

export const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

function add(shares: CpuShares, process: ProcessRow, { owner, ticks }: { owner: Owner; ticks: number }): void {
  if (typeof owner === 'object') shares.services.set(owner.service, (shares.services.get(owner.service) ?? 0) + ticks);
  else if (owner !== 'outside') shares[owner] += ticks;
  else if (ticks > 0) {
    const known = shares.outside.find((entry) => entry.process === process);
    if (known === undefined) shares.outside.push({ process, ticks });
    else known.ticks += ticks;
  }
}

/** Ticks by the pid of whoever survived of an ended process's ancestors. */
function earlierTimeOfEnded(begin: ProcessTable, end: ProcessTable): Map<number, number> {
  const inherited = new Map<number, number>();
  for (const process of begin.values()) {
    if (same(process, end) !== null) continue;
    const heir = ancestors(process, begin).find((ancestor) => same(ancestor, end) !== null);
    if (heir === undefined) continue;
    inherited.set(heir.pid, (inherited.get(heir.pid) ?? 0) + process.ownTicks + process.childTicks);
  }
  return inherited;
}

class Owners {
  readonly #parties: Parties;
  readonly #end: ProcessTable;
  readonly #ancestors: Set<number>;
  /** Service by the pid of its container's shim, which waits for the container's processes. */
  readonly #shims = new Map<number, string>();
  readonly #engineLostOne: boolean;
  /** Containers of watchers, by what runs in them. */
  readonly #watchers: Set<string>;
  /** Pids of their shims. */
  readonly #watcherShims = new Set<number>();

  constructor(begin: ProcessTable, end: ProcessTable, parties: Parties) {
    this.#parties = parties;
    this.#end = end;
    const self = end.get(parties.ownPid);
    // Init is everybody's ancestor, and nobody's part of the lab.
    const line = self === undefined ? [] : ancestors(self, end).map(({ pid }) => pid);
    this.#ancestors = new Set(line.filter((pid) => pid !== INIT));
    const all = [...begin.values(), ...end.values()];
    this.#watchers = new Set(all.flatMap(({ name, container }) => (name === WATCHER && container !== null ? [container] : [])));
    for (const process of all) {
      const service = this.#serviceOf(process);
      const parent = begin.get(process.parent) ?? end.get(process.parent);
      if (parent?.container !== null) continue;
      if (service !== null) this.#shims.set(process.parent, service);
      else if (this.#isWatcher(process)) this.#watcherShims.add(process.parent);
    }
    this.#engineLostOne = [...begin.values()].some(
      (process) => same(process, end) === null && (ENGINE.test(process.name) || this.#serviceOf(process) !== null),
    );
  }

  ofOwnTime(process: ProcessRow): Owner {
    const service = this.#serviceOf(process);
    if (service !== null) return { service };
    if (isKernelThread(process)) return 'kernel';
    if (this.#isWatcher(process)) return 'lab';
    if (this.#ancestors.has(process.pid) || this.#isOwn(process)) return 'lab';
    return process.container === null && ENGINE.test(process.name) ? 'engine' : 'outside';
  }

  ofChildTime(process: ProcessRow): Owner {
    const service = this.#shims.get(process.pid);
    if (service !== undefined) return { service };
    if (this.#watcherShims.has(process.pid)) return 'lab';
    // A shell that started the lab may run other things beside it.
    if (this.#ancestors.has(process.pid)) return 'outside';
    // A shim whose container ended is waited for by init, and its container's time goes with it.
    return process.pid === INIT && this.#engineLostOne ? 'engine' : this.ofOwnTime(process);
  }

  #serviceOf({ container }: ProcessRow): string | null {
    return container === null ? null : (this.#parties.services.get(container) ?? null);
  }

  #isWatcher({ container }: ProcessRow): boolean {
    return container !== null && this.#watchers.has(container);
  }

  #isOwn(process: ProcessRow): boolean {
    const { ownPid } = this.#parties;
    return process.pid === ownPid || ancestors(process, this.#end).some(({ pid }) => pid === ownPid);
  }
}

/** Parent first. */
function ancestors(process: ProcessRow, table: ProcessTable): ProcessRow[] {
  const line: ProcessRow[] = [];
  // A table that was read while processes came and went may name a parent twice.
  for (let next = table.get(process.parent); next !== undefined && !line.includes(next); next = table.get(next.parent)) {
    line.push(next);
  }
  return line;
}

function same(process: ProcessRow, table: ProcessTable): ProcessRow | null {
  const found = table.get(process.pid);
  return found !== undefined && found.startedAt === process.startedAt ? found : null;
}
