/** Faults and what came of them as marks of charts over relative time. */
import { formatDuration } from '@/components/ui/format';
import type { TimeMarks } from '@/pictures/data';
import type { RunView } from '@/server/api/types';

export type Marked = Pick<RunView, 'phases' | 'faults' | 'outages' | 'leaders'>;

/** Shorter ones are moments. */
const LEAST_SPAN_MS = 50;

/** When the measured window began, in milliseconds since the Unix epoch; null before. */
export function windowStart({ phases }: Pick<RunView, 'phases'>): number | null {
  return phases.find(({ phase }) => phase === 'measuring')?.startedAt ?? null;
}

/** In milliseconds since measuring began. reachedMs: how far the chart has come; what goes on ends there. */
export function faultMarks(run: Marked, reachedMs: number): Required<TimeMarks> {
  const begin = windowStart(run);
  if (begin === null) return { spans: [], moments: [] };
  const since = (epochMs: number) => Math.round(epochMs - begin);
  const faults = run.faults.map(({ title, startedAt, endedAt }) => {
    const fromMs = since(startedAt);
    return { fromMs, toMs: endedAt === null ? Math.max(fromMs, reachedMs) : since(endedAt), label: title };
  });
  const isLong = ({ fromMs, toMs }: { fromMs: number; toMs: number }) => toMs - fromMs >= LEAST_SPAN_MS;
  return {
    spans: faults.filter(isLong).map((fault) => ({ ...fault, kind: 'fault' as const })),
    moments: [
      ...faults.filter((fault) => !isLong(fault)).map(({ fromMs, label }) => ({ atMs: fromMs, label, kind: 'fault' as const })),
      ...run.outages.map(({ startMs, durationMs }) => ({
        atMs: Math.round(startMs),
        label: `no reply for ${formatDuration(durationMs)}`,
        kind: 'outage' as const,
      })),
      // The first leader is where the run began, no change.
      ...run.leaders
        .slice(1)
        .map(({ at, view, leader }) => ({ atMs: since(at), label: `${leader} leads view ${view}`, kind: 'leader' as const })),
    ],
  };
}
