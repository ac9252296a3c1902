import { isOver } from '../run';
import type { AttemptOutcome, ExperimentPlan, PlannedRun } from './experiment';

/**
 * Two runs of a pair must lie this near each other, end to start: the pairing is what cancels a drifting machine. A pause or
 * a restart in the middle of a pair begins it anew.
 */
export const PAIR_GAP_MS = 120_000;

/** One try at one pair, with its runs in the order they ran. */
export type Attempt = { cell: number; pair: number; attempt: number; runs: PlannedRun[]; outcome: AttemptOutcome };

/** All attempts in the order they began. */
export function attemptsOf(plan: Pick<ExperimentPlan, 'variants'>, runs: readonly PlannedRun[], now: number): Attempt[] {
  const groups = new Map<string, PlannedRun[]>();
  for (const run of runs) {
    const key = `${run.cell}/${run.pair}/${run.attempt}`;
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { cell, pair, attempt } = first;
    return [{ cell, pair, attempt, runs: group, outcome: outcomeOf(group, plan.variants.length, now) }];
  });
}

/** The newest attempt at each pair, by `cell/pair`. */
export function latestAttempts(attempts: readonly Attempt[]): Map<string, Attempt> {
  const latest = new Map<string, Attempt>();
  for (const attempt of attempts) {
    const known = latest.get(keyOf(attempt));
    if (known === undefined || known.attempt < attempt.attempt) latest.set(keyOf(attempt), attempt);
  }
  return latest;
}

export const keyOf = ({ cell, pair }: { cell: number; pair: number }) => `${cell}/${pair}`;

function outcomeOf(runs: PlannedRun[], sides: number, now: number): AttemptOutcome {
  if (runs.some(({ state }) => state === 'interrupted')) return 'broken_off';
  if (runs.some((run) => isOver(run.state) && run.verdict !== 'valid')) return 'left_out';
  if (runs.some((run, at) => gapBefore(run, runs[at - 1]) > PAIR_GAP_MS)) return 'broken_off';
  if (runs.some(({ state }) => !isOver(state))) return 'open';
  if (new Set(runs.map(({ side }) => side)).size === sides) return 'counts';
  return now - (runs.at(-1)?.endedAt ?? now) > PAIR_GAP_MS ? 'broken_off' : 'open';
}

function gapBefore(run: PlannedRun, before: PlannedRun | undefined): number {
  if (before === undefined || run.startedAt === null || before.endedAt === null) return 0;
  return run.startedAt - before.endedAt;
}
