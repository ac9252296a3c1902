import type Database from 'libsql';
import { z } from 'zod';
import type { StoredEvent } from '@/server/domain/archive';
import type { BpfSample } from '@/server/domain/bpf-program';
import { type LatencyInterval, measuredHistogram, type SparseHistogram } from '@/server/domain/latency';
import type { RunId } from '@/server/domain/run';
import { type PackedRun, packRun, unpackEvents, unpackHistogram, unpackIntervals } from './packed-run';
import { readJson } from './stored-json';

const jsonRow = z.object({ json: z.string() });
const eventRow = z
  .object({ t_us: z.int(), source: z.string(), event: z.string(), json: z.string() })
  .transform(({ t_us: tUs, ...rest }): StoredEvent => ({ tUs, ...rest }));
const packedRow = z.object({ bytes: z.instanceof(Uint8Array) });
const bytesRow = z.object({ bytes: z.int() });

/** What was measured in a run: rows while it runs, one compressed blob of intervals and one of events once it is sealed. */
export class TelemetryRows {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  addIntervals(id: RunId, intervals: LatencyInterval[]): void {
    const insert = this.#db.prepare('INSERT OR REPLACE INTO intervals (run_id, phase, position, json) VALUES (?, ?, ?, ?)');
    this.#each(intervals, (interval) => insert.run(id, interval.phase, interval.index, JSON.stringify(interval)));
  }

  addEvents(id: RunId, events: StoredEvent[]): void {
    const insert = this.#db.prepare('INSERT INTO events (run_id, t_us, source, event, json) VALUES (?, ?, ?, ?, ?)');
    this.#each(events, ({ tUs, source, event, json }) => insert.run(id, tUs, source, event, json));
  }

  addSamples(id: RunId, samples: Iterable<BpfSample>): void {
    const insert = this.#db.prepare('INSERT INTO samples (run_id, taken_at, replica, json) VALUES (?, ?, ?, ?)');
    for (const sample of samples) insert.run(id, sample.takenAt, sample.replica, JSON.stringify(sample));
  }

  intervals(id: RunId): LatencyInterval[] {
    const packed = this.#packed(id, 'intervals');
    if (packed !== null) return unpackIntervals(packed);
    // `warmup` sorts behind `measuring`, hence the descending phase.
    const rows = this.#db.prepare('SELECT json FROM intervals WHERE run_id = ? ORDER BY phase DESC, position').all(id);
    return rows.map((row) => readJson('interval', jsonRow.parse(row).json));
  }

  measuredHistogram(id: RunId): SparseHistogram {
    const packed = this.#packed(id, 'measured');
    return packed === null ? measuredHistogram(this.intervals(id)) : unpackHistogram(packed);
  }

  events(id: RunId): StoredEvent[] {
    const packed = this.#packed(id, 'events');
    if (packed !== null) return unpackEvents(packed);
    const rows = this.#db.prepare('SELECT t_us, source, event, json FROM events WHERE run_id = ? ORDER BY t_us, rowid').all(id);
    return rows.map((row) => eventRow.parse(row));
  }

  samples(id: RunId): BpfSample[] {
    const rows = this.#db.prepare('SELECT json FROM samples WHERE run_id = ? ORDER BY taken_at, rowid').all(id);
    return rows.map((row) => readJson('sample', jsonRow.parse(row).json));
  }

  /** Puts the packed form in place of the rows. The caller holds the transaction. */
  pack(id: RunId): void {
    this.putPacked(id, packRun(this.intervals(id), this.events(id)));
    this.#db.prepare('DELETE FROM intervals WHERE run_id = ?').run(id);
    this.#db.prepare('DELETE FROM events WHERE run_id = ?').run(id);
  }

  putPacked(id: RunId, { intervals, events, measured }: PackedRun): void {
    const insert = this.#db.prepare('INSERT INTO packed (run_id, kind, bytes) VALUES (?, ?, ?)');
    insert.run(id, 'intervals', intervals);
    insert.run(id, 'events', events);
    insert.run(id, 'measured', measured);
  }

  /** Bytes of all that the database holds of a run. */
  bytes(id: RunId): number {
    const row = this.#db
      .prepare(
        `SELECT coalesce((SELECT octet_length(view) + octet_length(summary) FROM runs WHERE id = ?1), 0)
           + (SELECT coalesce(sum(octet_length(json)), 0) FROM intervals WHERE run_id = ?1)
           + (SELECT coalesce(sum(octet_length(json)), 0) FROM events WHERE run_id = ?1)
           + (SELECT coalesce(sum(octet_length(json)), 0) FROM samples WHERE run_id = ?1)
           + (SELECT coalesce(sum(octet_length(json)), 0) FROM bpf_points WHERE run_id = ?1)
           + (SELECT coalesce(sum(octet_length(json)), 0) FROM bpf_records WHERE run_id = ?1)
           + (SELECT coalesce(sum(octet_length(bytes)), 0) FROM packed WHERE run_id = ?1) AS bytes`,
      )
      .get(id);
    return bytesRow.parse(row).bytes;
  }

  #packed(id: RunId, kind: keyof PackedRun): Uint8Array | null {
    const row = this.#db.prepare('SELECT bytes FROM packed WHERE run_id = ? AND kind = ?').get(id, kind);
    return row === undefined ? null : packedRow.parse(row).bytes;
  }

  #each<T>(items: readonly T[], write: (item: T) => void): void {
    this.#db.transaction(() => items.forEach(write)).immediate();
  }
}
