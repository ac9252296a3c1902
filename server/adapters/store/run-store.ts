import type Database from 'libsql';
import { z } from 'zod';
import type { ImportedRun, StoredEvent } from '@/server/domain/archive';
import type { BpfSample } from '@/server/domain/bpf-program';
import type { BpfCode, BpfLife, BpfSeries } from '@/server/domain/bpf-watch';
import { LabError } from '@/server/domain/errors';
import type { ExperimentRecord } from '@/server/domain/experiment/experiment';
import type { ExperimentId } from '@/server/domain/experiment/place';
import type { LatencyInterval, SparseHistogram } from '@/server/domain/latency';
import type { LogChunk } from '@/server/domain/log-chunk';
import type { LogLine } from '@/server/domain/log-line';
import type { BpfPoint, ExperimentStore, ExperimentWish, RunLibrary, RunStore } from '@/server/domain/ports';
import { isOver, type RunId, type RunView } from '@/server/domain/run';
import type { HistoryRow, RetentionPlan, RetentionPolicy, RunFacets, RunFilter, RunMarks } from '@/server/domain/run-marks';
import { toSummary } from '@/server/domain/run-summary';
import { BpfRows } from './bpf-rows';
import { ExperimentRows } from './experiment-rows';
import { importRuns } from './import-runs';
import { LooseFolders } from './loose-folders';
import { MarkRows } from './mark-rows';
import { confirmed, planRetention } from './plan-retention';
import { RetentionRows } from './retention-rows';
import { RunFolders } from './run-folders';
import { listRuns, runFacets } from './run-history';
import { type Removal, RunRemoval } from './run-removal';
import { RunRows } from './run-rows';
import { formatId, nextNumber } from './sequence';
import { shrinkDatabase } from './shrink-database';
import { SignOfLife } from './sign-of-life';
import { guard, toStoreFailure } from './store-failure';
import { TelemetryRows } from './telemetry-rows';

const idRow = z.object({ id: z.string().regex(/^[0-9a-f]{6}$/) });

/**
 * Runs and experiments in one SQLite file, logs in files beside it: one call each to whichever table or folder it
 * concerns. Every failure is a LabError that names the path.
 */
export class SqliteRunStore implements RunStore, RunLibrary, ExperimentStore {
  readonly storeId: string;
  readonly #db: Database.Database;
  readonly #file: string;
  readonly #life: SignOfLife;
  readonly #rows: RunRows;
  readonly #telemetry: TelemetryRows;
  readonly #bpf: BpfRows;
  readonly #folders: RunFolders;
  readonly #loose: LooseFolders;
  readonly #marks: MarkRows;
  readonly #experiments: ExperimentRows;
  readonly #removal: RunRemoval;
  readonly #retention: RetentionRows;

  constructor(db: Database.Database, { dataDir, file }: { dataDir: string; file: string }) {
    this.#db = db;
    this.#file = file;
    this.#rows = new RunRows(db);
    this.#telemetry = new TelemetryRows(db);
    this.#bpf = new BpfRows(db);
    this.#folders = new RunFolders(dataDir);
    this.#marks = new MarkRows(db);
    this.#retention = new RetentionRows(db, (id) => this.#measure(id));
    this.storeId = idRow.parse(db.prepare('SELECT id FROM store').get()).id;
    this.#life = new SignOfLife(db);
    this.#experiments = new ExperimentRows(db, this.#life);
    this.#loose = new LooseFolders(db, this.#folders, this.#life);
    this.#removal = new RunRemoval({ db, telemetry: this.#telemetry, folders: this.#folders, loose: this.#loose });
    this.#loose.sweep();
  }

  nextRunId(): RunId {
    return this.#guard(() => formatId('r', nextNumber(this.#db, 'run')));
  }

