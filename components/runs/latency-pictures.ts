/** What the latency card's pictures are drawn from. */

import { faultMarks, type Marked } from '@/components/faults/fault-marks';
import { viewLanes } from '@/components/faults/view-lanes';
import { formatCount, formatLatency } from '@/components/ui/format';
import type { MarkKind, OverTime, RateOverTime, TimeMarks, ViewLanes } from '@/pictures/data';
import type { LatencyPoint, Observation, RunConfig, RunView } from '@/server/api/types';

/** Whatever of a run's view is drawn over its charts. */
export type Looks = Marked & Pick<RunView, 'observedAtMs' | 'observations' | 'views' | 'deaths'>;
type Given = { config: RunConfig; points: LatencyPoint[]; over: boolean; looks: Looks };

const OBSERVED = {
  bpf_watch: 'eBPF watched',
  bpf_statistics: 'eBPF statistics on',
  trace: 'operations traced',
} as const satisfies Record<Observation['kind'], string>;

export function latencyPicture({ config, points, over, looks }: Given): OverTime {
  const domainMs = timeAxis(config, over, points);
  return {
    side: { variant: config.variant.name, label: config.variant.name },
    points,
    rangeNs: null,
    domainMs,
    ends: over ? 'medians' : 'newest',
    ...marksOf(looks, { endMs: domainMs[1], reachedMs: reachedBy(points) }),
  };
}

export function rateInTime({ side, domainMs, moments, spans }: OverTime, points: LatencyPoint[]): RateOverTime {
  // What came of a fault is named above; the faults themselves are named in both.
  const quiet = <T extends { label: string; kind?: MarkKind }>(mark: T): T =>
    mark.kind === 'fault' ? mark : { ...mark, label: '' };
  return { side, points, domainMs, moments: moments?.map(quiet), spans: spans?.map(quiet) };
}

/** Null where no replica says which view it is in. */
export function viewsInTime({ domainMs, spans }: OverTime, { config, points, looks }: Given): ViewLanes | null {
  const lanes = viewLanes({ ...looks, config }, reachedBy(points));
  return lanes.every(({ segments }) => segments.length === 0) ? null : { lanes, domainMs, spans };
}

function reachedBy(points: readonly LatencyPoint[]): number {
  const last = points.at(-1);
  return last === undefined ? 0 : last.startMs + last.widthMs;
}

/** One band for all that looked at the same time: three of the same length would hide each other. */
function marksOf(looks: Looks, { endMs, reachedMs }: { endMs: number; reachedMs: number }): TimeMarks {
  const { observedAtMs, observations } = looks;
  const faults = faultMarks(looks, reachedMs);
  const spans = new Map<string, { fromMs: number; toMs: number; labels: string[] }>();
  for (const { kind, fromMs, toMs } of observations) {
    const key = `${Math.round(fromMs / 1000)} ${toMs === null ? 'on' : Math.round(toMs / 1000)}`;
    const span = spans.get(key) ?? { fromMs, toMs: toMs ?? endMs, labels: [] };
    span.labels.push(OBSERVED[kind]);
    spans.set(key, span);
  }
  return {
    moments: [...faults.moments, ...observedAtMs.map((atMs) => ({ atMs, label: 'eBPF inspected' }))],
    spans: [...[...spans.values()].map(({ labels, ...span }) => ({ ...span, label: labels.join(', ') })), ...faults.spans],
  };
}

/** `12.0 to 12.5 s: p50 131.4 µs, p90 ..., n = 2,350, 4,700 req/s`. */
export function readMoment(points: readonly LatencyPoint[], atMs: number): string {
  const point = points.find(({ startMs, widthMs }) => atMs >= startMs && atMs < startMs + widthMs);
  const at = `${(atMs / 1000).toFixed(2)} s`;
  if (point === undefined) return `${at}: no window.`;
  const figures = [
    ['p50', point.p50Ns],
    ['p90', point.p90Ns],
    ['p99', point.p99Ns],
    ['max', point.maxNs],
  ] as const;
  const said = figures.map(([name, ns]) => `${name} ${ns === null ? 'none' : formatLatency(ns)}`);
  return `${at}: ${said.join(', ')}, n = ${formatCount(point.n)}, ${formatCount(Math.round(point.throughputPerS))} req/s.`;
}

/** The axis stands still while points arrive: warm-up to the planned end, or what there is once it is over. */
function timeAxis({ workload }: RunConfig, over: boolean, points: readonly LatencyPoint[]): [number, number] {
  const first = points[0]?.startMs ?? 0;
  const reached = reachedBy(points);
  const planned = workload.amount.kind === 'seconds' && !over ? workload.amount.seconds * 1000 : 0;
  return [Math.min(0, first), Math.max(reached, planned, 1000)];
}
