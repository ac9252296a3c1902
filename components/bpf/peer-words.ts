import { formatDuration } from '@/components/ui/format';
import type { PeerRow } from '@/server/api/types';

const FIELD_WORDS = { ip: 'IP', port: 'port', mac: 'MAC', valid: 'valid flag' } as const satisfies Record<
  PeerRow['drift'][number],
  string
>;

/** `MAC and port drifted, seen for 1.5 s`. `at` is the time of the look that showed it. */
export function sayDrift(row: PeerRow, at: number | null): string {
  const fields = row.drift.map((field) => FIELD_WORDS[field]).join(' and ');
  if (row.driftedSince === null || at === null) return `${fields} drifted`;
  const forMs = at - row.driftedSince;
  return forMs <= 0 ? `${fields} drifted, first seen now` : `${fields} drifted, seen for ${formatDuration(forMs)}`;
}

/** What follows from a drifted entry, in one sentence. */
export function sayConsequence(row: PeerRow): string {
  const peer = row.replica;
  if (peer === null)
    return `No replica has slot ${row.key}, yet it is switched on: the program sends copies to ${row.ip}:${row.port}.`;
  if (row.drift.includes('mac')) {
    return `Copies for ${peer} carry ${row.mac}, but its interface has ${row.expected?.mac ?? 'another address'}: it drops them.`;
  }
  if (row.drift.includes('valid')) return `The entry of ${peer} is switched off in the map: no copy is made for it.`;
  return `Copies for ${peer} go to ${row.ip}:${row.port} instead of ${row.expected?.ip ?? '?'}:${row.expected?.port ?? '?'}.`;
}

/** A MAC byte by byte, each marked where the other differs; an unknown other marks nothing. */
export function compareMacs(mac: string, other: string | null): { byte: string; differs: boolean }[] {
  const theirs = other?.split(':') ?? null;
  return mac.split(':').map((byte, at) => ({ byte, differs: theirs !== null && byte !== theirs[at] }));
}
