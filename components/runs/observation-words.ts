import { formatDuration } from '@/components/ui/format';
import type { Observation, RunView } from '@/server/api/types';

const WHAT = {
  bpf_watch: 'eBPF looked at',
  bpf_statistics: 'eBPF statistics on',
  trace: 'operations traced',
} as const satisfies Record<Observation['kind'], string>;

/** Two looks are this far apart: what ended with the window is told of at the last one inside it. */
const LOOK_MS = 500;

/** `eBPF statistics on from 1.2 s to the end of the window`. windowMs: null while it goes on. */
export function sayObservation({ kind, fromMs, toMs }: Observation, windowMs: number | null): string {
  const toTheEnd = windowMs !== null && (toMs === null || toMs >= windowMs - LOOK_MS);
  if (fromMs <= 0 && toTheEnd) return `${WHAT[kind]} over the whole window`;
  const from = fromMs <= 0 ? 'its begin' : formatDuration(fromMs);
  if (toTheEnd) return `${WHAT[kind]} from ${from} to the end of the window`;
  return toMs === null ? `${WHAT[kind]} from ${from} on` : `${WHAT[kind]} from ${from} to ${formatDuration(toMs)}`;
}

/** Length of the measured window; null while it is open, and for runs without one. */
export function windowMsOf({ conditions, phases }: RunView): number | null {
  if (conditions !== null) return conditions.windowMs;
  const measuring = phases.find(({ phase }) => phase === 'measuring');
  return measuring === undefined || measuring.endedAt === null ? null : measuring.endedAt - measuring.startedAt;
}
