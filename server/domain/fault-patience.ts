import type { FaultPlan } from './fault';
import type { RunConfig } from './run';

/**
 * How long the client waits for any reply before it gives the run up. Faults may come by hand into every run, so it is more
 * than a view change and a restart take together.
 */
const PATIENCE_MS = 10_000;

/** NO_PROGRESS_MS of a run's client: what the plan takes away at most in one stretch, and then as long as in any run. */
export function noProgressMs({ faults }: Pick<RunConfig, 'faults'>): number {
  return Math.ceil(longestStretchSeconds(faults) * 1000) + PATIENCE_MS;
}

/** The longest time in which one declared fault or another holds; those without an end do not count, being meant to last. */
function longestStretchSeconds(plan: FaultPlan): number {
  let longest = 0;
  let from = 0;
  let to = Number.NEGATIVE_INFINITY;
  for (const [begin, end] of stretchesOf(plan)) {
    if (begin > to) from = begin;
    to = Math.max(to, end);
    longest = Math.max(longest, to - from);
  }
  return longest;
}

/** In order of their begin. Whoever was killed for good may be started by a later restart: so long it is away. */
function stretchesOf(plan: FaultPlan): [number, number][] {
  return plan.flatMap(({ atSeconds, action, forSeconds }, index): [number, number][] => {
    if (forSeconds !== null) return [[atSeconds, atSeconds + forSeconds]];
    if (action.kind !== 'kill') return [];
    const back = plan.slice(index + 1).findLast((later) => later.action.kind === 'restart');
    return back === undefined ? [] : [[atSeconds, back.atSeconds]];
  });
}
