import { withStanding } from '../domain/fault-standing';
import type { LatencyInterval, LatencyPoint } from '../domain/latency';
import type { LogLevel, LogMark } from '../domain/log-line';
import type { RunStore } from '../domain/ports';
import { isOver, type RunConfig, type RunEnd, type RunError, type RunPhase, type RunView } from '../domain/run';
import { describePhase, endRun, enterPhase, newRun } from '../domain/run-machine';
import { withProgress } from '../domain/run-progress';
import { judgeRun } from '../domain/validity/judge-run';
import { Latest } from '../telemetry/latest';
import { Wakeup } from '../telemetry/wakeup';
import { LatencySeries } from './latency-series';
import { LogJournal, type UnnumberedLine } from './logs/log-journal';
import type { RunSource } from './run-source';
import { TelemetryJournal } from './telemetry-journal';
import { Viewers } from './viewers';

/** How often the store gets the view of a running run, for readers in other processes. */
const SAVE_EVERY_MS = 1000;
/** How often it is asked whether another process pressed Stop. */
const LOOK_FOR_STOP_MS = 500;

/** Why a run is to end early: somebody pressed Stop, or this process has to go. */
export type StopReason = 'stopped' | 'interrupted';

/** A run of this process: its view, log and latency, how to end it early, and when it is over. */
export class LiveRun implements RunSource {
  readonly config: RunConfig;
  readonly state: Latest<RunView>;
  readonly viewers = new Viewers();
  readonly journal: LogJournal;
  readonly #series: LatencySeries;
  readonly #store: RunStore;
  readonly #telemetry: TelemetryJournal;
  readonly #abort = new AbortController();
  #stopReason: StopReason | null = null;
  #storeProblem: unknown = null;
  readonly #over = new Wakeup();
  readonly #lookForStop: ReturnType<typeof setInterval>;
  #closed = false;
  #saveTimer: ReturnType<typeof setTimeout> | null = null;

  /** preparedMs: how long Launch took to be checked before the run was queued; counts as time to the first request. */
  constructor(
    config: RunConfig,
    store: RunStore,
    readonly preparedMs: number,
  ) {
    this.config = config;
    this.state = new Latest(newRun(config));
    this.#store = store;
    this.#series = new LatencySeries(config.workload.warmupSeconds);
    this.journal = new LogJournal((lines) => this.#write(() => store.appendLog(config.id, lines)));
    this.#telemetry = new TelemetryJournal(config.id, store, (step) => this.#write(step), {
      onFull: () => this.remark('warn', 'events are too many to keep: status and trace lines are left out from here on'),
    });
    store.saveView(this.state.value);
    this.#lookForStop = setInterval(
      () => this.#write(() => store.isAskedToStop(config.id) && this.stop('stopped')),
      LOOK_FOR_STOP_MS,
    );
  }

  /** Aborts as soon as the run is to end early; every step listens to it. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get stopReason(): StopReason | null {
    return this.#stopReason;
  }

  /** Why the store refused something, or null. */
  get storeProblem(): unknown {
    return this.#storeProblem;
  }

  /** True once it is over and sealed. */
  get closed(): boolean {
    return this.#closed;
  }

  stop(reason: StopReason): void {
    if (this.#stopReason !== null || this.#closed) return;
    this.#stopReason = reason;
    this.remark('notice', reason === 'stopped' ? 'stop was asked for' : 'the lab is shutting down');
    this.#abort.abort();
  }

  view(): RunView {
    return this.state.value;
  }

  points(): LatencyPoint[] {
    return this.#series.points();
  }

  intervals(): LatencyInterval[] {
    return this.#series.intervals;
  }

  /** Puts a changed view in place; readers are woken, the store follows within a second. */
  change(next: (view: RunView) => RunView): void {
    if (this.#closed) return;
    this.state.set(withProgress(withStanding(this.#counted(next(this.state.value))), Date.now()));
    this.#saveTimer ??= setTimeout(() => this.#save(), SAVE_EVERY_MS);
  }

  /** Goes on to a phase; `at` is when it really began, milliseconds since the Unix epoch. */
  enter(phase: RunPhase, at: number): void {
    const before = this.state.value.state;
    this.change((view) => enterPhase(view, phase, at));
    if (this.state.value.state !== before) this.#save();
  }

  /** The one quiet line beside a phase. */
  describe(phase: RunPhase, detail: string): void {
    this.change((view) => describePhase(view, phase, detail));
  }

  addIntervals(intervals: LatencyInterval[]): void {
    this.#series.add(intervals);
    this.#telemetry.addIntervals(intervals);
  }

  addEvents(events: Parameters<RunStore['appendEvents']>[1]): void {
    this.#telemetry.addEvents(events);
  }

  addLines(lines: UnnumberedLine[]): void {
    this.journal.add(lines);
  }

  /** A remark of the lab itself in the run's log. */
  remark(level: LogLevel, text: string, mark?: LogMark): void {
    const now = Date.now();
    const time = `${Math.floor(now / 1000)}.${String((now % 1000) * 1_000_000).padStart(9, '0')}`;
    this.addLines([{ time, source: 'lab', stream: 'stderr', level, text, ...(mark === undefined ? {} : { mark }) }]);
  }

  /** The last change: judged, written and sealed first, then shown, so that whoever sees a run over can read all of it. */
  async finish(end: RunEnd, how: { error: RunError | null; removed: string | null }): Promise<void> {
    clearInterval(this.#lookForStop);
    this.journal.end();
    this.#telemetry.flush();
    const ended = endRun(this.#counted(this.state.value), end, Date.now(), how);
    const last = { ...ended, validity: judgeRun(ended, this.intervals()) };
    if (this.#saveTimer !== null) clearTimeout(this.#saveTimer);
    try {
      this.#store.saveView(last);
      await this.#store.seal(this.config.id);
    } finally {
      this.state.set(last);
      this.#closed = true;
      this.state.end();
      this.#over.wake();
    }
  }

  /** Resolves with the last view once the run is over and sealed. */
  async over(): Promise<RunView> {
    const forever = new AbortController().signal;
    while (!this.#closed) await this.#over.sleep(forever);
    return this.view();
  }

  #counted(view: RunView): RunView {
    const { total: logLines, dropped: logDropped, late: logLate } = this.journal;
    return { ...view, logLines, logDropped, logLate };
  }

  #save(): void {
    if (this.#saveTimer !== null) clearTimeout(this.#saveTimer);
    this.#saveTimer = null;
    if (!isOver(this.view().state)) this.#write(() => this.#store.saveView(this.view()));
  }

  /** A store that cannot be written ends the run: what is measured from now on would be lost. */
  #write(step: () => unknown): void {
    try {
      step();
    } catch (error) {
      this.#storeProblem ??= error;
      this.#abort.abort();
    }
  }
}
