import type { ExperimentRecord, ExperimentView } from '../../domain/experiment/experiment';
import type { ExperimentId, Place } from '../../domain/experiment/place';
import type { ExperimentStore, ExperimentWish } from '../../domain/ports';
import type { RunView } from '../../domain/run';
import { Latest } from '../../telemetry/latest';
import { Wakeup } from '../../telemetry/wakeup';
import type { LiveRun } from '../live-run';
import { toView } from './experiment-view';

/** An experiment that this process runs: its record, the runs so far, what measures now, and what was wished for. */
export class LiveExperiment {
  readonly state: Latest<ExperimentView>;
  readonly #store: ExperimentStore;
  readonly #over: Promise<void>;
  #markOver: () => void = () => {};
  #record: ExperimentRecord;
  #runs: RunView[];
  #current: { run: LiveRun; place: Place } | null = null;
  #wish: ExperimentWish | null = null;
  #leaving = false;
  #waitsFor: ExperimentId | null = null;
  readonly #wakeup = new Wakeup();

  constructor(record: ExperimentRecord, store: ExperimentStore) {
    this.#record = record;
    this.#store = store;
    this.#runs = store.experimentRuns(record.id);
    this.#over = new Promise((resolve) => {
      this.#markOver = resolve;
    });
    this.state = new Latest(this.#draw());
  }

  get record(): ExperimentRecord {
    return this.#record;
  }

  /** Finished ones; what measures now is not among them. */
  get runs(): readonly RunView[] {
    return this.#runs;
  }

  get wish(): ExperimentWish | null {
    return this.#wish ?? this.#store.takeExperimentWish(this.#record.id);
  }

  /** True when this process has to go: the experiment stays as it is, and whoever comes next takes it over. */
  get leaving(): boolean {
    return this.#leaving;
  }

  /** Resolves once no run of it is under way and its record is written. */
  over(): Promise<void> {
    return this.#over;
  }

  ask(wish: ExperimentWish): void {
    this.#wish = wish;
    if (wish === 'cancel') this.#current?.run.stop('stopped');
    this.redraw();
    this.wake();
  }

  /** Takes back a pause that has not come into force yet. */
  goOn(): void {
    if (this.#wish === 'pause') this.#wish = null;
    this.redraw();
  }

  leave(): void {
    this.#leaving = true;
    this.wake();
  }

  /** Says whose turn it is before this one's; null: its own. */
  waitFor(id: ExperimentId | null): void {
    this.#waitsFor = id;
    this.redraw();
  }

  /** Until something is asked of it, or the time has passed. */
  rest(ms: number): Promise<void> {
    return this.#wakeup.sleep(new AbortController().signal, ms);
  }

  wake(): void {
    this.#wakeup.wake();
  }

  change(change: Partial<ExperimentRecord>): void {
    const record = { ...this.#record, ...change };
    this.#store.saveExperiment(record);
    this.#record = record;
    this.redraw();
  }

  begin(run: LiveRun, place: Place): void {
    this.#current = { run, place };
    this.redraw();
  }

  finish(view: RunView): void {
    this.#current = null;
    this.#runs = [...this.#runs, view];
    this.redraw();
  }

  redraw(): void {
    this.state.set(this.#draw());
  }

  end(): void {
    this.state.end();
    this.#markOver();
  }

  #draw(): ExperimentView {
    const current = this.#current;
    const runs = current === null ? this.#runs : [...this.#runs, current.run.view()];
    const facts = { waitsFor: this.#waitsFor, pausing: this.#wish === 'pause' && this.#record.state === 'running' };
    return toView(this.#record, runs, { now: Date.now(), facts });
  }
}
