import type { Affliction, FaultRecord } from '@/server/api/types';

/** Faults that are in force. */
export function activeFaults(faults: readonly FaultRecord[]): FaultRecord[] {
  return faults.filter(({ endedAt }) => endedAt === null);
}

/** `killed`, `paused`: as the roster and the diagram say it. */
export const AFFLICTED = {
  killed: 'killed',
  paused: 'paused',
  isolated: 'isolated',
  exited: 'exited',
  recovering: 'recovering',
  lost_memory: 'memory lost',
} as const satisfies Record<Affliction, string>;
