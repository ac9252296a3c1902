import type { WatchedReplica } from '@/server/api/types';
import { plainCounter } from './glossary';

/**
 * Frames that leave for one flagged datagram, from the map `counters` of a replica: the original and its clones. null where no
 * datagram was cloned.
 */
export function framesPerOriginal({ maps }: WatchedReplica): number | null {
  for (const map of maps) {
    if (map.kind !== 'counters') continue;
    const count = (name: string) => map.rows.find((row) => plainCounter(row.name) === name)?.value ?? 0;
    const originals = count('originals');
    if (originals > 0) return 1 + count('clones') / originals;
  }
  return null;
}
