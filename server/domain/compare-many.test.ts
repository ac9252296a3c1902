import { describe, expect, it } from 'vitest';
import { compareMany } from './compare-many';
import { BASELINE, exampleFault, exampleInterval, exampleRun } from './example-run';
import { measuredHistogram } from './latency';
import type { RunView } from './run';
import type { RunGate, RunValidity } from './validity/validity';

const VALID: RunValidity = { verdict: 'valid', gates: [] };

function busy(): RunValidity {
  const gate: RunGate = {
    id: 'host_busy',
    title: 'host busy',
    state: 'suspect',
    value: '0.61 cores',
    detail: 'something else took 0.61 cores',
    remedy: 'Stop it.',
  };
  return { verdict: 'suspect', gates: [gate] };
}

type Example = { id: string; p50Ns: number; baseline?: boolean; validity?: RunValidity | null; view?: Partial<RunView> };

function run({ id, p50Ns, baseline = false, validity = VALID, view = {} }: Example) {
  const config = baseline ? { id, variant: BASELINE } : { id };
  const intervals = [exampleInterval(0, [1_000_000], 'warmup'), exampleInterval(0, [p50Ns, p50Ns * 2])];
  return { view: exampleRun({ config, p50Ns, view: { validity, ...view } }), histogram: measuredHistogram(intervals) };
}

describe('many runs beside each other', () => {
  it('keeps the order given and draws the measured window alone', () => {
    const { runs } = compareMany([run({ id: 'r-0002', p50Ns: 200_000 }), run({ id: 'r-0001', p50Ns: 100_000 })]);
    expect(runs.map(({ summary }) => summary.id)).toEqual(['r-0002', 'r-0001']);
    expect(runs[1]?.ecdf.map(({ share }) => share)).toEqual([0.5, 1]);
    expect(runs[1]?.percentiles.at(-1)?.ns).toBeLessThan(201_000);
    expect(runs[0]?.figures.p50).toBe(200_000);
  });

  it('takes medians and ranges over the valid runs of a scenario, variant and workload', () => {
    const { groups } = compareMany([
      run({ id: 'r-0002', p50Ns: 100_000 }),
      run({ id: 'r-0001', p50Ns: 200_000, baseline: true }),
      run({ id: 'r-0003', p50Ns: 220_000, baseline: true }),
      run({ id: 'r-0004', p50Ns: 900_000, baseline: true, validity: busy() }),
    ]);
    expect(groups.map(({ variant, runs, valid }) => [variant, runs, valid])).toEqual([
      ['baseline', 3, 2],
      ['tc_broadcast', 1, 1],
    ]);
    expect(groups[0]?.counted).toEqual(['r-0001', 'r-0003']);
    expect(groups[0]?.medians.p50).toBe(210_000);
    expect(groups[0]?.range.p50).toEqual([200_000, 220_000]);
    expect(groups[0]?.workload).toBe('20,000 requests after 2 s, 1 client, 64 B, 50 % GETs, auto');
  });

  it('takes the middle one of an odd number', () => {
    const runs = [300_000, 100_000, 200_000].map((p50Ns, at) => run({ id: `r-000${at}`, p50Ns }));
    expect(compareMany(runs).groups[0]?.medians.p50).toBe(200_000);
  });

  it('keeps workloads apart that differ in any field', () => {
    const one = run({ id: 'r-0001', p50Ns: 200_000 });
    const other = run({ id: 'r-0002', p50Ns: 200_000 });
    const config = { ...other.view.config, workload: { ...other.view.config.workload, getPercent: 0 } };
    expect(compareMany([one, { ...other, view: { ...other.view, config } }]).groups).toHaveLength(2);
  });

  it('keeps runs apart whose plans of faults differ, and names the plan', () => {
    const one = run({ id: 'r-0001', p50Ns: 200_000 });
    const other = run({ id: 'r-0002', p50Ns: 200_000 });
    const faults = [{ atSeconds: 5, action: exampleFault().action, forSeconds: null }];
    const view = { ...other.view, config: { ...other.view.config, faults } };
    const { groups, runs } = compareMany([one, { ...other, view }]);
    expect(groups.map((group) => group.faults)).toEqual([null, 'at 5 s kill replica1']);
    expect(runs.map((each) => each.faults)).toEqual([null, 'at 5 s kill replica1']);
  });

  it('names the gate that decided', () => {
    const { runs } = compareMany([run({ id: 'r-0001', p50Ns: 200_000, validity: busy() })]);
    expect(runs[0]?.reason).toBe('host busy, 0.61 cores: something else took 0.61 cores');
  });

  it('goes by the proof where a run was never judged', () => {
    const { groups, runs } = compareMany([
      run({ id: 'r-0001', p50Ns: 200_000, validity: null }),
      run({ id: 'r-0002', p50Ns: 200_000, validity: null, view: { state: 'stopped' } }),
    ]);
    expect(groups[0]).toMatchObject({ runs: 2, valid: 1 });
    expect(runs.map(({ reason }) => reason)).toEqual([null, expect.stringContaining('stopped')]);
  });

  it('has no figure for a group in which nothing counts', () => {
    const { groups } = compareMany([run({ id: 'r-0001', p50Ns: 200_000, validity: busy() })]);
    expect(groups[0]).toMatchObject({ valid: 0, medians: { p50: null }, range: { p50: null } });
  });
});

describe('what the numbers can carry', () => {
  it('draws no ratio from runs that no plan interleaved', () => {
    const { note } = compareMany([
      run({ id: 'r-0001', p50Ns: 200_000, baseline: true }),
      run({ id: 'r-0002', p50Ns: 100_000 }),
    ]);
    expect(note).toContain('no ratio is drawn');
    expect(note).toContain('All 2 runs are valid.');
    expect(note).not.toMatch(/%/);
  });

  it('says how many count', () => {
    const { note } = compareMany([
      run({ id: 'r-0001', p50Ns: 200_000 }),
      run({ id: 'r-0002', p50Ns: 100_000, validity: busy() }),
    ]);
    expect(note).toBe(
      'Repetitions of one run show how far the numbers move by themselves. Medians count the 1 valid of 2 runs.',
    );
  });
});
