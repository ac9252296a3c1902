/** What the faults of a run account for. They were done on purpose and stand in its record, so nothing is judged by them. */
import type { ReplicaDeath } from './conditions';
import type { FaultRecord } from './fault';

/** One that could not be done began and ended in the same moment. */
export function wasDone({ problem, startedAt, endedAt }: FaultRecord): boolean {
  return problem === null || endedAt !== startedAt;
}

/** since: milliseconds since the Unix epoch; what ended before it touched nothing afterwards. null: unknown. */
export function doneSince(faults: readonly FaultRecord[], since: number | null): FaultRecord[] {
  return faults.filter((fault) => wasDone(fault) && (fault.endedAt === null || since === null || fault.endedAt >= since));
}

/** The fault ended the replica's process, and with it what that had counted. */
export function tookAway({ action, targets }: FaultRecord, replica: string): boolean {
  return (action.kind === 'kill' || action.kind === 'restart') && targets.includes(replica);
}

/** The fault let the replica say nothing more, for good or for a while. */
export function silenced(fault: FaultRecord, replica: string): boolean {
  return tookAway(fault, replica) || (fault.action.kind === 'pause' && fault.targets.includes(replica));
}

/** Whether copies from one replica to another may be missing because of it: a replica as a whole, or the link alone. */
export function touches({ action, targets, links }: FaultRecord, link: { from: string; to: string }): boolean {
  if (links.some(({ from, to }) => from === link.from && to === link.to)) return true;
  if (action.kind === 'cut' || action.kind === 'noise') return false;
  return targets.includes(link.from) || targets.includes(link.to);
}

/** A container's end is told a moment after the signal that caused it, and now and then just before the record of it. */
const APART_MS = 2000;

/** Somebody meant the replica to end. */
export function isDeclared({ service, at }: ReplicaDeath, faults: readonly FaultRecord[]): boolean {
  return faults.some(
    (fault) => tookAway(fault, service) && at >= fault.startedAt - APART_MS && at <= (fault.endedAt ?? at) + APART_MS,
  );
}

/** `kill replica1, 5 % loss everywhere`; each once. */
export function sayFaults(faults: readonly FaultRecord[]): string {
  return [...new Set(faults.map(({ title }) => title))].join(', ');
}
