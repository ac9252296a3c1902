import Database from 'libsql';
import { z } from 'zod';
import type { RunConfig } from '@/server/domain/run';
import { identify, isAlive } from './process-identity';

/** Contention on this file lasts milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS waiting (
  ticket INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, origin TEXT NOT NULL, pid INTEGER NOT NULL, started TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS measuring (run TEXT PRIMARY KEY, origin TEXT NOT NULL, pid INTEGER NOT NULL);
`;

const waitingRow = z.object({ ticket: z.number(), run: z.string(), origin: z.string(), pid: z.number(), started: z.string() });
const measuringRow = z.object({ run: z.string(), origin: z.string(), pid: z.number() });

export type Waiting = z.infer<typeof waitingRow>;
export type Measuring = z.infer<typeof measuringRow>;

/** Who waits for the host, in the order of asking over all processes, and who said last that it measures. */
export class WaitingLine {
  private readonly database: Database.Database;

  constructor(file: string) {
    this.database = new Database(file, { timeout: BUSY_TIMEOUT_MS });
    this.database.exec(SCHEMA);
  }

  join({ id, origin }: Pick<RunConfig, 'id' | 'origin'>): number {
    const startedAt = identify(process.pid)?.startedAt ?? '';
    const insert = this.database.prepare('INSERT INTO waiting (run, origin, pid, started) VALUES (?, ?, ?, ?)');
    return Number(insert.run(id, origin, process.pid, startedAt).lastInsertRowid);
  }

  leave(ticket: number): void {
    this.database.prepare('DELETE FROM waiting WHERE ticket = ?').run(ticket);
  }

  /** Those before this ticket whose process lives; the tickets of dead processes are torn up on the way. */
  before(ticket: number): Waiting[] {
    const rows = this.database.prepare('SELECT * FROM waiting WHERE ticket < ? ORDER BY ticket').all(ticket);
    return z
      .array(waitingRow)
      .parse(rows)
      .filter((row) => {
        const alive = isAlive({ pid: row.pid, startedAt: row.started });
        if (!alive) this.leave(row.ticket);
        return alive;
      });
  }

  beginMeasuring({ id, origin }: Pick<RunConfig, 'id' | 'origin'>): void {
    this.database.prepare('INSERT OR REPLACE INTO measuring (run, origin, pid) VALUES (?, ?, ?)').run(id, origin, process.pid);
  }

  endMeasuring(run: string): void {
    this.database.prepare('DELETE FROM measuring WHERE run = ?').run(run);
  }

  /** One row per run that didn't end its measuring: of a live process, or of one that died in it. */
  measuring(): Measuring[] {
    return z.array(measuringRow).parse(this.database.prepare('SELECT * FROM measuring ORDER BY run').all());
  }

  close(): void {
    this.database.close();
  }
}
