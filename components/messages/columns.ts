/** Every point as typed arrays in order of time, for counting per pixel column. */
import type { TracePoints } from '@/server/api/types';

const START_CAPACITY = 1 << 14;

export class Columns {
  private tUs = new Float64Array(START_CAPACITY);
  /** point and at of each, eight bits apart. */
  private packed = new Uint16Array(START_CAPACITY);
  private head = 0;
  private tail = 0;

  get length(): number {
    return this.tail - this.head;
  }

  get firstUs(): number | null {
    return this.length === 0 ? null : (this.tUs[this.head] ?? null);
  }

  get lastUs(): number | null {
    return this.length === 0 ? null : (this.tUs[this.tail - 1] ?? null);
  }

  /** Merges points that are nearly all later than those there are: costs the batch and the stretch it overlaps. */
  add(points: TracePoints): void {
    const order = points.tUs.map((_, i) => i).sort((a, b) => (points.tUs[a] ?? 0) - (points.tUs[b] ?? 0));
    this.makeRoom(order.length);
    let old = this.tail - 1;
    let write = this.tail + order.length - 1;
    this.tail += order.length;
    for (const i of order.reverse()) {
      const tUs = points.tUs[i] ?? 0;
      while (old >= this.head && (this.tUs[old] ?? 0) > tUs) {
        this.tUs[write] = this.tUs[old] ?? 0;
        this.packed[write] = this.packed[old] ?? 0;
        old--;
        write--;
      }
      this.tUs[write] = tUs;
      this.packed[write] = (points.point[i] ?? 0) | ((points.at[i] ?? 0) << 8);
      write--;
    }
  }

  /** Forgets what is older. */
  dropBefore(tUs: number): void {
    this.head = this.firstAt(tUs);
  }

  /** Forgets the oldest. */
  dropOldest(count: number): void {
    this.head = Math.min(this.tail, this.head + count);
  }

  /** How many points lie in [fromUs, toUs), by two binary searches. */
  countWithin(fromUs: number, toUs: number): number {
    return Math.max(0, this.firstAt(toUs) - this.firstAt(fromUs));
  }

  /** Calls back for each point in [fromUs, toUs), in order of time. */
  forEachWithin(fromUs: number, toUs: number, visit: (tUs: number, point: number, at: number) => void): void {
    const end = this.firstAt(toUs);
    for (let i = this.firstAt(fromUs); i < end; i++) {
      const packed = this.packed[i] ?? 0;
      visit(this.tUs[i] ?? 0, packed & 0xff, (packed >> 8) & 0xff);
    }
  }

  private firstAt(tUs: number): number {
    let low = this.head;
    let high = this.tail;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.tUs[middle] ?? 0) < tUs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Moves to the front what is kept once the arrays are full, and into arrays twice the size if that does not help. */
  private makeRoom(count: number): void {
    if (this.tail + count <= this.tUs.length) return;
    let capacity = this.tUs.length;
    // A quarter stays free, or the next batches would each move everything.
    while (this.length + count > capacity * 0.75) capacity *= 2;
    const tUs = new Float64Array(capacity);
    const packed = new Uint16Array(capacity);
    tUs.set(this.tUs.subarray(this.head, this.tail));
    packed.set(this.packed.subarray(this.head, this.tail));
    this.tail = this.length;
    this.head = 0;
    this.tUs = tUs;
    this.packed = packed;
  }
}
