import { wasDone } from './declared-faults';
import type { FaultRecord, Outage } from './fault';

/** The last reply before a silence may have left just before the fault was done to who sent it. */
const EARLY_MS = 200;
/** What begins later than this has another cause. */
const LATE_MS = 60_000;

/**
 * The records with the silences that they caused; one that could not be done caused none. A silence is laid at the door of the fault that began last before it, and of
 * several the first counts. measuringAt: begin of the measured window, ms since the Unix epoch.
 */
export function withRecoveries(records: FaultRecord[], outages: Outage[], measuringAt: number): FaultRecord[] {
  const done = records.filter(wasDone);
  const caused = new Map<number, number>();
  for (const { startMs, durationMs, leaderAfter } of [...outages].sort((a, b) => a.startMs - b.startMs)) {
    // Nobody answered any more: that is no recovery.
    if (leaderAfter === null) continue;
    const at = measuringAt + startMs;
    const cause = done.findLast(({ startedAt }) => startedAt - EARLY_MS <= at && at < startedAt + LATE_MS);
    if (cause !== undefined && !caused.has(cause.id)) caused.set(cause.id, durationMs);
  }
  const changed = records.some(({ id, recoveryMs }) => recoveryMs !== (caused.get(id) ?? null));
  return changed ? records.map((record) => ({ ...record, recoveryMs: caused.get(record.id) ?? null })) : records;
}
