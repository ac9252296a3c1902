import type { BpfSeries } from '@/server/api/types';
import { programKey, type RateHistory } from './rate-history';

/** Between two looks. null: not counted (statistics off), or it never ran. */
export type RateStep = { at: number; ms: number; runs: number | null; ns: number | null };

/** One drawn point: the mean over its looks, weighted by time and by runs, and the highest of them. */
export type RatePoint = {
  /** Milliseconds since the Unix epoch, the end of the stretch. */
  at: number;
  runsPerS: number | null;
  runsPerSMost: number | null;
  nsPerRun: number | null;
  nsPerRunMost: number | null;
};

/**
 * What happened between looks. The kernel's count stands still both while statistics are off and while nothing runs; the
 * series cannot tell which, so a stretch without a step of the count is a gap, never a zero.
 */
export function stepsOf({ at, runCnt, runTimeNs }: BpfSeries): RateStep[] {
  return at.slice(1).map((time, index) => {
    const runs = difference(runCnt[index + 1], runCnt[index]);
    const ns = difference(runTimeNs[index + 1], runTimeNs[index]);
    const counted = runs !== null && runs > 0 && ns !== null;
    return { at: time, ms: time - (at[index] ?? time), runs: counted ? runs : null, ns: counted ? ns : null };
  });
}

function difference(later: number | null | undefined, earlier: number | null | undefined): number | null {
  return later === null || later === undefined || earlier === null || earlier === undefined ? null : later - earlier;
}

/** At most `most` points, each of equally many looks; `looks` is how many stand behind one point. */
export function reduceSteps(steps: readonly RateStep[], most: number): { points: RatePoint[]; looks: number } {
  const looks = Math.max(1, Math.ceil(steps.length / most));
  const points: RatePoint[] = [];
  for (let from = 0; from < steps.length; from += looks) points.push(pointOf(steps.slice(from, from + looks)));
  return { points, looks };
}

function pointOf(steps: readonly RateStep[]): RatePoint {
  const at = steps.at(-1)?.at ?? 0;
  let [ms, runs, ns, runsPerSMost, nsPerRunMost] = [0, 0, 0, 0, 0];
  for (const step of steps) {
    if (step.runs === null || step.ns === null || step.ms <= 0) continue;
    ms += step.ms;
    runs += step.runs;
    ns += step.ns;
    runsPerSMost = Math.max(runsPerSMost, (step.runs / step.ms) * 1_000);
    nsPerRunMost = Math.max(nsPerRunMost, step.ns / step.runs);
  }
  if (runs === 0) return { at, runsPerS: null, runsPerSMost: null, nsPerRun: null, nsPerRunMost: null };
  return { at, runsPerS: (runs / ms) * 1_000, runsPerSMost, nsPerRun: ns / runs, nsPerRunMost };
}

const SPARK_POINTS = 120;

/** The whole run's rates for the sparks of a run that is over. */
export function historyOf(series: readonly BpfSeries[]): RateHistory {
  return new Map(
    series.map((one) => [
      programKey(one.replica, one.programId),
      reduceSteps(stepsOf(one), SPARK_POINTS).points.map(({ runsPerS }) => runsPerS),
    ]),
  );
}
