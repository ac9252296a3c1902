import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { RunConditions } from '@/server/domain/conditions';
import type { HostMonitor, HostObservation } from '@/server/domain/ports';
import { attributeCpu, sum, totalTicks } from './attribute-cpu';
import { type CpuTimes, type MachineState, readCpuTimes, readMachineState, TICKS_PER_S } from './machine-counters';
import { commandOf, type ProcessTable, readProcesses } from './process-table';

type Conditions = Omit<RunConditions, 'viewers'>;
type ObservedRun = Parameters<HostObservation['end']>[0];

/** In a shorter window one tick of 10 ms would be a tenth of a core. */
const SHORTEST_WINDOW_MS = 100;
const NAMED = 3;
/** Anything less is a tick or two. */
const NAMED_FROM_CORES = 0.01;

/**
 * Busy time that no process is charged with, as a share of all busy time: interrupts that come while a core sleeps, and the
 * waking itself. Measured on two virtual cores: 0.02 to 0.09 of a core at 1.1 to 1.7 busy cores, 8 % at most.
 */
const UNCHARGED_SHARE = 0.12;
/** Rounding of every figure to ticks, and the few milliseconds that reading takes, add up to less than this. */
const ROUNDING_TICKS = 5;

/**
 * Reads CPU, clock and memory from /proc and /sys. A reading of 100 processes costs 2 to 3 ms of CPU time, the first one of a
 * process 8 ms; so much of it as one reading falls into the window. proc and sys: where to read, for tests.
 */
export class ProcHostMonitor implements HostMonitor {
  readonly #proc: string;
  readonly #sys: string;
  readonly #ownPid: number;
  readonly #now: () => number;

  constructor({ proc = '/proc', sys = '/sys', ownPid = process.pid, now = () => performance.now() } = {}) {
    this.#proc = proc;
    this.#sys = sys;
    this.#ownPid = ownPid;
    this.#now = now;
  }

  async begin(): Promise<HostObservation> {
    const begin = this.#read();
    // A failure is told at the end; nobody may be waiting until then.
    await begin.catch(() => undefined);
    return {
      end: async (run) => {
        try {
          return this.#conclude(await begin, await this.#read(), run);
        } catch (error) {
          return nothing(`The host cannot be read: ${error instanceof Error ? error.message : String(error)}`);
        }
      },
    };
  }

  /** CPU times are read on both sides of the process table, so that their mean is of the same moment as the table. */
  async #read(): Promise<Reading> {
    const before = readCpuTimes(this.#proc, this.#now());
    const processes = await readProcesses(this.#proc);
    const times = middle(before, readCpuTimes(this.#proc, this.#now()));
    return { times, processes, machine: readMachineState(this.#proc, this.#sys, times.cores) };
  }

  #conclude(begin: Reading, end: Reading, run: ObservedRun): Conditions {
    const windowMs = end.times.atMs - begin.times.atMs;
    const kernel = readFileSync(`${this.#proc}/sys/kernel/osrelease`, 'latin1').trim();
    if (run.engineKernel !== null && run.engineKernel !== kernel) {
      const where = `its kernel is ${run.engineKernel}, this one ${kernel}`;
      return nothing(`The engine runs on another machine (${where}), of which nothing can be read here.`, windowMs);
    }
    const seen: Conditions = { ...nothing(null, windowMs), cores: end.times.cores, ...machineFigures(begin, end, windowMs) };
    if (windowMs < SHORTEST_WINDOW_MS) {
      return {
        ...seen,
        problem: `The measured window of ${Math.round(windowMs)} ms is too short for CPU times in ticks of 10 ms.`,
      };
    }
    return { ...seen, ...this.#cpuFigures(begin, end, run) };
  }

  #cpuFigures(begin: Reading, end: Reading, run: ObservedRun): Partial<Conditions> {
    const services = new Map([...run.containers].map(([service, id]) => [id, service]));
    const shares = attributeCpu(begin.processes, end.processes, { services, ownPid: this.#ownPid });
    if (shares.services.size === 0) {
      const why = 'The lab runs in a container of its own or the engine elsewhere, so nobody can be told apart.';
      return { problem: `No process of the run's containers is to be seen in ${this.#proc}. ${why}` };
    }
    const seconds = (end.times.atMs - begin.times.atMs) / 1000;
    const inCores = (ticks: number) => ticks / TICKS_PER_S / seconds;
    const client = shares.services.get(run.clientService);
    const outside = shares.outside.map(({ process, ticks }) => ({ process, cores: inCores(ticks) }));
    return {
      runCores: inCores(sum([...shares.services.values()])),
      clientCores: client === undefined ? null : inCores(client),
      labCores: inCores(shares.lab),
      engineCores: inCores(shares.engine),
      outsideCores: sum(outside.map(({ cores }) => cores)) + inCores(unseenTicks(begin, end, totalTicks(shares))),
      outside: outside
        .filter(({ cores }) => cores >= NAMED_FROM_CORES)
        .slice(0, NAMED)
        .map(({ process, cores }) => ({ pid: process.pid, command: commandOf(this.#proc, process), cores })),
    };
  }
}

type Reading = { times: CpuTimes; processes: ProcessTable; machine: MachineState };

/**
 * Busy time beyond what all processes were charged with: those that came and went without anybody waiting for them. Only what
 * neither interrupts nor rounding can explain counts.
 */
function unseenTicks(begin: Reading, end: Reading, charged: number): number {
  const elapsed = ((end.times.atMs - begin.times.atMs) / 1000) * TICKS_PER_S * end.times.cores;
  const unused = end.times.idleTicks - begin.times.idleTicks + (end.times.stealTicks - begin.times.stealTicks);
  const busy = elapsed - unused;
  const unseen = busy * (1 - UNCHARGED_SHARE) - charged;
  return unseen > ROUNDING_TICKS ? unseen : 0;
}

function machineFigures(begin: Reading, end: Reading, windowMs: number): Partial<Conditions> {
  const stolen = end.times.stealTicks - begin.times.stealTicks;
  const stalledUs = between(begin.machine.stalledUs, end.machine.stalledUs);
  const [from, to] = [begin.machine.mhz, end.machine.mhz];
  return {
    stealCores: stolen / TICKS_PER_S / (windowMs / 1000),
    mhz: from === null || to === null ? null : { begin: from, end: to },
    memoryAvailableBytes: end.machine.memoryAvailableBytes,
    memoryStallShare: stalledUs === null ? null : Math.min(1, stalledUs / 1000 / windowMs),
    swappedPages: between(begin.machine.swappedPages, end.machine.swappedPages),
  };
}

function middle(a: CpuTimes, b: CpuTimes): CpuTimes {
  const mean = (field: 'atMs' | 'idleTicks' | 'stealTicks') => (a[field] + b[field]) / 2;
  return { atMs: mean('atMs'), cores: b.cores, idleTicks: mean('idleTicks'), stealTicks: mean('stealTicks') };
}

const between = (from: number | null, to: number | null) => (from === null || to === null ? null : to - from);

/** Conditions of which nothing is known. */
function nothing(problem: string | null, windowMs = 0): Conditions {
  return {
    windowMs,
    cores: cpus().length,
    runCores: null,
    clientCores: null,
    labCores: null,
    engineCores: null,
    outsideCores: null,
    outside: [],
    stealCores: null,
    mhz: null,
    memoryAvailableBytes: null,
    memoryStallShare: null,
    swappedPages: null,
    problem,
  };
}
