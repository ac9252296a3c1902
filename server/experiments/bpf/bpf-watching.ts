import { emptyWatchView } from '@/server/domain/bpf-view';
import type { BpfCode, BpfLook, BpfWatchView } from '@/server/domain/bpf-watch';
import { LabError } from '@/server/domain/errors';
import { freeCpus } from '@/server/domain/free-cpus';
import type { BpfWatch, BpfWatchRequest, EngineContainer } from '@/server/domain/ports';
import type { RunPhase, RunView } from '@/server/domain/run';
import { Latest } from '@/server/telemetry/latest';
import { pause, Wakeup } from '@/server/telemetry/wakeup';
import type { LabPorts } from '../lab-ports';
import type { LiveRun } from '../live-run';
import type { Listener } from '../run-source';
import { wordsOf } from '../tear-down';
import type { Identified } from '../watch-run';
import { LookRecord } from './look-record';
import { ObservationLog } from './observation-log';
import { StatisticsSwitch, type StatisticsWish } from './statistics-switch';

const EVERY_MS = 500;
/** A reader that comes back, by a reload or another tab, finds the watcher still at work. */
const GRACE_MS = 5000;
/** What failed once, as a missing image, may have been mended meanwhile. */
const RETRY_MS = 3000;
/** A run that asked for it waits this long for the first look. */
const READY_MS = 10_000;

/**
 * One run's watcher: begun with the first reader or by a run that asks, ended some seconds after the last reader or with the
 * run, begun anew when a replica comes back under another process id. All readers see the same looks.
 */
export class BpfWatching {
  readonly #run: LiveRun;
  readonly #ports: LabPorts;
  readonly #view: Latest<BpfWatchView>;
  readonly #record: LookRecord;
  readonly #log: ObservationLog;
  readonly #statistics: StatisticsSwitch;
  readonly #wakeup = new Wakeup();
  readonly #end = new AbortController();
  #watch: BpfWatch | null = null;
  #containers: EngineContainer[] = [];
  /** The replicas that the watcher was begun with, each in its present life. */
  #watched = new Set<string>();
  #readers = 0;
  #lastReaderLeftAt = Number.NEGATIVE_INFINITY;
  #keeping: Promise<void> | null = null;

  constructor(run: LiveRun, ports: LabPorts) {
    this.#run = run;
    this.#ports = ports;
    this.#view = new Latest(emptyWatchView(EVERY_MS, 'its containers do not run yet'));
    this.#record = new LookRecord(run.config.id, ports.store);
    this.#log = new ObservationLog(run, ['bpf_watch', 'bpf_statistics']);
    this.#statistics = new StatisticsSwitch(run, this.#log);
  }

