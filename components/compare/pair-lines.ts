/** The data of the pictures of two runs side by side. */
import { faultMarks } from '@/components/faults/fault-marks';
import type { Difference, EcdfLines, OverTime, PercentileLines, Side } from '@/pictures/data';
import type { Comparison, LatencyPoint, RunView } from '@/server/api/types';

/** Names of the two lines: the variants, or the runs where one variant is compared with itself. */
export function sidesOf({ a, b }: Pick<Comparison, 'a' | 'b'>): { a: Side; b: Side } {
  const control = a.config.variant.name === b.config.variant.name;
  const side = ({ config }: RunView): Side => ({
    variant: config.variant.name,
    label: control ? config.id : config.variant.name,
  });
  return { a: side(a), b: side(b) };
}

export function percentileLines(comparison: Comparison): PercentileLines {
  const sides = sidesOf(comparison);
  const points = (of: (row: Comparison['percentiles'][number]) => number) =>
    comparison.percentiles.map((row) => ({ percentile: row.percentile, ns: of(row), range: null }));
  return {
    lines: [
      { side: sides.a, points: points(({ aNs }) => aNs) },
      { side: sides.b, points: points(({ bNs }) => bNs) },
    ],
  };
}

export function ecdfLines(comparison: Comparison): EcdfLines {
  const sides = sidesOf(comparison);
  return {
    lines: [
      { side: sides.a, points: comparison.ecdf.a },
      { side: sides.b, points: comparison.ecdf.b },
    ],
  };
}

/** Both sides over relative time, on one scale of latency and of time. */
export function overTime(comparison: Comparison): { a: OverTime; b: OverTime } {
  const sides = sidesOf(comparison);
  const a = comparison.points.a.filter(isMeasured);
  const b = comparison.points.b.filter(isMeasured);
  const latencies = [...a, ...b].flatMap(({ p50Ns, p99Ns }) => [p50Ns, p99Ns]).filter((ns) => ns !== null);
  const rangeNs: OverTime['rangeNs'] = latencies.length === 0 ? null : [Math.min(...latencies), Math.max(...latencies)];
  const domainMs: OverTime['domainMs'] = [0, Math.max(endOf(a), endOf(b), 1_000)];
  return {
    a: { side: sides.a, points: a, rangeNs, domainMs, ...faultMarks(comparison.a, domainMs[1]) },
    b: { side: sides.b, points: b, rangeNs, domainMs, ...faultMarks(comparison.b, domainMs[1]) },
  };
}

export function differenceLine(comparison: Comparison): Difference {
  const sides = sidesOf(comparison);
  return { base: sides.a, variant: sides.b, points: comparison.difference };
}

const isMeasured = ({ phase }: LatencyPoint) => phase === 'measuring';

function endOf(points: readonly LatencyPoint[]): number {
  const last = points.at(-1);
  return last === undefined ? 0 : last.startMs + last.widthMs;
}
