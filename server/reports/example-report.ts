import { BASELINE, exampleInterval, exampleRun, TC_BROADCAST } from '../domain/example-run';
import { attemptsOf } from '../domain/experiment/attempts';
import { sidesInOrder } from '../domain/experiment/block-order';
import { cellsOf } from '../domain/experiment/cells';
import type { ExperimentPlan, ExperimentRecord, ExperimentView, NoiseFloor } from '../domain/experiment/experiment';
import { findResults } from '../domain/experiment/find-results';
import { measureProgress } from '../domain/experiment/measure-progress';
import { METRICS } from '../domain/experiment/metrics';
import { pairsInOrder } from '../domain/experiment/next-place';
import { standingsOf } from '../domain/experiment/pair-standings';
import type { Place } from '../domain/experiment/place';
import { toPlannedRun } from '../domain/experiment/planned-run';
import { traceCurves } from '../domain/experiment/trace-curves';
import { traceSweep } from '../domain/experiment/trace-sweep';
import type { HostFacts } from '../domain/host';
import { type LatencyInterval, summarise } from '../domain/latency';
import type { RunView } from '../domain/run';
import { createRandom, type Random } from '../domain/statistics/random';
import { judgeRun } from '../domain/validity/judge-run';
import { WORKLOAD_DEFAULT } from '../domain/workload';
import type { ReportInput } from './report-input';

/** A whole experiment for tests: invented latencies, judged and read by the same code as real ones. */

const HOST: HostFacts = {
  kernel: '6.18.44',
  cpuModel: 'AMD EPYC 7763 64-Core Processor',
  cores: 8,
  memoryBytes: 24_700_000_000,
  engine: '20.10.24',
  compose: '2.26.1',
  storageDriver: 'overlay2',
  governor: null,
  load1: 0.4,
  btf: true,
  bpfStats: true,
  os: 'Debian GNU/Linux 12 (bookworm)',
};

const STARTED = 1_763_900_000_000;
const RUN_MS = 9_000;

export const EXAMPLE_PLAN: ExperimentPlan = {
  title: 'Broadcast by cluster size',
  question: 'How does tc_broadcast change latency, throughput and leader CPU, by cluster size?',
  scenarios: ['scenario3', 'scenario5', 'scenario7'],
  variants: ['baseline', 'tc_broadcast'],
  workloads: [{ ...WORKLOAD_DEFAULT, amount: { kind: 'requests', requests: 20_000 }, warmupSeconds: 1 }],
  pairs: 20,
  retriesPerPair: 2,
  seed: 20_230_417,
  insist: false,
};

type Example = {
  plan?: Partial<ExperimentPlan>;
  record?: Partial<ExperimentRecord>;
  /** Runs that were launched so far; all of the plan without it. */
  launched?: number;
  /** Positions, in order of launch, of runs beside which something else was busy; their pair is begun once more at the end. */
  busy?: number[];
  noiseFloor?: boolean;
  /** Measured seconds of every run. */
  seconds?: number;
};

export function exampleReport({
  plan: changes = {},
  record: facts = {},
  launched,
  busy = [],
  noiseFloor = true,
  seconds = 2.2,
}: Example = {}): ReportInput {
  const plan = { ...EXAMPLE_PLAN, ...changes };
  const random = createRandom(plan.seed);
  const places = placesOf(plan, busy).slice(0, launched);
  const measured = places.map((place, at) => measureRun(plan, place, { at, random, busy: busy.includes(at), seconds }));
  const runs = measured.map(({ view }) => view);
  const intervals = new Map(measured.map(({ view, intervals: own }) => [view.config.id, own]));
  const record = { ...recordOf(plan, runs), ...facts };
  const view = viewOf(record, runs);
  const floor = noiseFloor ? floorOf(plan) : null;
  const results = findResults({ record, runs, noiseFloor: floor, now: Number.MAX_SAFE_INTEGER });
  const attempts = attemptsOf(plan, view.runs, Number.MAX_SAFE_INTEGER);
  return {
    view,
    results,
    curves: view.cells.map(({ index }) => {
      return traceCurves(plan, attempts, { cell: index, intervals: (id) => intervals.get(id) ?? [] });
    }),
    sweep: traceSweep(plan, results.rows),
    runs,
    storeId: '3fa9c1',
    labCommit: 'e7725e5d1c0ffee0000000000000000000000000',
    generatedAt: STARTED + 90_000_000,
  };
}

/** The plan's order, and one more attempt at the end for each pair that was disturbed. */
function placesOf(plan: ExperimentPlan, busy: readonly number[]): Place[] {
  const attempt = (number: number) => (pair: { cell: number; pair: number }) =>
    sidesInOrder(plan, pair.pair).map((side): Place => ({ experimentId: 'x-0017', ...pair, attempt: number, side }));
  const first = pairsInOrder(plan).flatMap(attempt(1));
  const again = busy.flatMap((at) => first[at] ?? []).map(({ cell, pair }) => ({ cell, pair }));
  return [...first, ...again.flatMap(attempt(2))];
}

