import type Database from 'libsql';
import { z } from 'zod';
import type { BpfRecord } from '@/server/domain/archive';
import type { BpfCode, BpfLife, BpfSeries } from '@/server/domain/bpf-watch';
import type { BpfPoint } from '@/server/domain/ports';
import type { RunId } from '@/server/domain/run';
import { packBpf, unpackBpf } from './packed-run';
import { readJson } from './stored-json';

const jsonRow = z.object({ json: z.string() });
const packedRow = z.object({ bytes: z.instanceof(Uint8Array) });

/** What the watcher saw of a run's eBPF: rows while it runs, one compressed blob once it is sealed. */
export class BpfRows {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** One row for all of them: they come every few seconds, and are read together. */
  addPoints(id: RunId, points: BpfPoint[]): void {
    if (points.length === 0) return;
    this.#db.prepare('INSERT INTO bpf_points (run_id, json) VALUES (?, ?)').run(id, JSON.stringify(points));
  }

  saveLives(id: RunId, lives: BpfLife[]): void {
    this.#put(id, { kind: 'lives', key: '', json: JSON.stringify(lives) });
  }

  saveCode(id: RunId, code: BpfCode): void {
    this.#put(id, { kind: 'code', key: `${code.replica} ${code.programId}`, json: JSON.stringify(code) });
  }

  series(id: RunId): BpfSeries[] {
    const packed = this.#packed(id);
    if (packed !== null) return packed.flatMap((record) => (record.kind === 'series' ? [record.series] : []));
    const rows = this.#db.prepare('SELECT json FROM bpf_points WHERE run_id = ? ORDER BY rowid').all(id);
    return toSeries(rows.flatMap((row) => readJson('bpfPoints', jsonRow.parse(row).json)));
  }

  lives(id: RunId): BpfLife[] {
    const packed = this.#packed(id);
    if (packed !== null) return packed.flatMap((record) => (record.kind === 'life' ? [record.life] : []));
    return this.#texts(id, 'lives').flatMap((json) => readJson('bpfLives', json));
  }

  codes(id: RunId): BpfCode[] {
    const packed = this.#packed(id);
    if (packed !== null) return packed.flatMap((record) => (record.kind === 'code' ? [record.code] : []));
    return this.#texts(id, 'code').map((json) => readJson('bpfCode', json));
  }

  /** Puts the packed form in place of the rows. The caller holds the transaction. */
  pack(id: RunId): void {
    this.putPacked(id, [
      ...this.series(id).map((series) => ({ kind: 'series' as const, series })),
      ...this.lives(id).map((life) => ({ kind: 'life' as const, life })),
      ...this.codes(id).map((code) => ({ kind: 'code' as const, code })),
    ]);
    this.#db.prepare('DELETE FROM bpf_points WHERE run_id = ?').run(id);
    this.#db.prepare('DELETE FROM bpf_records WHERE run_id = ?').run(id);
  }

  /** Nothing for a run of which nothing was seen. */
  putPacked(id: RunId, records: BpfRecord[]): void {
    if (records.length === 0) return;
    this.#db.prepare('INSERT INTO packed (run_id, kind, bytes) VALUES (?, ?, ?)').run(id, 'bpf', packBpf(records));
  }

  #put(id: RunId, { kind, key, json }: { kind: 'lives' | 'code'; key: string; json: string }): void {
    this.#db
      .prepare('INSERT OR REPLACE INTO bpf_records (run_id, kind, key, json) VALUES (?, ?, ?, ?)')
      .run(id, kind, key, json);
  }

  #texts(id: RunId, kind: 'lives' | 'code'): string[] {
    const rows = this.#db.prepare('SELECT json FROM bpf_records WHERE run_id = ? AND kind = ? ORDER BY key').all(id, kind);
    return rows.map((row) => jsonRow.parse(row).json);
  }

  #packed(id: RunId): BpfRecord[] | null {
    const row = this.#db.prepare("SELECT bytes FROM packed WHERE run_id = ? AND kind = 'bpf'").get(id);
    return row === undefined ? null : unpackBpf(packedRow.parse(row).bytes);
  }
}

/** Columns by program, in the order in which programs appeared. */
function toSeries(points: readonly BpfPoint[]): BpfSeries[] {
  const byProgram = new Map<string, BpfSeries>();
  for (const { replica, programId, name, tag, at, runCnt, runTimeNs } of points) {
    const key = `${replica} ${programId}`;
    const series = byProgram.get(key) ?? { replica, programId, name, tag, at: [], runCnt: [], runTimeNs: [] };
    series.at.push(at);
    series.runCnt.push(runCnt);
    series.runTimeNs.push(runTimeNs);
    byProgram.set(key, series);
  }
  return [...byProgram.values()];
}
