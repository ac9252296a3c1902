import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'libsql';
import { z } from 'zod';
import type { BpfSample } from '@/server/domain/bpf-program';
import { LabError } from '@/server/domain/errors';
import type { LatencyInterval } from '@/server/domain/latency';
import type { LogLine } from '@/server/domain/log-line';
import type { RunStore } from '@/server/domain/ports';
import { isOver, type RunId, type RunView } from '@/server/domain/run';
import { toSummary } from '@/server/domain/run-summary';
import { compressLog, plainLog, readLines } from './log-files';
import { LogWriter } from './log-writer';
import { isDead, ownToken } from './owner';
import { formatRunId, RunRows } from './run-rows';
import { guard, toStoreFailure } from './store-failure';
import { readJson } from './stored-json';

const jsonRow = z.object({ json: z.string() });
const idRow = z.object({ id: z.string().regex(/^[0-9a-f]{6}$/) });

type StoredEvent = Parameters<RunStore['appendEvents']>[1][number];

/** How often a process shows that it lives; see owner.ts. */
const SIGN_OF_LIFE_MS = 3000;

/** Runs in one SQLite file, their logs in files beside it. Every failure is a LabError that names the path. */
export class SqliteRunStore implements RunStore {
  readonly storeId: string;
  readonly #db: Database.Database;
  readonly #dataDir: string;
  readonly #file: string;
  readonly #rows: RunRows;
  readonly #owner = ownToken();
  readonly #writers = new Map<RunId, LogWriter>();
  readonly #heartbeat: NodeJS.Timeout;

  constructor(db: Database.Database, options: { dataDir: string; file: string }) {
    this.#db = db;
    this.#dataDir = options.dataDir;
    this.#file = options.file;
    this.#rows = new RunRows(db);
    this.storeId = idRow.parse(db.prepare('SELECT id FROM store').get()).id;
    this.#showLife();
    this.#heartbeat = setInterval(() => this.#showLifeQuietly(), SIGN_OF_LIFE_MS);
    this.#heartbeat.unref();
  }

  nextRunId(): RunId {
    return this.#guard(() => formatRunId(this.#rows.nextNumber()));
  }

