import { wasDone } from '../declared-faults';
import { type LatencyInterval, percentile } from '../latency';
import type { RunView } from '../run';
import { pettitt } from '../statistics/change-point';
import { median } from '../statistics/median';
import { gate, inPercent } from './gate';
import type { RunGate } from './validity';

/** Below this many intervals Pettitt's approximation of p is no good, and any two intervals look like a change. */
const INTERVALS_LEAST = 10;
/** Intervals next to each other are alike, which makes p smaller than it is; hence a strict level and a least shift. */
const P_BELOW = 0.01;
const SHIFT_LEAST = 0.1;
/** A change this early is the warm-up's end; a later one is something that happened, which other gates speak of. */
const EARLY_SHARE = 1 / 3;

/**
 * Whether the cluster was still settling when measuring began: Pettitt's test for one change of level (A. N. Pettitt, A
 * non-parametric approach to the change-point problem, Applied Statistics 28, 1979) on the median of each 100 ms interval.
 */
export function warmupGate(view: RunView, intervals: readonly LatencyInterval[]): RunGate {
  const medians = mediansOf(intervals);
  const value = `${medians.length} intervals`;
  if (medians.length === 0) {
    return gate('warmup', { state: 'unknown', value: 'unknown', detail: 'There are no intervals of latency.' });
  }
  const change = medians.length < INTERVALS_LEAST ? null : pettitt(medians);
  if (change === null) {
    const remedy = 'Measure for a second or longer.';
    return gate('warmup', { state: 'note', value, detail: 'Too short to tell whether it had settled.', remedy });
  }
  const { index, p } = change;
  const shift = (median(medians.slice(index)) ?? 0) / (median(medians.slice(0, index)) ?? 1) - 1;
  const unsettled = p < P_BELOW && index <= medians.length * EARLY_SHARE && Math.abs(shift) >= SHIFT_LEAST;
  if (!unsettled) return gate('warmup', { state: 'pass', value, detail: 'The median did not change its level early on.' });
  const detail = `After ${index} of ${medians.length} intervals the median ${shift < 0 ? 'fell' : 'rose'} by ${inPercent(Math.abs(shift))} (Pettitt's test, p ${sayP(p)}).`;
  const longer = `Warm up for longer than ${view.config.workload.warmupSeconds} s.`;
  if (view.faults.some(wasDone)) {
    return gate('warmup', { state: 'note', value, detail: `${detail} What was done to the cluster may have moved it.` });
  }
  return gate('warmup', { state: 'suspect', value, detail, remedy: longer });
}

/** p50 of each measured interval in ns. The last interval is a remnant of a few requests and is left out, as are empty ones. */
function mediansOf(intervals: readonly LatencyInterval[]): number[] {
  const measured = intervals.filter(({ phase, completed }) => phase === 'measuring' && completed > 0);
  const full = measured.filter(({ durationUs }, at) => at === 0 || durationUs >= (measured[at - 1]?.durationUs ?? 0) / 2);
  return full.map(({ hist }) => percentile(hist, 50));
}

function sayP(p: number): string {
  return p < 0.0001 ? '< 0.0001' : p.toFixed(4);
}
