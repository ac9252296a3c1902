/** Every use case of experiments: plan, run, pause, resume, cancel, read, remove. */
import { LabError } from '../../domain/errors';
import type { ExperimentPlan, ExperimentRecord, ExperimentSummary, ExperimentView } from '../../domain/experiment/experiment';
import type { ExperimentId } from '../../domain/experiment/place';
import { type Preset, presetsFor } from '../../domain/experiment/presets';
import type { ExperimentResults } from '../../domain/experiment/results';
import { traceSweep } from '../../domain/experiment/trace-sweep';
import type { RunConfig, RunView } from '../../domain/run';
import type { ExperimentPictures } from '../../reports/experiment-pictures';
import { pictureData } from '../../reports/picture-data';
import type { ReportInput } from '../../reports/report-input';
import type { LabPorts } from '../lab-ports';
import { recoverRuns } from '../recover-runs';
import type { Listener } from '../run-source';
import type { Identified } from '../watch-run';
import { createExperiment } from './create-experiment';
import { ExperimentFindings } from './experiment-findings';
import { toExperimentSummary, toView } from './experiment-view';
import { LiveExperiment } from './live-experiment';
import { type Launch, runExperiment } from './run-experiment';
import { watchExperiment } from './watch-experiment';

/** One that runs elsewhere and began longer ago than this is not waited for. */
const RUNNING_LOOKED_AT = 50;

export class ExperimentDesk {
  readonly #ports: LabPorts;
  readonly #origin: RunConfig['origin'];
  readonly #launch: Launch;
  readonly #live = new Map<ExperimentId, LiveExperiment>();
  readonly #answers = new Map<string, Promise<ExperimentId>>();
  readonly #summaries = new Map<ExperimentId, { of: string; summary: ExperimentSummary }>();
  readonly #findings: ExperimentFindings;

  constructor(ports: LabPorts, origin: RunConfig['origin'], launch: Launch) {
    this.#ports = ports;
    this.#origin = origin;
    this.#launch = launch;
    this.#findings = new ExperimentFindings(ports.store);
  }

