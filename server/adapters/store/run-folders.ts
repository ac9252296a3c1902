import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '@/server/domain/errors';
import { CHUNK_LINES, type LogChunk } from '@/server/domain/log-chunk';
import type { LogLine } from '@/server/domain/log-line';
import type { RunId } from '@/server/domain/run';
import { LogOfRun } from './log-of-run';
import { plainLog } from './log-paths';
import { type LogSize, writeSealedLog } from './log-sealed';
import { guard, toStoreFailure } from './store-failure';

/** Logs whose indices are kept in memory, two megabytes for one of ten million lines. */
const LOGS_REMEMBERED = 16;

/** A folder per run under runs/, with its log and its override file. Every failure is a LabError that names the path. */
export class RunFolders {
  readonly #dataDir: string;
  /** The one that was used last stands last. */
  readonly #logs = new Map<RunId, LogOfRun>();

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  /** Returns the file's path. */
  saveOverride(id: RunId, yaml: string): string {
    const path = join(this.#make(id), 'override.yaml');
    guard(path, () => writeFileSync(path, yaml, { mode: 0o600 }));
    return path;
  }

  appendLog(id: RunId, lines: LogLine[]): void {
    const path = plainLog(this.#make(id));
    guard(path, () => this.#log(id).append(lines));
  }

  readLog(id: RunId, fromSeq: number, limit: number): Promise<LogLine[]> {
    return this.#guardAsync(id, () => this.#log(id).read({ fromSeq, toSeq: Number.POSITIVE_INFINITY, limit }));
  }

  readChunk(id: RunId, chunk: number): Promise<LogLine[]> {
    const fromSeq = chunk * CHUNK_LINES + 1;
    return this.#guardAsync(id, () => this.#log(id).read({ fromSeq, toSeq: fromSeq + CHUNK_LINES - 1, limit: CHUNK_LINES }));
  }

  logChunks(id: RunId, fromChunk: number): Promise<LogChunk[]> {
    return this.#guardAsync(id, () => this.#log(id).chunks(fromChunk));
  }

  /** Ends the log and packs what is left of it. */
  seal(id: RunId): Promise<LogSize> {
    this.#make(id);
    return this.#guardAsync(id, () => this.#log(id).seal());
  }

  /** The whole log of a run that is brought in. */
  writeLog(id: RunId, batches: AsyncIterable<LogLine[]>): Promise<LogSize> {
    return this.#guardAsync(id, () => writeSealedLog(this.#path(id), batches));
  }

  bytes(id: RunId): number {
    const folder = this.#path(id);
    return guard(folder, () => folderBytes(folder));
  }

  remove(id: RunId): void {
    const folder = this.#path(id);
    // Lines that wait to be written would be removed now.
    this.#logs.get(id)?.abandon();
    this.#logs.delete(id);
    guard(folder, () => rmSync(folder, { recursive: true, force: true }));
  }

  close(): void {
    const logs = [...this.#logs.values()];
    this.#logs.clear();
    guard(this.#dataDir, () => {
      for (const log of logs) log.close();
    });
  }

  /** What was learned of a log is remembered for as long as there are not many others; one that is written stays. */
  #log(id: RunId): LogOfRun {
    const log = this.#logs.get(id) ?? new LogOfRun(this.#path(id));
    this.#logs.delete(id);
    this.#logs.set(id, log);
    for (const [other, { isIdle }] of this.#logs) {
      if (this.#logs.size <= LOGS_REMEMBERED) break;
      if (isIdle && other !== id) this.#logs.delete(other);
    }
    return log;
  }

  async #guardAsync<T>(id: RunId, step: () => Promise<T>): Promise<T> {
    const folder = this.#path(id);
    try {
      return await step();
    } catch (cause) {
      throw toStoreFailure(folder, cause);
    }
  }

  #make(id: RunId): string {
    const folder = this.#path(id);
    guard(folder, () => mkdirSync(folder, { recursive: true }));
    return folder;
  }

  #path(id: RunId): string {
    return join(this.#dataDir, 'runs', safeName(id));
  }
}

/** Ids become folder names; anything but our own form of id must not reach the disk. */
function safeName(id: RunId): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(id)) throw new LabError('unknown_run', `${JSON.stringify(id)} is not a run id.`);
  return id;
}

function folderBytes(runDir: string): number {
  if (!existsSync(runDir)) return 0;
  const sizes = readdirSync(runDir).map((name) => statSync(join(runDir, name), { throwIfNoEntry: false })?.size ?? 0);
  return sizes.reduce((sum, size) => sum + size, 0);
}
