/** The data of the pictures of many runs over each other. */
import type { EcdfLines, PercentileLines, Side } from '@/pictures/data';
import type { RunsComparison } from '@/server/api/types';

type Run = RunsComparison['runs'][number];
type Group = RunsComparison['groups'][number];

/** One scenario under one workload: what can be drawn over each other. */
export type Panel = {
  scenario: string;
  workload: string;
  /** runs: a line per run. variants: a line per variant, through the median of its valid runs. */
  kind: 'runs' | 'variants';
  percentiles: PercentileLines;
  ecdf: EcdfLines;
};

/** Runs of one variant have one colour; more of them than this cannot be told apart. */
const RUNS_MOST = 4;

/** A panel for each scenario and workload, in the order of the groups. */
export function manyPanels({ runs, groups }: Pick<RunsComparison, 'runs' | 'groups'>): Panel[] {
  const places = new Map<string, Group[]>();
  for (const group of groups) {
    const place = `${group.scenario}\n${sayPlace(group)}`;
    places.set(place, [...(places.get(place) ?? []), group]);
  }
  return [...places.values()].map((place) => toPanel(place, runs));
}

/** Runs that were disturbed otherwise measured something else. */
function sayPlace({ workload, faults }: Group): string {
  return faults === null ? workload : `${workload}; faults: ${faults}`;
}

function toPanel(groups: Group[], all: readonly Run[]): Panel {
  const members = all.filter(({ summary }) => groups.some(({ ids }) => ids.includes(summary.id)));
  const kind = members.length <= RUNS_MOST ? 'runs' : 'variants';
  const lines =
    kind === 'runs'
      ? members.map((run) => ({ side: sideOf(run, members), runs: [run] }))
      : groups.map(({ variant, counted }) => ({
          side: { variant, label: variant },
          runs: members.filter(({ summary }) => counted.includes(summary.id)),
        }));
  const drawn = lines.filter((line) => line.runs.length > 0);
  return {
    scenario: groups[0]?.scenario ?? '',
    workload: groups[0] === undefined ? '' : sayPlace(groups[0]),
    kind,
    percentiles: { lines: drawn.map(({ side, runs }) => ({ side, points: medianPercentiles(runs) })) },
    ecdf: { lines: drawn.map(({ side, runs }) => ({ side, points: medianEcdf(runs) })) },
  };
}

/** The variant's name is enough where it stands alone. */
function sideOf({ summary: { id, variant } }: Run, members: readonly Run[]): Side {
  const alone = members.filter(({ summary }) => summary.variant === variant).length === 1;
  return { variant, label: alone ? variant : `${variant} ${id}` };
}

/** At each percentile that every run knows: the median run, and the lowest and highest around it. */
function medianPercentiles(runs: readonly Run[]): PercentileLines['lines'][number]['points'] {
  const [first, ...others] = runs;
  return (first?.percentiles ?? []).flatMap(({ percentile, ns }) => {
    const more = others.flatMap((run) => run.percentiles.find((point) => point.percentile === percentile)?.ns ?? []);
    if (more.length < others.length) return [];
    const values = [ns, ...more];
    const range: [number, number] | null = others.length === 0 ? null : [Math.min(...values), Math.max(...values)];
    return [{ percentile, ns: medianOf(values), range }];
  });
}

const SHARES = Array.from({ length: 100 }, (_, at) => (at + 1) / 100);

/** A run's own curve; for several, at each hundredth the median of the runs' latencies there. */
function medianEcdf(runs: readonly Run[]): EcdfLines['lines'][number]['points'] {
  const [first, ...others] = runs;
  if (first === undefined || others.length === 0) return first?.ecdf ?? [];
  return SHARES.flatMap((share) => {
    const values = runs.flatMap(({ ecdf }) => ecdf.find((step) => step.share >= share - 1e-9)?.ns ?? []);
    return values.length < runs.length ? [] : [{ ns: medianOf(values), share }];
  });
}

/** Of at least one value; the mean of the middle two. */
function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  const low = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  const high = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return (low + high) / 2;
}
