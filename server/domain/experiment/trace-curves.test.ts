import { describe, expect, it } from 'vitest';
import { exampleInterval } from '../example-run';
import { attemptsOf } from './attempts';
import { examplePlan, exampleRunAt } from './example-experiment';
import { toPlannedRun } from './planned-run';
import { traceCurves } from './trace-curves';

const plan = examplePlan({ scenarios: ['scenario3'], pairs: 2 });

/** Two pairs; a run's latencies are those named for it, in every one of ten intervals. */
function trace(latencies: Record<string, number[]>) {
  const runs = [0, 1, 2, 3].map((position) =>
    exampleRunAt({ cell: 0, pair: Math.floor(position / 2) + 1, attempt: 1, side: position % 2 }, { position, plan }),
  );
  const planned = runs.flatMap((run) => toPlannedRun(run) ?? []);
  const intervals = (id: string) => Array.from({ length: 10 }, (_, at) => exampleInterval(at, latencies[id] ?? []));
  return traceCurves(plan, attemptsOf(plan, planned, 0), { cell: 0, intervals });
}

const hundred = (ns: number) => Array.from({ length: 100 }, () => ns);
const curves = trace({
  'r-0001': hundred(100_000),
  'r-0002': hundred(80_000),
  'r-0003': [...hundred(140_000), ...hundred(140_000), ...hundred(140_000)],
  'r-0004': hundred(90_000),
});

describe('the curves of a cell', () => {
  it('give every run the same weight, whatever it completed', () => {
    const [base] = curves.sides;
    expect(base).toMatchObject({ variant: 'baseline', runs: 2, requests: 4000 });
    // One run is wholly below 120 µs, the other, three times as large, wholly above.
    const share = base?.ecdf.findLast(({ ns }) => ns < 120_000)?.share;
    expect(share).toBeCloseTo(0.5, 9);
    const median = base?.percentiles.find(({ percentile }) => percentile > 49);
    expect(median?.ns).toBeCloseTo(120_000, -2);
    expect(median?.minNs).toBeCloseTo(100_000, -2);
    expect(median?.maxNs).toBeCloseTo(140_000, -2);
  });

  it('go no further into the tail than the smallest run has requests for', () => {
    expect(curves.sides[0]?.percentiles.at(-1)?.percentile).toBeCloseTo(99.9, 9);
  });

  it('say per window by how much the variant differs, the median over the pairs', () => {
    const [difference] = curves.difference;
    expect(difference?.side).toBe(1);
    expect(difference?.points.length).toBeGreaterThan(1);
    for (const { differenceNs } of difference?.points ?? []) expect(differenceNs).toBeCloseTo(-35_000, -2);
  });

  it('of a cell in which nothing counts are empty', () => {
    const none = traceCurves(plan, [], { cell: 0, intervals: () => [] });
    expect(none.sides).toHaveLength(2);
    expect(none.sides[0]).toMatchObject({ runs: 0, requests: 0, percentiles: [], ecdf: [], overTime: [] });
  });
});