  saveView(view: RunView): void {
    const { id } = view.config;
    this.#refuseSealed(id);
    const over = isOver(view.state);
    this.#guard(() => {
      // The sparkline is drawn once, at the end: reading all intervals on each change would disturb the run.
      const summary = toSummary(view, over ? this.intervals(id) : []);
      this.#rows.save({ view, summary, over, owner: this.#owner });
    });
  }

  view(id: RunId): RunView | null {
    return this.#guard(() => this.#rows.view(id));
  }

  list(filter: Parameters<RunStore['list']>[0]): ReturnType<RunStore['list']> {
    return this.#guard(() => this.#rows.list(filter));
  }

  /** Returns the file's path. */
  saveOverride(id: RunId, yaml: string): string {
    const path = join(this.#runDir(id), 'override.yaml');
    guard(path, () => writeFileSync(path, yaml, { mode: 0o600 }));
    return path;
  }

  appendIntervals(id: RunId, intervals: LatencyInterval[]): void {
    this.#refuseSealed(id);
    const insert = this.#db.prepare('INSERT OR REPLACE INTO intervals (run_id, phase, position, json) VALUES (?, ?, ?, ?)');
    this.#inTransaction(intervals, (interval) => insert.run(id, interval.phase, interval.index, JSON.stringify(interval)));
  }

  intervals(id: RunId): LatencyInterval[] {
    // `warmup` sorts behind `measuring`, hence the descending phase.
    const rows = this.#all('SELECT json FROM intervals WHERE run_id = ? ORDER BY phase DESC, position', id);
    return rows.map((json) => readJson('interval', json));
  }

  appendEvents(id: RunId, events: StoredEvent[]): void {
    this.#refuseSealed(id);
    const insert = this.#db.prepare('INSERT INTO events (run_id, t_us, source, event, json) VALUES (?, ?, ?, ?, ?)');
    this.#inTransaction(events, ({ tUs, source, event, json }) => insert.run(id, tUs, source, event, json));
  }

  appendSample(id: RunId, sample: BpfSample): void {
    this.#refuseSealed(id);
    const insert = this.#db.prepare('INSERT INTO samples (run_id, taken_at, replica, json) VALUES (?, ?, ?, ?)');
    this.#inTransaction([sample], (one) => insert.run(id, one.takenAt, one.replica, JSON.stringify(one)));
  }

  samples(id: RunId): BpfSample[] {
    const rows = this.#all('SELECT json FROM samples WHERE run_id = ? ORDER BY taken_at, rowid', id);
    return rows.map((json) => readJson('sample', json));
  }

  appendLog(id: RunId, lines: LogLine[]): void {
    this.#refuseSealed(id);
    const path = plainLog(this.#runDir(id));
    guard(path, () => {
      const writer = this.#writers.get(id) ?? new LogWriter(path);
      this.#writers.set(id, writer);
      writer.append(lines);
    });
  }

  async readLog(id: RunId, fromSeq: number, limit: number): Promise<LogLine[]> {
    const runDir = join(this.#dataDir, 'runs', safeName(id));
    const writer = this.#writers.get(id);
    try {
      writer?.flush();
      return await readLines(runDir, fromSeq, limit, writer?.offsetBefore(fromSeq));
    } catch (cause) {
      throw toStoreFailure(runDir, cause);
    }
  }

  async seal(id: RunId): Promise<void> {
    if (this.#guard(() => this.#rows.isSealed(id))) return;
    const runDir = this.#runDir(id);
    try {
      const writer = this.#writers.get(id);
      this.#writers.delete(id);
      writer?.close();
      const { lines, bytes, storedBytes } = await compressLog(runDir);
      this.#db
        .prepare('INSERT OR REPLACE INTO logs (run_id, lines, bytes, stored_bytes) VALUES (?, ?, ?, ?)')
        .run(id, lines, bytes, storedBytes);
      this.#rows.seal(id);
    } catch (cause) {
      throw toStoreFailure(runDir, cause);
    }
  }

  unfinished(): RunView[] {
    const now = Date.now();
    return this.#guard(() =>
      this.#rows
        .unfinished()
        .filter(({ owner, seenAt }) => isDead(owner, seenAt, now))
        .map(({ view }) => view),
    );
  }

  askToStop(id: RunId): void {
    this.#guard(() => this.#db.prepare('INSERT OR IGNORE INTO stop_requests (run_id) VALUES (?)').run(id));
  }

  isAskedToStop(id: RunId): boolean {
    return this.#guard(() => this.#db.prepare('SELECT 1 FROM stop_requests WHERE run_id = ?').get(id) !== undefined);
  }

  close(): void {
    clearInterval(this.#heartbeat);
    const writers = [...this.#writers.values()];
    this.#writers.clear();
    guard(this.#dataDir, () => {
      for (const writer of writers) writer.close();
      this.#db.prepare('DELETE FROM owners WHERE token = ?').run(this.#owner);
      this.#db.close();
    });
  }

  #showLife(): void {
    this.#db.prepare('INSERT OR REPLACE INTO owners (token, seen_at) VALUES (?, ?)').run(this.#owner, Date.now());
  }

  #showLifeQuietly(): void {
    try {
      this.#showLife();
    } catch {
      // A store that cannot be written fails the next real write, where somebody hears it; the sign is repeated anyway.
    }
  }

  #runDir(id: RunId): string {
    const runDir = join(this.#dataDir, 'runs', safeName(id));
    guard(runDir, () => mkdirSync(runDir, { recursive: true }));
    return runDir;
  }

  #refuseSealed(id: RunId): void {
    if (this.#guard(() => this.#rows.isSealed(id))) {
      throw new LabError('run_over', `Run ${id} is finished and sealed; nothing can be added to it.`);
    }
  }

  #inTransaction<T>(items: readonly T[], write: (item: T) => void): void {
    this.#guard(() => this.#db.transaction(() => items.forEach(write)).immediate());
  }

  #all(sql: string, id: RunId): string[] {
    return this.#guard(() =>
      this.#db
        .prepare(sql)
        .all(id)
        .map((row) => jsonRow.parse(row).json),
    );
  }

  #guard<T>(step: () => T): T {
    return guard(this.#file, step);
  }
}

/** Ids become folder names; anything but our own form of id must not reach the disk. */
function safeName(id: RunId): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(id)) throw new LabError('unknown_run', `${JSON.stringify(id)} is not a run id.`);
  return id;
}
