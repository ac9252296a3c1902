import type { BpfWatch } from '@/server/domain/ports';
import type { RunPhase } from '@/server/domain/run';
import type { LiveRun } from '../live-run';
import { wordsOf } from '../tear-down';
import type { ObservationLog } from './observation-log';

/** insist: also inside the measured window. */
export type StatisticsWish = { on: boolean; insist: boolean };

const DEFAULT_WISH: StatisticsWish = { on: true, insist: false };

/**
 * Statistics are off this long before the window is due to begin: the client tells of its begin only when it has begun, and a
 * signal takes its time. A window that begins sooner after all shows in the run's observations.
 */
const AHEAD_MS = 700;

/**
 * Whether the kernel counts runs and their time: while somebody looks, or the run asked for it; not inside the measured
 * window, unless the run asked or somebody insists.
 */
export class StatisticsSwitch {
  readonly #run: LiveRun;
  readonly #log: ObservationLog;
  #watch: BpfWatch | null = null;
  #isOn = false;
  #wish = DEFAULT_WISH;
  #readers = 0;
  #measures = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Changes one after the other: a signal for on must not overtake one for off. */
  #changing: Promise<void> = Promise.resolve();

  constructor(run: LiveRun, log: ObservationLog) {
    this.#run = run;
    this.#log = log;
  }

  get desired(): boolean {
    return this.#wanted && (!this.#measures || this.#insists);
  }

  /** Wanted, and off because the run measures. */
  get heldOff(): boolean {
    return this.#wanted && this.#measures && !this.#insists;
  }

  get #wanted(): boolean {
    return this.#wish.on && (this.#readers > 0 || this.#run.config.observe.bpfStatistics);
  }

  get #insists(): boolean {
    return this.#wish.insist || this.#run.config.observe.bpfStatistics;
  }

  countReaders(readers: number): void {
    this.#readers = readers;
    // What one viewer wished ends with the last of them.
    if (readers === 0) this.#wish = DEFAULT_WISH;
    void this.#settle();
  }

  wish(wish: StatisticsWish): Promise<void> {
    this.#wish = wish;
    return this.#settle();
  }

  /** Where the warm-up is too short to switch off in time, they go off before it. */
  async beforeClient(): Promise<void> {
    if (this.#warmupMs <= AHEAD_MS) await this.#hold(true);
  }

  entered(phase: RunPhase, at: number): void {
    if (phase === 'warmup') {
      const left = at + this.#warmupMs - AHEAD_MS - Date.now();
      this.#timer = setTimeout(() => void this.#hold(true), Math.max(0, left));
    }
    if (phase === 'measuring') void this.#hold(true);
    if (phase === 'draining') void this.#hold(false);
  }

  /** A watcher is about to begin, with statistics or without. */
  willOpen(on: boolean): void {
    this.#isOn = on;
    if (on) this.#log.begin('bpf_statistics');
  }

  async opened(watch: BpfWatch): Promise<void> {
    this.#watch = watch;
    await this.#settle();
  }

  /** With the watcher, the kernel's statistics are off. */
  closed(): void {
    this.#watch = null;
    this.#isOn = false;
    this.#log.end('bpf_statistics');
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  /** Of a third party's client it is not known how long it warms up. */
  get #warmupMs(): number {
    return this.#run.config.clientFormat === 'lab' ? this.#run.config.workload.warmupSeconds * 1000 : 0;
  }

  #hold(measures: boolean): Promise<void> {
    clearTimeout(this.#timer);
    this.#measures = measures;
    return this.#settle();
  }

  #settle(): Promise<void> {
    this.#changing = this.#changing.then(() => this.#change());
    return this.#changing;
  }

  async #change(): Promise<void> {
    const watch = this.#watch;
    const on = this.desired;
    if (watch === null || on === this.#isOn) return;
    if (on) this.#log.begin('bpf_statistics');
    try {
      await watch.setStatistics(on);
    } catch (error) {
      // A watcher that has just ended counts nothing any more; of another the state is not known, so it stays as it was said.
      if (this.#watch === watch) this.#run.remark('warn', `eBPF run statistics: ${wordsOf(error)}`);
      return;
    }
    if (this.#watch !== watch) return;
    this.#isOn = on;
    if (!on) this.#log.end('bpf_statistics');
  }
}
