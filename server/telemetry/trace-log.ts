import type { RunConfig } from '@/server/domain/run';
import { TRACE_POINTS, type TraceBatch, type TracePoints } from '@/server/domain/trace';
import type { LabEventOf } from './events';

type TraceLine = LabEventOf<'trace'>;

/** Lines come every 100 ms, so no point of another container is older than this when the first line comes. */
const ORIGIN_BEFORE_FIRST_LINE_US = 1_000_000;

/** What a batch says beside its points. */
export type TraceHead = Pick<TraceBatch, 'services' | 'originUs' | 'every' | 'total' | 'dropped' | 'costNsPerOperation'>;

/**
 * The sampled points of one run on one time line, in the order of their lines. It keeps the newest `capacity` of them; all
 * are numbered from 0.
 */
export class TraceLog {
  readonly #services: string[];
  /** Index into services by replica id. */
  readonly #byId: Map<number, number>;
  readonly #columns: Columns;
  /** What each service last said of itself. */
  readonly #lines = new Map<string, TraceLine>();
  #originMonotonicUs: number | null = null;
  #originUs = 0;
  #total = 0;

  constructor({ clientService, replicas }: Pick<RunConfig, 'clientService' | 'replicas'>, capacity: number) {
    const sorted = replicas.toSorted((a, b) => a.id - b.id);
    this.#services = [clientService, ...sorted.map(({ service }) => service)];
    this.#byId = new Map(sorted.map(({ id }, index) => [id, index + 1]));
    this.#columns = new Columns(capacity);
  }

  get total(): number {
    return this.#total;
  }

  get head(): TraceHead {
    const lines = [...this.#lines.values()];
    const operations = Math.max(0, ...lines.map((line) => line.operations));
    const costNs = lines.reduce((sum, line) => sum + line.costNs, 0);
    return {
      services: this.#services,
      originUs: this.#originUs,
      every: lines.at(-1)?.every ?? null,
      total: this.#total,
      dropped: lines.reduce((sum, line) => sum + line.dropped, 0),
      costNsPerOperation: operations === 0 ? null : costNs / operations,
    };
  }

  /** The line's src must be the service whose container printed it. A point that this version does not know is left out. */
  add(line: TraceLine): void {
    const at = this.#services.indexOf(line.src);
    if (at < 0) return;
    this.#lines.set(line.src, line);
    const originUs = this.#tie(line);
    line.op.forEach((op, index) => {
      const point = (line.point[index] ?? 0) - 1;
      if (TRACE_POINTS[point] === undefined) return;
      const agoNs = line.agoNs[index] ?? 0;
      const tUs = ((line.monotonicUs - originUs) * 1000 - agoNs) / 1000;
      this.#columns.put(this.#total, { op, point, at, peer: this.#byId.get(line.peer[index] ?? 0) ?? -1, tUs });
      this.#total += 1;
    });
  }

  /** At most `limit` points from this number on, or from the oldest that is kept. */
  read(from: number, limit: number): { points: TracePoints; next: number } {
    const first = Math.max(from, this.#total - this.#columns.capacity);
    const next = Math.min(this.#total, first + limit);
    return { points: this.#columns.slice(first, next), next };
  }

  /** The first line ties the monotonic clock, which all containers share, to wall time for the whole run. */
  #tie({ monotonicUs, tUs }: TraceLine): number {
    if (this.#originMonotonicUs === null) {
      this.#originMonotonicUs = monotonicUs - ORIGIN_BEFORE_FIRST_LINE_US;
      this.#originUs = tUs - ORIGIN_BEFORE_FIRST_LINE_US;
    }
    return this.#originMonotonicUs;
  }
}

type Point = { op: number; point: number; at: number; peer: number; tUs: number };

/** A ring by columns: 19 bytes a point where objects take a hundred. It has no room before the first point comes. */
class Columns {
  readonly capacity: number;
  #op = new Float64Array(0);
  #tUs = new Float64Array(0);
  #point = new Uint8Array(0);
  #at = new Uint8Array(0);
  #peer = new Int8Array(0);

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  put(number: number, { op, point, at, peer, tUs }: Point): void {
    if (this.#op.length === 0) this.#makeRoom();
    const place = number % this.capacity;
    this.#op[place] = op;
    this.#tUs[place] = tUs;
    this.#point[place] = point;
    this.#at[place] = at;
    this.#peer[place] = peer;
  }

  slice(from: number, to: number): TracePoints {
    const places = Array.from({ length: to - from }, (_, index) => (from + index) % this.capacity);
    const read = (column: ArrayLike<number>) => places.map((place) => column[place] ?? 0);
    return {
      op: read(this.#op),
      point: read(this.#point),
      at: read(this.#at),
      peer: read(this.#peer),
      tUs: read(this.#tUs).map((tUs) => Math.round(tUs * 1000) / 1000),
    };
  }

  #makeRoom(): void {
    this.#op = new Float64Array(this.capacity);
    this.#tUs = new Float64Array(this.capacity);
    this.#point = new Uint8Array(this.capacity);
    this.#at = new Uint8Array(this.capacity);
    this.#peer = new Int8Array(this.capacity);
  }
}
