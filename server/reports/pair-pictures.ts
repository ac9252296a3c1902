import type { PairLines, PairRatios } from '@/pictures/data';
import { formatRange, formatRatio } from '@/pictures/figures';
import type { Attempt } from '../domain/experiment/attempts';
import { LEAST_PAIRS } from '../domain/experiment/estimate-ratio';
import type { ExperimentPlan, NoiseFloor } from '../domain/experiment/experiment';
import { METRICS } from '../domain/experiment/metrics';
import type { MetricResult } from '../domain/experiment/results';
import { sideOf } from './side-label';

type Context = { attempts: readonly Attempt[]; noiseFloor: NoiseFloor | null };
type Pair = { pair: number; base: number; variant: number; counted: boolean };

/** Every pair of a result in the order run. One that does not count is drawn as long as both its figures are known. */
export function comparePairs(
  plan: ExperimentPlan,
  row: MetricResult,
  { attempts, noiseFloor }: Context,
): { pairLines: PairLines; pairRatios: PairRatios } {
  const metricTitle = METRICS.find(({ metric }) => metric === row.metric)?.title ?? row.metric;
  const variant = sideOf(plan, row.side);
  const pairs = pairsOf(row, attempts);
  return {
    pairLines: { base: sideOf(plan, 0), variant, metricTitle, unit: row.unit, pairs },
    pairRatios: {
      variant,
      metricTitle,
      pairs: pairs.map(({ pair, base, variant: above, counted }) => ({ pair, ratio: above / base, counted })),
      summary: summaryOf(row),
      noise: row.noise === null ? null : { range: row.noise, label: noiseLabel(row.noise, noiseFloor) },
      paper: row.paper === null ? null : { range: row.paper.range, label: paperLabel(row.paper) },
    },
  };
}

function pairsOf({ cell, side, metric }: MetricResult, attempts: readonly Attempt[]): Pair[] {
  return attempts
    .filter((attempt) => attempt.cell === cell)
    .flatMap(({ pair, runs, outcome }) => {
      const base = runs.find((run) => run.side === 0)?.figures[metric] ?? null;
      const variant = runs.find((run) => run.side === side)?.figures[metric] ?? null;
      if (base === null || variant === null || base <= 0 || variant <= 0) return [];
      return [{ pair, base, variant, counted: outcome === 'counts' }];
    });
}

/** Below six pairs an interval carries no claim: the picture then shows the range of the pairs. */
function summaryOf({ medianRatio, ci95, n }: MetricResult): PairRatios['summary'] {
  return medianRatio === null ? null : { median: medianRatio, ci95: n < LEAST_PAIRS ? null : ci95, n };
}

function noiseLabel(range: readonly [number, number], floor: NoiseFloor | null): string {
  return `noise floor ${formatRange(range, formatRatio)}${floor === null ? '' : `, from ${floor.experimentId}`}`;
}

export function paperLabel({ source, range }: NonNullable<MetricResult['paper']>): string {
  return `${source}: ${formatRange(range, formatRatio)}`;
}
