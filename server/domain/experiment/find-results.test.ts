import { describe, expect, it } from 'vitest';
import type { RunView } from '../run';
import { examplePlan, exampleRecord, exampleRunAt } from './example-experiment';
import type { ExperimentPlan } from './experiment';
import { findResults } from './find-results';
import { noiseFloorOf } from './noise-floor';
import { toPlannedRun } from './planned-run';

/** One scenario, pairs whose variant is `ratios[k]` times as slow as a base that drifts. */
function pairs(ratios: number[], plan: ExperimentPlan): RunView[] {
  return ratios.flatMap((ratio, at) => {
    const base = 200_000 + 1_000 * at;
    const place = { cell: 0, pair: at + 1, attempt: 1 };
    return [
      exampleRunAt({ ...place, side: 0 }, { position: 2 * at, plan, p50Ns: base }),
      exampleRunAt({ ...place, side: 1 }, { position: 2 * at + 1, plan, p50Ns: base * ratio }),
    ];
  });
}

const plan = examplePlan({ scenarios: ['scenario5'], pairs: 10 });
const record = exampleRecord({ plan, state: 'done', endedAt: 1_763_900_900_000 });
const FASTER = [0.88, 0.9, 0.91, 0.89, 0.92, 0.87, 0.9, 0.93, 0.86, 0.9];
const find = (runs: RunView[], changes: Partial<Parameters<typeof findResults>[0]> = {}) =>
  findResults({ record, runs, noiseFloor: null, now: 0, ...changes });
const p50 = (results: ReturnType<typeof find>) => results.rows.find(({ metric }) => metric === 'p50');

describe('an experiment with ten pairs that agree', () => {
  it('says how much faster, with n, interval and p, and speaks of the primary metric alone', () => {
    const results = find(pairs(FASTER, plan));
    expect(p50(results)).toMatchObject({ n: 10, reading: 'lower', replicas: 5, base: 'baseline', variant: 'tc_broadcast' });
    expect(p50(results)?.medianRatio).toBeCloseTo(0.9, 9);
    expect(p50(results)?.p).toBeCloseTo(2 / 1024, 12);
    expect(results.verdict.kind).toBe('final');
    expect(results.verdict.headline).toBe('TC_BROADCAST: 10 % faster at the median with scenario5.');
    expect(results.verdict.detail).toContain('10 pairs');
  });

  it('corrects the secondary metrics over themselves and leaves the primary one', () => {
    const rows = find(pairs(FASTER, plan)).rows;
    for (const row of rows.filter(({ p }) => p !== null && p < 1)) {
      if (row.metric === 'p50') expect(row.pHolm).toBe(row.p);
      else expect(row.pHolm).toBeGreaterThan(row.p ?? 1);
    }
  });

  it('shows no difference that lies inside the noise floor', () => {
    const noisy = [1.15, 0.86, 1.12, 0.88, 1.14, 0.9, 1.1, 0.87, 1.13, 0.89];
    const same = examplePlan({ scenarios: ['scenario5'], variants: ['baseline', 'baseline'], pairs: 10 });
    const control = exampleRecord({ id: 'x-0002', plan: same, state: 'done', endedAt: 1 });
    const planned = pairs(noisy, same).flatMap((run) => toPlannedRun(run) ?? []);
    const noiseFloor = noiseFloorOf(control, planned, 0);
    const band = noiseFloor?.cells.find(({ metric }) => metric === 'p50')?.band ?? [1, 1];
    expect(band[0] * band[1]).toBeCloseTo(1, 12);
    expect(band[0]).toBeLessThan(0.9);
    const results = find(pairs(FASTER, plan), { noiseFloor });
    expect(p50(results)?.reading).toBe('no_difference_shown');
    expect(results.verdict.headline).toContain('no difference shown with scenario5');
    expect(results.noiseFloor?.experimentId).toBe('x-0002');
  });
});

describe('what does not count', () => {
  it('leaves a pair out if either run is suspect or invalid, and says so', () => {
    const runs = pairs(FASTER, plan);
    const spoilt = runs.map((run, at) =>
      at === 3 ? exampleRunAt({ cell: 0, pair: 2, attempt: 1, side: 1 }, { position: 3, plan, verdict: 'suspect' }) : run,
    );
    const results = find(spoilt);
    expect(p50(results)).toMatchObject({ n: 9 });
    expect(p50(results)?.ratios.map(({ pair }) => pair)).not.toContain(2);
    expect(results.verdict.detail).toContain('1 suspect, 0 invalid');
    expect(results.gates).toEqual([{ gate: 'host_busy', title: 'host busy', suspect: 1, invalid: 0, unknown: 0 }]);
  });

  it('below six pairs shows the interval and no p, and claims nothing', () => {
    const results = find(pairs(FASTER.slice(0, 5), plan));
    expect(p50(results)).toMatchObject({ n: 5, p: null, pHolm: null, reading: 'too_few_pairs' });
    expect(p50(results)?.ci95).not.toBeNull();
    expect(results.verdict).toMatchObject({ kind: 'preliminary' });
    expect(results.verdict.headline).toContain('too few pairs');
  });

  it('without any pair says that nothing is compared', () => {
    expect(find([]).verdict).toMatchObject({ kind: 'none' });
  });
});

describe('published figures', () => {
  it('agree with what lies in the band, and doubt what is too good as well as what is too bad', () => {
    const reading = (ratio: number) =>
      p50(
        find(
          pairs(
            FASTER.map(() => ratio),
            plan,
          ),
        ),
      )?.paperReading;
    expect(reading(1)).toEqual({ state: 'inside', causes: [] });
    expect(reading(0.7)?.state).toBe('too_good');
    expect(reading(0.7)?.causes[0]).toContain('proof of offload');
    expect(reading(1.4)?.state).toBe('too_bad');
  });

  it('say nothing about a control', () => {
    const same = examplePlan({ scenarios: ['scenario5'], variants: ['baseline', 'baseline'], pairs: 10 });
    const results = find(pairs(FASTER, same), { record: exampleRecord({ plan: same, state: 'done' }) });
    expect(results.isControl).toBe(true);
    expect(results.rows.every(({ paper }) => paper === null)).toBe(true);
    expect(results.verdict.headline).toContain('against itself');
  });
});