  /** The containers run. */
  begin(): void {
    if (this.#keeping !== null || this.#end.signal.aborted) return;
    this.#say(null);
    this.#keeping = this.#keep();
  }

  /** Resolves before the client is let go: a run that asked for it is watched by then, and nothing is on that may not be. */
  async ready(): Promise<void> {
    if (this.#run.config.observe.bpfStatistics) {
      const deadline = AbortSignal.any([AbortSignal.timeout(READY_MS), this.#end.signal, this.#run.signal]);
      const seen = () => this.#view.value.at !== null || this.#view.value.problem !== null;
      while (!seen() && !deadline.aborted) await this.#wakeup.sleep(deadline);
      const { at, problem } = this.#view.value;
      if (at === null) this.#run.remark('warn', `eBPF is not watched as asked for: ${problem ?? 'no look came in time'}`);
    }
    await this.#statistics.beforeClient();
  }

  /** The run has entered a phase of the client's. */
  entered(phase: RunPhase, at: number): void {
    this.#statistics.entered(phase, at);
    this.#log.note();
  }

  /** The view with each look. */
  async *read(listener: Listener): AsyncGenerator<Identified<BpfWatchView>, void, unknown> {
    this.#readers += 1;
    this.#countReaders();
    try {
      for await (const seen of this.#view.subscribe({ ...listener, minIntervalMs: EVERY_MS / 5 })) yield seen;
    } finally {
      this.#readers -= 1;
      this.#lastReaderLeftAt = Date.now();
      this.#countReaders();
    }
  }

  setStatistics(wish: StatisticsWish): Promise<void> {
    return this.#statistics.wish(wish);
  }

  /** Writes what waits, so that whoever reads the store now has all of it. */
  flush(): void {
    try {
      this.#record.write();
    } catch (error) {
      this.#run.remark('warn', `what the eBPF watcher saw could not be stored: ${wordsOf(error)}`);
    }
  }

  /** Own programs of a replica as last seen; null if nobody watches now. */
  programsOf(replica: string): { id: number; name: string; tag: string }[] | null {
    if (this.#watch === null) return null;
    return this.#view.value.replicas.find(({ name }) => name === replica)?.programs ?? null;
  }

  /** By the watcher's own bpftool; null if there is no watcher. */
  code(programId: number): Promise<Pick<BpfCode, 'lines' | 'problem'>> | null {
    return this.#watch?.code(programId) ?? null;
  }

  /**
   * The watcher is gone when it resolves, and readers' streams complete. Before the run's containers are removed; again does
   * nothing.
   */
  async end(): Promise<void> {
    if (this.#end.signal.aborted) return;
    this.#end.abort();
    this.#statistics.end();
    await this.#keeping;
    this.flush();
    this.#say(`${this.#run.config.id} is over; its containers are gone`);
    this.#view.end();
  }

  async #keep(): Promise<void> {
    const { signal } = this.#end;
    while (!signal.aborted) {
      if (!this.#wanted()) {
        await this.#wakeup.sleep(signal);
        continue;
      }
      try {
        await this.#watchOnce();
      } catch (error) {
        if (signal.aborted) return;
        this.#say(error instanceof LabError && error.remedy !== null ? `${error.message} (${error.remedy})` : wordsOf(error));
        await pause(RETRY_MS, signal);
      }
    }
  }

  async #watchOnce(): Promise<void> {
    const request = await this.#request();
    this.#log.begin('bpf_watch');
    this.#statistics.willOpen(request.statistics);
    let watch: BpfWatch | null = null;
    try {
      watch = await this.#ports.bpfWatcher.watch(request, this.#end.signal);
      this.#watch = watch;
      await this.#statistics.opened(watch);
      for await (const look of watch.looks) {
        await this.#take(look);
        if (!this.#wanted() || this.#isOutdated()) break;
      }
    } finally {
      this.#watch = null;
      await watch?.close();
      this.#statistics.closed();
      this.#log.end('bpf_watch');
      this.#record.interrupt();
    }
  }

  async #request(): Promise<BpfWatchRequest> {
    const { label, replicas, cpusets } = this.#run.config;
    await this.#lookUp();
    this.#watched = livesOf(this.#run.view());
    const running = replicas.flatMap(({ service }) => {
      const container = this.#containers.find((each) => each.service === service && each.state === 'running');
      return container === undefined ? [] : [{ name: service, containerId: container.id }];
    });
    const cpuset = freeCpus(cpusets, this.#run.view().host?.cores ?? 0);
    return { label, replicas: running, cpuset, statistics: this.#statistics.desired, everyMs: EVERY_MS };
  }

  async #take(look: BpfLook): Promise<void> {
    const known = driftsOf(this.#view.value);
    const facts = () => ({
      config: this.#run.config,
      containers: this.#containers.filter(({ state }) => state === 'running'),
      heldOff: this.#statistics.heldOff,
      everyMs: EVERY_MS,
    });
    let view = this.#record.take(look, facts());
    if (driftsOf(view) !== known) {
      // What should be is asked anew before anything is called wrong: a container may have come back elsewhere.
      await this.#lookUp();
      view = this.#record.correct(look, facts());
    }
    this.#view.set(view);
    this.#wakeup.wake();
  }

  async #lookUp(): Promise<void> {
    this.#containers = await this.#ports.engine.containers(this.#run.config.label);
  }

  #wanted(): boolean {
    if (this.#run.config.observe.bpfStatistics || this.#readers > 0) return true;
    return Date.now() - this.#lastReaderLeftAt < GRACE_MS;
  }

  /** A replica runs that the watcher does not know, or knows by an earlier process. */
  #isOutdated(): boolean {
    return [...livesOf(this.#run.view())].some((life) => !this.#watched.has(life));
  }

  #countReaders(): void {
    this.#statistics.countReaders(this.#readers);
    this.#wakeup.wake();
  }

  #say(problem: string | null): void {
    this.#view.set({ ...this.#view.value, problem });
    this.#wakeup.wake();
  }
}

/** Each replica that runs, with how often it died before, by itself or by a fault. */
function livesOf({ replicas, deaths, faults }: RunView): Set<string> {
  const died = deaths.map(({ service }) => service);
  const killed = faults.flatMap(({ action, targets }) => (action.kind === 'kill' || action.kind === 'restart' ? targets : []));
  const running = replicas.filter(({ container }) => container === 'running');
  return new Set(running.map(({ name }) => `${name} ${[...died, ...killed].filter((each) => each === name).length}`));
}

/** Everything that is called wrong, as one text. */
function driftsOf({ replicas }: BpfWatchView): string {
  return replicas.flatMap(({ name, maps }) => maps.flatMap((map) => wrongRows(name, map))).join();
}

function wrongRows(replica: string, map: BpfWatchView['replicas'][number]['maps'][number]): string[] {
  if (map.kind === 'peers') return map.rows.flatMap(({ key, drift }) => drift.map((field) => `${replica} ${key} ${field}`));
  if (map.kind !== 'fields') return [];
  return map.rows.filter(({ drift }) => drift).map(({ field }) => `${replica} ${field}`);
}
