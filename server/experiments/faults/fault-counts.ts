import type { FaultId, FaultRecord } from '@/server/domain/fault';
import type { FaultHolder } from '@/server/domain/ports';

type Counts = ReturnType<FaultHolder['counts']>;
type Totals = { lost: number; doubled: number };

/**
 * What each fault lost and doubled: the holder counts by link, so a fault is given what its links counted while it held. Where
 * several faults hold one link each is given all of it.
 */
export class FaultCounts {
  readonly #before = new Map<FaultId, Totals>();

  /** counts: at the fault's begin. */
  begin(record: FaultRecord, counts: Counts): void {
    if (record.lost !== null) this.#before.set(record.id, totalOf(record, counts));
  }

  /** The counts begin anew with the next holder. */
  forget(): void {
    this.#before.clear();
  }

  /** Of the faults that are not over; the same array if nothing has changed. */
  update(records: FaultRecord[], counts: Counts): FaultRecord[] {
    let changed = false;
    const updated = records.map((record) => {
      const before = this.#before.get(record.id);
      if (before === undefined || record.endedAt !== null) return record;
      const total = totalOf(record, counts);
      const lost = total.lost - before.lost;
      const doubled = total.doubled - before.doubled;
      if (lost === record.lost && doubled === record.doubled) return record;
      changed = true;
      return { ...record, lost, doubled };
    });
    return changed ? updated : records;
  }
}

function totalOf({ links }: FaultRecord, counts: Counts): Totals {
  const total = { lost: 0, doubled: 0 };
  for (const { target, from, lost, doubled } of counts) {
    if (!links.some((link) => link.from === from && link.to === target)) continue;
    total.lost += lost;
    total.doubled += doubled;
  }
  return total;
}