type Making = { at: number; random: Random; busy: boolean; seconds: number };

function measureRun(plan: ExperimentPlan, place: Place, { at, random, busy, seconds }: Making) {
  const { scenario, workload } = cellsOf(plan)[place.cell] ?? { scenario: 'scenario3', workload: WORKLOAD_DEFAULT };
  const size = Number(/\d+$/.exec(scenario)?.[0] ?? 3);
  const name = plan.variants[place.side] ?? 'baseline';
  const effect = name === 'baseline' ? 1 : ({ 3: 0.99, 5: 0.9, 7: 0.78 }[size] ?? 0.9);
  const middle = (60_000 + 24_000 * size) * (0.7 + 0.3 * workload.clients) * effect * (0.97 + 0.06 * random.nextUnit());
  const length = Math.round(seconds * 10);
  const requests = Math.max(12, Math.round(2_640 / length));
  const intervals = Array.from({ length }, (_, index) => exampleInterval(index, latencies(requests, middle, random)));
  const startedAt = STARTED + at * RUN_MS;
  const config = {
    id: `r-${String(96 + at).padStart(4, '0')}`,
    size,
    scenario,
    workload,
    place,
    variant: name === 'baseline' ? BASELINE : { ...TC_BROADCAST, name },
    createdAt: startedAt,
  };
  const run = exampleRun({ config });
  const view = {
    ...run,
    replicas: run.replicas.map((replica) => ({
      ...replica,
      view: 0,
      role: replica.id === 1 ? ('leader' as const) : ('follower' as const),
    })),
    ...measuredFacts(intervals, workload.clients),
    startedAt,
    endedAt: startedAt + RUN_MS - 800,
  };
  const observed = { ...view, conditions: conditionsOf(busy), leaderCpuNs: view.completed * middle * 0.4 };
  return { intervals, view: { ...observed, validity: judgeRun(observed, intervals) } };
}

function measuredFacts(intervals: LatencyInterval[], clients: number): Partial<RunView> & Pick<RunView, 'completed'> {
  const latency = summarise(intervals);
  return {
    latency,
    completed: latency?.n ?? 0,
    throughputPerS: (clients * 1e9) / ((latency?.meanNs ?? 1) * 1.02),
    host: HOST,
    imageDigest: 'sha256:7be1c09a52f37be1c09a52f37be1c09a52f37be1c09a52f37be1c09a52f37be1',
    gitCommit: 'e7725e5d1c0ffee0000000000000000000000000',
  };
}

/** Skewed to the right, as latencies are; now and then one is far out. */
function latencies(length: number, middleNs: number, random: Random): number[] {
  return Array.from({ length }, () => {
    const spread = random.nextUnit() + random.nextUnit() + random.nextUnit() - 1.5;
    const far = random.nextUnit() > 0.992 ? 1 + 6 * random.nextUnit() : 1;
    return Math.round(middleNs * Math.exp(0.25 * spread) * far);
  });
}

function conditionsOf(busy: boolean): RunView['conditions'] {
  return {
    windowMs: 2_200,
    cores: 8,
    runCores: 2.4,
    clientCores: 0.61,
    labCores: 0.04,
    engineCores: 0.03,
    outsideCores: busy ? 0.97 : 0.02,
    outside: busy ? [{ pid: 4711, command: 'stress-ng', cores: 0.97 }] : [],
    stealCores: 0,
    mhz: null,
    memoryAvailableBytes: 18_000_000_000,
    memoryStallShare: 0,
    swappedPages: 0,
    viewers: 0,
    problem: null,
  };
}

function recordOf(plan: ExperimentPlan, runs: readonly RunView[]): ExperimentRecord {
  return {
    id: 'x-0017',
    plan,
    state: 'done',
    note: null,
    origin: 'panel',
    createdAt: STARTED - 1_000,
    endedAt: runs.at(-1)?.endedAt ?? STARTED,
    grantedRetries: [],
    importedFrom: null,
    frozenNoiseFloor: null,
  };
}

function viewOf(record: ExperimentRecord, runs: readonly RunView[]): ExperimentView {
  const planned = runs.flatMap((run) => toPlannedRun(run) ?? []);
  const now = Number.MAX_SAFE_INTEGER;
  const progress = measureProgress({ record, runs: planned, now });
  const pairs = standingsOf({ record, runs: planned, now });
  return { record, cells: cellsOf(record.plan), runs: planned, pairs, progress, waitsFor: null, pausing: false, running: null };
}

function floorOf(plan: ExperimentPlan): NoiseFloor {
  return {
    experimentId: 'x-0016',
    measuredAt: STARTED - 86_400_000,
    cells: cellsOf(plan).flatMap(({ scenario, workload }) =>
      METRICS.map(({ metric }) => ({ scenario, workload, metric, n: 20, band: [1 / 1.03, 1.03] satisfies [number, number] })),
    ),
  };
}
