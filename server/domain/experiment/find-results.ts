import type { RunView } from '../run';
import { holmAdjust } from '../statistics/holm';
import { median } from '../statistics/median';
import { attemptsOf } from './attempts';
import { cellsOf } from './cells';
import { countGates } from './count-gates';
import { estimateRatio } from './estimate-ratio';
import { type Cell, type ExperimentRecord, isControl, type NoiseFloor, type PlannedRun } from './experiment';
import { METRICS, PRIMARY } from './metrics';
import { bandFor } from './noise-floor';
import { countedPairs, ratiosOf } from './pair-ratios';
import { paperBand, readAgainstPaper } from './paper-bands';
import { toPlannedRun } from './planned-run';
import { readResult } from './read-result';
import type { ExperimentResults, MetricResult } from './results';
import { sayVerdict } from './say-verdict';

type Known = {
  record: ExperimentRecord;
  runs: readonly RunView[];
  /** Of the newest control that fits; null if there is none. */
  noiseFloor: NoiseFloor | null;
  now: number;
};

/** What an experiment has found so far. Only pairs whose every run is valid count; the others are told beside. */
export function findResults({ record, runs, noiseFloor, now }: Known): ExperimentResults {
  const control = isControl(record.plan);
  const planned = runs.flatMap((run) => toPlannedRun(run) ?? []);
  const floor = control ? null : (record.frozenNoiseFloor ?? noiseFloor);
  const attempts = attemptsOf(record.plan, planned, now);
  const rows = cellsOf(record.plan).flatMap((cell) =>
    record.plan.variants.slice(1).flatMap((_, at) => {
      const pairs = countedPairs(attempts, cell.index, at + 1);
      return rowsOf({ record, cell, side: at + 1, pairs, floor, runs });
    }),
  );
  return {
    experimentId: record.id,
    isControl: control,
    verdict: sayVerdict({ record, rows, planned, hasFloor: floor !== null }),
    rows,
    noiseFloor: floor,
    noiseNote: floor !== null || control ? null : NO_FLOOR,
    gates: countGates(runs),
  };
}

const NO_FLOOR =
  'No A/A control of this base, workload and machine is stored, so intervals and p alone decide. Run the A/A control to know how far the machine moves by itself.';

type RowInput = {
  record: ExperimentRecord;
  cell: Cell;
  side: number;
  pairs: ReturnType<typeof countedPairs>;
  floor: NoiseFloor | null;
  runs: readonly RunView[];
};

/** One row per metric; p of the secondary metrics is corrected over them, the primary one stands for itself. */
function rowsOf(input: RowInput): MetricResult[] {
  const rows = METRICS.map((facts) => rowOf(input, facts));
  const adjusted = holmAdjust(rows.map(({ metric, p }) => (metric === PRIMARY ? null : p)));
  return rows.map((row, at) => {
    const pHolm = row.metric === PRIMARY ? row.p : (adjusted[at] ?? null);
    return { ...row, pHolm, reading: readResult({ ...row, pHolm }) };
  });
}

function rowOf({ record, cell, side, pairs, floor, runs }: RowInput, facts: (typeof METRICS)[number]): MetricResult {
  const { plan } = record;
  const variant = plan.variants[side] ?? '';
  const ratios = ratiosOf(pairs, facts.metric);
  const estimate = estimateRatio(
    ratios.map(({ ratio }) => ratio),
    plan.seed,
  );
  const ofCell = runs.find((run) => run.config.place?.cell === cell.index);
  const replicas = ofCell?.config.replicas.length ?? 0;
  const paper = isControl(plan) ? null : paperBand(variant, replicas, facts.metric);
  const how = { better: facts.better, sharedCores: ofCell !== undefined && sharesCores(ofCell) };
  const counted = (pick: (pair: (typeof pairs)[number]) => PlannedRun) =>
    median(pairs.flatMap((pair) => pick(pair).figures[facts.metric] ?? []));
  return {
    cell: cell.index,
    scenario: cell.scenario,
    replicas,
    workload: cell.workload,
    base: plan.variants[0] ?? '',
    variant,
    side,
    metric: facts.metric,
    unit: facts.unit,
    better: facts.better,
    ratios,
    ...estimate,
    baseMedian: counted(({ base }) => base),
    variantMedian: counted((pair) => pair.variant),
    pHolm: null,
    noise: bandFor(floor, cell, facts.metric),
    paper,
    paperReading: paper === null || estimate.medianRatio === null ? null : readAgainstPaper(paper, estimate.medianRatio, how),
    reading: 'too_few_pairs',
  };
}

/** Fewer cores than processes that are busy at once: replicas, client. */
function sharesCores({ host, config }: RunView): boolean {
  return host === null || host.cores < config.replicas.length + 1;
}
