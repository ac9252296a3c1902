import type { Verdict } from '../validity/validity';
import { attemptsOf } from './attempts';
import type {
  AttemptOutcome,
  ExperimentMetric,
  ExperimentPlan,
  ExperimentState,
  ExperimentView,
  NoiseFloor,
} from './experiment';
import type { ExperimentId } from './place';
import type { ExperimentResults, GateCount, MetricResult } from './results';

/** The JSON document of `lab experiment --json`; docs/schemas/experiment.md explains every field. */
export type ExperimentDocument = {
  schemaVersion: 1;
  experimentId: ExperimentId;
  state: ExperimentState;
  plan: ExperimentPlan;
  verdict: ExperimentResults['verdict'];
  /** Every attempt at every pair in the order they began, those that do not count among them. */
  pairs: {
    scenario: string;
    clients: number;
    pair: number;
    attempt: number;
    outcome: AttemptOutcome;
    /** In the order they ran. */
    runs: {
      runId: string;
      variant: string;
      side: number;
      verdict: Verdict | null;
      reason: string | null;
      figures: Record<ExperimentMetric, number | null>;
    }[];
  }[];
  results: (Pick<
    MetricResult,
    'scenario' | 'replicas' | 'base' | 'variant' | 'metric' | 'n' | 'medianRatio' | 'ci95' | 'p' | 'pHolm' | 'noise'
  > & {
    clients: number;
    baseMedian: number | null;
    variantMedian: number | null;
    verdict: MetricResult['reading'];
    paper: { source: string; range: [number, number]; reading: string | null } | null;
  })[];
  gates: GateCount[];
  noiseFloor: NoiseFloor | null;
};

export function toExperimentDocument({
  view,
  results,
}: {
  view: ExperimentView;
  results: ExperimentResults;
}): ExperimentDocument {
  const { record, cells, runs } = view;
  return {
    schemaVersion: 1,
    experimentId: record.id,
    state: record.state,
    plan: record.plan,
    verdict: results.verdict,
    pairs: attemptsOf(record.plan, runs, Date.now()).map(({ cell, pair, attempt, outcome, runs: own }) => ({
      scenario: cells[cell]?.scenario ?? '',
      clients: cells[cell]?.workload.clients ?? 0,
      pair,
      attempt,
      outcome,
      runs: own.map(({ runId, variant, side, verdict, reason, figures }) => ({
        runId,
        variant,
        side,
        verdict,
        reason,
        figures,
      })),
    })),
    results: results.rows.map(toDocumentRow),
    gates: results.gates,
    noiseFloor: results.noiseFloor,
  };
}

function toDocumentRow(row: MetricResult): ExperimentDocument['results'][number] {
  const { scenario, replicas, base, variant, metric, n, medianRatio, ci95, p, pHolm, noise, baseMedian, variantMedian } = row;
  const paper =
    row.paper === null ? null : { source: row.paper.source, range: row.paper.range, reading: row.paperReading?.state ?? null };
  return {
    ...{ scenario, replicas, clients: row.workload.clients, base, variant, metric, n, medianRatio, ci95, p, pHolm },
    ...{ verdict: row.reading, baseMedian, variantMedian, noise, paper },
  };
}
