import type { ExperimentId } from '@/server/domain/experiment/place';
import type { RunId } from '@/server/domain/run';
import type { RetentionPlan, RetentionPolicy } from '@/server/domain/run-marks';

/** A run as retention looks at it. bytes: in database and files. */
export type KeptRun = {
  id: RunId;
  createdAt: number;
  bytes: number;
  over: boolean;
  /** It is tagged `keep`. */
  keep: boolean;
  experiment: { id: ExperimentId; over: boolean } | null;
};

/** What goes or stays together: a run by itself, or all runs of an experiment, which is as old as its newest. */
type Unit = { runs: KeptRun[]; createdAt: number; bytes: number; experiment: ExperimentId | null; stays: string | null };

const DAY_MS = 86_400_000;

/**
 * Too old goes first; then the oldest of the rest, until what is left fits into maxBytes. What has a reason to stay is
 * passed over, and counted under that reason if it would have gone otherwise.
 */
export function planRetention(runs: KeptRun[], policy: RetentionPolicy, now: number): RetentionPlan {
  const totalBytes = sumBytes(runs);
  const oldest = policy.maxAgeDays === null ? Number.NEGATIVE_INFINITY : now - policy.maxAgeDays * DAY_MS;
  const remove: RetentionPlan['remove'] = [];
  const kept = new Map<string, number>();
  let left = totalBytes;
  for (const unit of toUnits(runs)) {
    // Units come in the order of their age: as soon as one is neither too old nor too much, all others stay.
    const why = unit.createdAt < oldest ? 'age' : left > (policy.maxBytes ?? Number.POSITIVE_INFINITY) ? 'size' : null;
    if (why === null) break;
    if (unit.stays !== null) {
      kept.set(unit.stays, (kept.get(unit.stays) ?? 0) + unit.runs.length);
      continue;
    }
    left -= unit.bytes;
    for (const { id, createdAt, bytes } of unit.runs) remove.push({ id, createdAt, bytes, why, experiment: unit.experiment });
  }
  return {
    policy,
    remove,
    removeBytes: totalBytes - left,
    totalBytes,
    totalRuns: runs.length,
    kept: [...kept].map(([why, count]) => ({ why, runs: count })),
  };
}

/** Of what is planned, what is also among these ids; an experiment only if all of its runs are. */
export function confirmed(plan: RetentionPlan, ids: readonly RunId[]): { runs: RunId[]; experiments: ExperimentId[] } {
  const shown = new Set(ids);
  const broken = new Set(plan.remove.filter(({ id }) => !shown.has(id)).map(({ experiment }) => experiment));
  const chosen = plan.remove.filter(({ id, experiment }) => shown.has(id) && (experiment === null || !broken.has(experiment)));
  return {
    runs: chosen.map(({ id }) => id),
    experiments: [...new Set(chosen.flatMap(({ experiment }) => (experiment === null ? [] : [experiment])))],
  };
}

/** Oldest first. */
function toUnits(runs: KeptRun[]): Unit[] {
  const groups = new Map<string, KeptRun[]>();
  for (const run of runs) {
    const key = run.experiment?.id ?? run.id;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [run]);
    else group.push(run);
  }
  return [...groups.values()].map(toUnit).sort((a, b) => a.createdAt - b.createdAt);
}

function toUnit(runs: KeptRun[]): Unit {
  return {
    runs,
    createdAt: runs.reduce((newest, run) => Math.max(newest, run.createdAt), 0),
    bytes: sumBytes(runs),
    experiment: runs[0]?.experiment?.id ?? null,
    stays: reasonToStay(runs),
  };
}

function reasonToStay(runs: KeptRun[]): string | null {
  if (runs.some(({ experiment }) => experiment !== null && !experiment.over)) return 'part of an experiment that is not over';
  if (runs.some(({ over }) => !over)) return 'not over';
  if (!runs.some(({ keep }) => keep)) return null;
  return runs[0]?.experiment === null ? 'tagged keep' : 'part of an experiment with a run that is tagged keep';
}

const sumBytes = (runs: KeptRun[]) => runs.reduce((sum, { bytes }) => sum + bytes, 0);
