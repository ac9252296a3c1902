import { PHASE_TITLES } from '@/components/runs/phase-titles';
import type { BpfLife, BpfSeries, RunView } from '@/server/api/types';
import type { TimeSpan } from './rate-chart';

/** From launch to the end, or to the last thing seen of a run that goes on; its phases as bands. */
export function spanOf(run: RunView, series: readonly BpfSeries[], lives: readonly BpfLife[]): TimeSpan {
  const phases = run.phases.filter(({ phase }) => phase !== 'queued');
  const from = phases[0]?.startedAt ?? run.startedAt ?? run.config.createdAt;
  const seen = [...series.flatMap(({ at }) => at.at(-1) ?? []), ...lives.map(({ lastSeenAt }) => lastSeenAt)];
  const to = Math.max(
    run.endedAt ?? 0,
    from + 1_000,
    ...(run.endedAt === null ? seen : []),
    ...phases.map(({ startedAt }) => startedAt),
  );
  return {
    from,
    to,
    faults: run.faults.map(({ title, startedAt, endedAt }) => ({ title, from: startedAt, to: endedAt ?? to })),
    bands: phases.map(({ phase, startedAt, endedAt }) => ({ title: PHASE_TITLES[phase], from: startedAt, to: endedAt ?? to })),
  };
}
