import type { RunView } from '@/server/domain/run';

/** Ratios variant / baseline of one pair; null where a side did not complete or does not know the figure. */
export type PairRatios = Record<'p50' | 'p99' | 'throughput' | 'leaderCpuPerRequest', number | null>;

export type RatioSummary = { median: number | null; min: number | null; max: number | null; n: number };

/** Both sides must have completed with a fitting proof, else the pair has no ratios. */
export function pairRatios(baseline: RunView, variant: RunView): PairRatios {
  const usable = [baseline, variant].every((view) => view.state === 'done' && view.proof?.fits === true);
  const ratio = (figure: (view: RunView) => number | null) => {
    const [below, above] = [figure(baseline), figure(variant)];
    return usable && below !== null && above !== null && below > 0 ? above / below : null;
  };
  return {
    p50: ratio((view) => view.latency?.p50Ns ?? null),
    p99: ratio((view) => view.latency?.p99Ns ?? null),
    throughput: ratio((view) => view.throughputPerS),
    leaderCpuPerRequest: ratio((view) =>
      view.leaderCpuNs === null || view.completed === 0 ? null : view.leaderCpuNs / view.completed,
    ),
  };
}

/** Median, extremes and how many pairs carried the figure. */
export function summariseRatios(ratios: (number | null)[]): RatioSummary {
  const known = ratios.filter((ratio) => ratio !== null).sort((a, b) => a - b);
  return { median: medianOf(known), min: known[0] ?? null, max: known.at(-1) ?? null, n: known.length };
}

/** Of ascending values; the mean of the middle two for an even count. */
function medianOf(ascending: number[]): number | null {
  const upper = ascending[Math.floor(ascending.length / 2)];
  const lower = ascending[Math.ceil(ascending.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}