  async presets(): Promise<Preset[]> {
    return presetsFor((await this.#ports.composer.catalogue()).scenarios);
  }

  /** The same requestId twice is the same experiment; one that was refused may be tried again. */
  create(plan: ExperimentPlan, requestId: string): Promise<ExperimentId> {
    const known = this.#answers.get(requestId);
    if (known !== undefined) return known;
    const answer = createExperiment(plan, this.#origin, this.#ports).then((record) => this.#start(record));
    this.#answers.set(requestId, answer);
    answer.catch(() => this.#answers.delete(requestId));
    return answer;
  }

  list(filter: { limit: number; before?: ExperimentId | undefined }): { rows: ExperimentSummary[]; total: number } {
    const { rows, total } = this.#ports.store.experiments(filter);
    return { total, rows: rows.map((record) => this.#summarise(record)) };
  }

  view(id: ExperimentId): ExperimentView {
    const live = this.#live.get(id);
    if (live === undefined) this.#noticeDeath(id);
    return live?.state.value ?? toView(this.#record(id), this.#runs(id), { now: Date.now() });
  }

  watch(id: ExperimentId, listener: Listener): AsyncIterable<Identified<ExperimentView>> {
    return watchExperiment({ live: () => this.#live.get(id) ?? null, look: () => this.view(id) }, listener);
  }

  results(id: ExperimentId): ExperimentResults {
    return this.#findings.results(this.#record(id), this.#runs(id));
  }

  pictures(id: ExperimentId): ExperimentPictures {
    return pictureData(this.reportInput(id));
  }

  /** Everything a report is made of. */
  reportInput(id: ExperimentId): ReportInput {
    const record = this.#record(id);
    const runs = this.#runs(id);
    const results = this.#findings.results(record, runs);
    return {
      view: toView(record, runs, { now: Date.now() }),
      results,
      curves: this.#findings.curves(record, runs),
      sweep: traceSweep(record.plan, results.rows),
      runs: [...runs],
      storeId: record.importedFrom?.storeId ?? this.#ports.store.storeId,
      labCommit: runs[0]?.gitCommit ?? this.#ports.gitCommit,
      generatedAt: Date.now(),
    };
  }

  async pause(id: ExperimentId): Promise<void> {
    this.#mustRun(id);
    this.#ask(id, 'pause');
  }

  /** Takes a paused experiment over, whichever process began it. */
  async resume(id: ExperimentId): Promise<void> {
    const record = this.#record(id);
    this.#live.get(id)?.goOn();
    if (record.state === 'running') return;
    if (record.state !== 'paused') throw over(record, 'resumed');
    // A run that its process left behind has to be over before anybody decides what comes next.
    await recoverRuns(this.#ports);
    // A second click came meanwhile.
    if (!this.#live.has(id)) this.#start({ ...record, state: 'running', note: null });
  }

  async cancel(id: ExperimentId): Promise<void> {
    const record = this.#record(id);
    if (record.state === 'done' || record.state === 'cancelled') throw over(record, 'cancelled');
    if (record.state === 'paused') {
      this.#ports.store.saveExperiment({ ...record, state: 'cancelled', endedAt: Date.now(), note: null });
      return;
    }
    const { running } = this.view(id);
    this.#ask(id, 'cancel');
    // The run that measures may be another process's, which looks for this wish.
    if (!this.#live.has(id) && running !== null) this.#ports.store.askToStop(running.runId);
    await this.#live.get(id)?.over();
  }

  /** Allows one more attempt at a pair. An experiment that is over is opened again for it. */
  async retryPair(id: ExperimentId, pair: { cell: number; pair: number }): Promise<void> {
    const record = this.#record(id);
    if (record.importedFrom !== null) throw over(record, 'run again');
    await recoverRuns(this.#ports);
    const live = this.#live.get(id);
    const grantedRetries = [...(live?.record ?? record).grantedRetries, pair];
    if (live !== undefined) live.change({ grantedRetries });
    else this.#start({ ...record, grantedRetries, state: 'running', endedAt: null, note: null });
  }

  remove(id: ExperimentId): Promise<{ runs: number; bytes: number }> {
    this.#record(id);
    this.#summaries.delete(id);
    return this.#ports.store.removeExperiment(id);
  }

  /**
   * After a start: a panel goes on with what a panel that died was running, and no command takes that from it. A command that
   * died in a terminal is not gone on with unasked; its experiment is paused, and says so.
   */
  recover(): ExperimentId[] {
    const orphans = this.#ports.store.orphanedExperiments();
    for (const record of orphans) {
      if (record.origin === 'lab') this.#pauseOrphan(record);
      else if (this.#origin === 'panel') this.#start(record);
    }
    return orphans.map(({ id }) => id);
  }

  /** Resolves once it is over, paused or left. */
  async settled(id: ExperimentId): Promise<void> {
    await this.#live.get(id)?.over();
  }

  /** Lets go of every experiment; its runs are interrupted by the lab. The next panel goes on with them. */
  async close(): Promise<void> {
    const live = [...this.#live.values()];
    for (const experiment of live) experiment.leave();
    await Promise.all(live.map((experiment) => experiment.over()));
  }

  /** One that is over changes with its record alone, so its row is made once. */
  #summarise(record: ExperimentRecord): ExperimentSummary {
    const of = JSON.stringify(record);
    const known = this.#summaries.get(record.id);
    if (known?.of === of && !this.#live.has(record.id)) return known.summary;
    const { kind, headline } = this.results(record.id).verdict;
    const summary = toExperimentSummary(this.view(record.id), kind === 'none' ? null : headline);
    if (record.state === 'done' || record.state === 'cancelled') this.#summaries.set(record.id, { of, summary });
    return summary;
  }

  #start(begun: ExperimentRecord): ExperimentId {
    // Whoever runs it answers for it from now on.
    const record = { ...begun, origin: this.#origin };
    this.#ports.store.saveExperiment(record);
    const before = [...this.#live.values()];
    const live = new LiveExperiment(record, this.#ports.store);
    this.#live.set(record.id, live);
    const turn = { before, elsewhere: () => this.#firstElsewhere(record.id) };
    void runExperiment(live, turn, this.#launch).then(() => {
      if (this.#live.get(record.id) === live) this.#live.delete(record.id);
    });
    return record.id;
  }

  /** A command that was killed beside a running panel: nobody else would say so. */
  #noticeDeath(id: ExperimentId): void {
    const record = this.#record(id);
    if (record.state !== 'running' || record.origin !== 'lab') return;
    if (this.#ports.store.orphanedExperiments().some((orphan) => orphan.id === id)) this.#pauseOrphan(record);
  }

  #pauseOrphan(record: ExperimentRecord): void {
    this.#ports.store.saveExperiment({
      ...record,
      state: 'paused',
      note: 'The process that ran it ended. Resume goes on with it.',
    });
  }

  /** Of two that were begun at one time by two processes, the one with the lower number goes first. */
  #firstElsewhere(id: ExperimentId): ExperimentId | null {
    const { store } = this.#ports;
    const orphaned = new Set(store.orphanedExperiments().map((record) => record.id));
    const others = store
      .experiments({ limit: RUNNING_LOOKED_AT, before: id })
      .rows.filter((record) => record.state === 'running' && !this.#live.has(record.id) && !orphaned.has(record.id));
    return others.at(-1)?.id ?? null;
  }

  #ask(id: ExperimentId, wish: 'pause' | 'cancel'): void {
    const live = this.#live.get(id);
    if (live === undefined) this.#ports.store.askExperiment(id, wish);
    else live.ask(wish);
  }

  #mustRun(id: ExperimentId): void {
    const record = this.#record(id);
    if (record.state !== 'running') throw over(record, 'paused');
  }

  #record(id: ExperimentId): ExperimentRecord {
    const record = this.#live.get(id)?.record ?? this.#ports.store.experiment(id);
    if (record === null) throw new LabError('unknown_experiment', `there is no experiment ${id}`);
    return record;
  }

  #runs(id: ExperimentId): readonly RunView[] {
    return this.#live.get(id)?.runs ?? this.#ports.store.experimentRuns(id);
  }
}

function over({ id, state }: ExperimentRecord, what: string): LabError {
  return new LabError('experiment_over', `${id} is ${state} and cannot be ${what}`, {
    remedy: 'Plan a new experiment: the page of this one offers its plan again.',
  });
}