  saveView(view: RunView): void {
    const { id } = view.config;
    this.#refuseSealed(id);
    const over = isOver(view.state);
    this.#guard(() => {
      // The sparkline is drawn once, at the end: reading all intervals on each change would disturb the run.
      const summary = toSummary(view, over ? this.#telemetry.intervals(id) : []);
      this.#rows.save({ view, summary, over, owner: this.#life.token });
    });
  }

  view(id: RunId): RunView | null {
    return this.#guard(() => this.#rows.view(id));
  }

  list(filter: RunFilter): { rows: HistoryRow[]; total: number } {
    return this.#guard(() => listRuns(this.#db, filter));
  }

  saveOverride(id: RunId, yaml: string): string {
    return this.#folders.saveOverride(id, yaml);
  }

  appendIntervals(id: RunId, intervals: LatencyInterval[]): void {
    this.#refuseSealed(id);
    this.#guard(() => this.#telemetry.addIntervals(id, intervals));
  }

  intervals(id: RunId): LatencyInterval[] {
    return this.#guard(() => this.#telemetry.intervals(id));
  }

  measuredHistogram(id: RunId): SparseHistogram {
    return this.#guard(() => this.#telemetry.measuredHistogram(id));
  }

  appendEvents(id: RunId, events: StoredEvent[]): void {
    this.#refuseSealed(id);
    this.#guard(() => this.#telemetry.addEvents(id, events));
  }

  events(id: RunId): StoredEvent[] {
    return this.#guard(() => this.#telemetry.events(id));
  }

  appendSample(id: RunId, sample: BpfSample): void {
    this.#refuseSealed(id);
    this.#guard(() => this.#telemetry.addSamples(id, [sample]));
  }

  samples(id: RunId): BpfSample[] {
    return this.#guard(() => this.#telemetry.samples(id));
  }

  appendLog(id: RunId, lines: LogLine[]): void {
    this.#refuseSealed(id);
    this.#folders.appendLog(id, lines);
  }

  readLog(id: RunId, fromSeq: number, limit: number): Promise<LogLine[]> {
    return this.#folders.readLog(id, fromSeq, limit);
  }

  readChunk(id: RunId, chunk: number): Promise<LogLine[]> {
    return this.#folders.readChunk(id, chunk);
  }

  logChunks(id: RunId, fromChunk: number): Promise<LogChunk[]> {
    return this.#folders.logChunks(id, fromChunk);
  }

  appendBpfSeries(id: RunId, points: BpfPoint[]): void {
    this.#refuseSealed(id);
    this.#guard(() => this.#bpf.addPoints(id, points));
  }

  bpfSeries(id: RunId): BpfSeries[] {
    return this.#guard(() => this.#bpf.series(id));
  }

  saveBpfLives(id: RunId, lives: BpfLife[]): void {
    this.#refuseSealed(id);
    this.#guard(() => this.#bpf.saveLives(id, lives));
  }

  bpfLives(id: RunId): BpfLife[] {
    return this.#guard(() => this.#bpf.lives(id));
  }

  saveBpfCode(id: RunId, code: BpfCode): void {
    this.#refuseSealed(id);
    this.#guard(() => this.#bpf.saveCode(id, code));
  }

  bpfCodes(id: RunId): BpfCode[] {
    return this.#guard(() => this.#bpf.codes(id));
  }

  async seal(id: RunId): Promise<void> {
    if (this.#guard(() => this.#rows.isSealed(id))) return;
    const log = await this.#folders.seal(id);
    const fileBytes = this.#folders.bytes(id);
    const pack = this.#db.transaction(() => {
      // While the log was compressed another process may have sealed the run, or somebody removed it.
      if (this.#rows.isSealed(id)) return;
      if (!this.#rows.has(id)) return this.#folders.remove(id);
      this.#telemetry.pack(id);
      this.#bpf.pack(id);
      this.#rows.seal(id, { log, databaseBytes: this.#telemetry.bytes(id), fileBytes });
    });
    this.#guard(() => pack.immediate());
    await shrinkDatabase(this.#db);
  }

  importAll(source: { experiment: ExperimentRecord | null; runs: Iterable<ImportedRun> }): Promise<void> {
    const target = {
      db: this.#db,
      life: this.#life,
      rows: this.#rows,
      telemetry: this.#telemetry,
      bpf: this.#bpf,
      experiments: this.#experiments,
      folders: this.#folders,
      loose: this.#loose,
    };
    return this.#guardAsync(() => importRuns(source, target));
  }

  unfinished(): RunView[] {
    return this.#guard(() =>
      this.#rows
        .unfinished()
        .filter(({ owner, seenAt }) => this.#life.isGone(owner, seenAt))
        .map(({ view }) => view),
    );
  }

  askToStop(id: RunId): void {
    this.#guard(() => this.#rows.askToStop(id));
  }

  isAskedToStop(id: RunId): boolean {
    return this.#guard(() => this.#rows.isAskedToStop(id));
  }

  facets(): RunFacets {
    return this.#guard(() => runFacets(this.#db));
  }

  marks(id: RunId): RunMarks {
    return this.#guard(() => this.#marks.marks(id));
  }

  setMarks(id: RunId, marks: RunMarks): void {
    this.#guard(() => this.#marks.setMarks(id, marks));
  }

  removeRuns(ids: RunId[]): Promise<{ runs: number; bytes: number }> {
    return this.#remove(() => this.#removal.chooseRuns(ids));
  }

  size(): { databaseBytes: number; fileBytes: number; runs: number } {
    return this.#guard(() => this.#retention.size());
  }

  retentionPolicy(): RetentionPolicy {
    return this.#guard(() => this.#retention.policy());
  }

  setRetentionPolicy(policy: RetentionPolicy): void {
    this.#guard(() => this.#retention.setPolicy(policy));
  }

  planRetention(policy: RetentionPolicy, now: number): RetentionPlan {
    return this.#guard(() => planRetention(this.#retention.runs(), policy, now));
  }

  applyRetention(policy: RetentionPolicy, ids: RunId[], now: number): Promise<{ runs: number; bytes: number }> {
    return this.#remove(() => confirmed(planRetention(this.#retention.runs(), policy, now), ids));
  }

  nextExperimentId(): ExperimentId {
    return this.#guard(() => formatId('x', nextNumber(this.#db, 'experiment')));
  }

  saveExperiment(record: ExperimentRecord): void {
    this.#guard(() => this.#experiments.save(record));
  }

  experiment(id: ExperimentId): ExperimentRecord | null {
    return this.#guard(() => this.#experiments.record(id));
  }

  experiments(filter: Parameters<ExperimentStore['experiments']>[0]): ReturnType<ExperimentStore['experiments']> {
    return this.#guard(() => this.#experiments.list(filter));
  }

  experimentRuns(id: ExperimentId): RunView[] {
    return this.#guard(() => this.#rows.ofExperiment(id));
  }

  orphanedExperiments(): ExperimentRecord[] {
    return this.#guard(() => this.#experiments.orphaned());
  }

  askExperiment(id: ExperimentId, wish: ExperimentWish): void {
    this.#guard(() => this.#experiments.ask(id, wish));
  }

  takeExperimentWish(id: ExperimentId): ExperimentWish | null {
    return this.#guard(() => this.#experiments.takeWish(id));
  }

  removeExperiment(id: ExperimentId): Promise<{ runs: number; bytes: number }> {
    return this.#remove(() => this.#removal.chooseExperiment(id));
  }

  close(): void {
    try {
      this.#folders.close();
    } finally {
      this.#guard(() => {
        this.#life.end();
        this.#db.close();
      });
    }
  }

  #measure(id: RunId): { databaseBytes: number; fileBytes: number } {
    return { databaseBytes: this.#telemetry.bytes(id), fileBytes: this.#folders.bytes(id) };
  }

  #remove(choose: () => Removal): Promise<{ runs: number; bytes: number }> {
    return this.#guardAsync(() => this.#removal.remove(choose));
  }

  #refuseSealed(id: RunId): void {
    if (this.#guard(() => this.#rows.isSealed(id))) {
      throw new LabError('run_over', `Run ${id} is finished and sealed; nothing can be added to it.`);
    }
  }

  #guard<T>(step: () => T): T {
    return guard(this.#file, step);
  }

  async #guardAsync<T>(step: () => Promise<T>): Promise<T> {
    try {
      return await step();
    } catch (cause) {
      throw toStoreFailure(this.#file, cause);
    }
  }
}
