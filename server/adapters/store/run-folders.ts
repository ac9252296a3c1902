import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '@/server/domain/errors';
import type { LogLine } from '@/server/domain/log-line';
import type { RunId } from '@/server/domain/run';
import { compressLog, folderBytes, type LogSize, plainLog, readLines, writeSealedLog } from './log-files';
import { LogWriter } from './log-writer';
import { guard, toStoreFailure } from './store-failure';

/** A folder per run under runs/, with its log and its override file. Every failure is a LabError that names the path. */
export class RunFolders {
  readonly #dataDir: string;
  readonly #writers = new Map<RunId, LogWriter>();

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
    guard(path, () => {
      const writer = this.#writers.get(id) ?? new LogWriter(path);
      this.#writers.set(id, writer);
      writer.append(lines);
    });
  }

  async readLog(id: RunId, fromSeq: number, limit: number): Promise<LogLine[]> {
    const folder = this.#path(id);
    const writer = this.#writers.get(id);
    try {
      writer?.flush();
      return await readLines(folder, fromSeq, limit, writer?.offsetBefore(fromSeq));
    } catch (cause) {
      throw toStoreFailure(folder, cause);
    }
  }

  /** Ends the log and compresses it. */
  async seal(id: RunId): Promise<LogSize> {
    const folder = this.#make(id);
    try {
      const writer = this.#writers.get(id);
      this.#writers.delete(id);
      writer?.close();
      return await compressLog(folder);
    } catch (cause) {
      throw toStoreFailure(folder, cause);
    }
  }

  /** The whole log of a run that is brought in. */
  async writeLog(id: RunId, batches: AsyncIterable<LogLine[]>): Promise<LogSize> {
    const folder = this.#path(id);
    try {
      return await writeSealedLog(folder, batches);
    } catch (cause) {
      throw toStoreFailure(folder, cause);
    }
  }

  bytes(id: RunId): number {
    const folder = this.#path(id);
    return guard(folder, () => folderBytes(folder));
  }

  remove(id: RunId): void {
    const folder = this.#path(id);
    this.#dropWriter(id);
    guard(folder, () => rmSync(folder, { recursive: true, force: true }));
  }

  close(): void {
    const writers = [...this.#writers.values()];
    this.#writers.clear();
    guard(this.#dataDir, () => {
      for (const writer of writers) writer.close();
    });
  }

  #dropWriter(id: RunId): void {
    const writer = this.#writers.get(id);
    this.#writers.delete(id);
    try {
      writer?.close();
    } catch {
      // Lines that it could not write would be removed now.
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
