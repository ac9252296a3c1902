/** The sampled operations a page holds: bounded, in order of time, with what was dropped counted. */
import type { TraceBatch, TracePoints } from '@/server/api/types';
import { Columns } from './columns';
import { assemble, type Operation } from './operations';

/** Newest points that stay; a page left open over night must not grow without end. */
export const POINTS_KEPT = 200_000;

/** What the newest batch said about the sampling. */
export type Sampling = Pick<TraceBatch, 'every' | 'total' | 'dropped' | 'costNsPerOperation' | 'problem'>;

export class TraceBook {
  services: string[] = [];
  originUs = 0;
  sampling: Sampling | null = null;
  /** Points this page had and let go, oldest first. */
  droppedHere = 0;
  /** Grows with every batch. */
  version = 0;
  readonly columns = new Columns();
  /** In order of their first point. */
  operations: Operation[] = [];
  private byOp = new Map<number, Operation>();
  /** The latest last point among operations 0..i: never falls, so it can be searched. */
  private reachUs: number[] = [];
  private points = 0;
  private droppedUpToOp = -Infinity;

  constructor(private readonly most: number = POINTS_KEPT) {}

  get pointsKept(): number {
    return this.points;
  }

  find(op: number): Operation | undefined {
    return this.byOp.get(op);
  }

  add(batch: TraceBatch): void {
    if (batch.reset) this.forget();
    this.services = batch.services;
    this.originUs = batch.originUs;
    const { every, total, dropped, costNsPerOperation, problem } = batch;
    this.sampling = { every, total, dropped, costNsPerOperation, problem };
    const points = this.admit(batch.points);
    if (points.op.length > 0) {
      this.columns.add(points);
      this.order(assemble(this.byOp, points));
      this.points += points.op.length;
      this.dropOldest();
    }
    this.version++;
  }

  /** Operations of which some part lies in [fromUs, toUs], in order; by binary search. */
  within(fromUs: number, toUs: number): Operation[] {
    const found: Operation[] = [];
    for (let i = this.firstReaching(fromUs); i < this.operations.length; i++) {
      const operation = this.operations[i];
      if (operation === undefined || operation.firstUs > toUs) break;
      if (operation.lastUs >= fromUs) found.push(operation);
    }
    return found;
  }

  private forget(): void {
    this.columns.dropOldest(this.columns.length);
    this.operations = [];
    this.byOp = new Map();
    this.reachUs = [];
    this.points = 0;
    this.droppedHere = 0;
    this.droppedUpToOp = -Infinity;
  }

  /** A late point of what was let go would begin its operation anew, with most of it missing: such points are dropped too. */
  private admit(points: TracePoints): TracePoints {
    if (points.op.every((op) => op > this.droppedUpToOp)) return points;
    const admitted: TracePoints = { op: [], point: [], at: [], peer: [], tUs: [] };
    points.op.forEach((op, i) => {
      if (op <= this.droppedUpToOp && !this.byOp.has(op)) {
        this.droppedHere++;
        return;
      }
      admitted.op.push(op);
      for (const name of ['point', 'at', 'peer', 'tUs'] as const) admitted[name].push(points[name][i] ?? 0);
    });
    return admitted;
  }

  /** Puts new and changed operations where they belong; only the stretch from the earliest of them is sorted again. */
  private order(touched: Set<Operation>): void {
    let earliest = Infinity;
    for (const operation of touched) earliest = Math.min(earliest, operation.firstUs);
    let start = this.operations.length;
    while (start > 0) {
      const before = this.operations[start - 1];
      if (before === undefined || (before.firstUs <= earliest && !touched.has(before))) break;
      start--;
    }
    const known = this.operations.splice(start);
    const present = new Set(known);
    for (const operation of touched) if (!present.has(operation)) known.push(operation);
    known.sort((a, b) => a.firstUs - b.firstUs);
    for (const operation of known) this.operations.push(operation);
    this.measureReach(start);
  }

  private measureReach(start: number): void {
    this.reachUs.length = start;
    let reach = this.reachUs[start - 1] ?? -Infinity;
    for (let i = start; i < this.operations.length; i++) {
      reach = Math.max(reach, this.operations[i]?.lastUs ?? -Infinity);
      this.reachUs.push(reach);
    }
  }

  private dropOldest(): void {
    let gone = 0;
    while (this.points > this.most && gone < this.operations.length - 1) {
      const oldest = this.operations[gone];
      if (oldest === undefined) break;
      this.points -= oldest.points.length;
      this.droppedHere += oldest.points.length;
      this.droppedUpToOp = Math.max(this.droppedUpToOp, oldest.op);
      this.byOp.delete(oldest.op);
      gone++;
    }
    if (gone === 0) return;
    this.operations.splice(0, gone);
    this.reachUs.splice(0, gone);
    this.columns.dropBefore(this.operations[0]?.firstUs ?? Infinity);
  }

  private firstReaching(fromUs: number): number {
    let low = 0;
    let high = this.reachUs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.reachUs[middle] ?? 0) < fromUs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
