import type { BpfWatchView } from '@/server/api/types';

/** Runs per second of each program at the last looks, in order; null where statistics were off. */
export type RateHistory = ReadonlyMap<string, readonly (number | null)[]>;

/** Half a minute at two looks a second. */
const LOOKS_KEPT = 60;

export const programKey = (replica: string, programId: number) => `${replica}/${programId}`;

/** Runs per second of all programs together when each was last counted; null if none ever was. */
export function lastRunsPerS(history: RateHistory): number | null {
  const known = [...history.values()].map((rates) => rates.findLast((rate) => rate !== null) ?? null);
  const counted = known.filter((rate) => rate !== null);
  return counted.length === 0 ? null : counted.reduce((sum, rate) => sum + rate, 0);
}

/** The history with one more look; programs that are gone fall out. */
export function addLook(history: RateHistory, view: BpfWatchView): RateHistory {
  const next = new Map<string, readonly (number | null)[]>();
  for (const { name, programs } of view.replicas) {
    for (const { id, runsPerS } of programs) {
      const key = programKey(name, id);
      next.set(key, [...(history.get(key) ?? []), runsPerS].slice(-LOOKS_KEPT));
    }
  }
  return next;
}
