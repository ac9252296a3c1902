import { describe, expect, it } from 'vitest';
import { compareRuns } from './compare-runs';
import { AS_IS, BASELINE, exampleEvidence, exampleFault, exampleInterval, exampleRun, leaderCounters } from './example-run';
import { judgeProof } from './judge-proof';
import type { RunView } from './run';
import { littlesLaw } from './validity/littles-law';

const baseline = exampleRun({ config: { id: 'r-0006', variant: BASELINE }, p50Ns: 200_000 });
const offloaded = exampleRun({ p50Ns: 176_000 });
const intervals = { a: [exampleInterval(0, [200_000, 210_000])], b: [exampleInterval(0, [170_000, 180_000])] };
const compare = (a: RunView, b: RunView) => compareRuns(a, b, { intervals });
const expectInvalid = (a: RunView, b: RunView) => {
  const comparison = compare(a, b);
  expect(comparison.verdict.kind).toBe('invalid');
  expect(comparison.verdict.headline).toMatch(/^Not a valid comparison: /);
  expect(`${comparison.verdict.headline} ${comparison.verdict.detail}`).not.toMatch(/% (faster|slower)|\d %/);
  expect(comparison.metrics.map(({ ratio }) => ratio)).toEqual(comparison.metrics.map(() => null));
  return comparison.verdict.headline;
};

/** r-0007 whose program cloned to replica2 alone. */
function brokenRun(): RunView {
  const evidence = exampleEvidence(5, 'cloned', 20_000);
  const replicas = evidence.replicas.map((replica) => {
    if (replica.id === 1)
      return { ...replica, counters: [{ ...leaderCounters(5, 'cloned', 20_000), frames: [0, 0, 20_000, 0, 20_000, 20_000] }] };
    return replica.id === 3
      ? { ...replica, counters: (replica.counters ?? []).map((one) => ({ ...one, receipts: 0 })) }
      : replica;
  });
  return { ...offloaded, proof: judgeProof(offloaded.config.variant, { ...evidence, replicas }) };
}

describe('runs that were looked into', () => {
  const watched = { ...baseline, observations: [{ kind: 'bpf_statistics' as const, fromMs: 0, toMs: 900 }] };

  it('are not compared with one that was not', () => {
    expect(expectInvalid(watched, offloaded)).toContain(
      'r-0006 measured with eBPF run statistics; r-0007 measured with neither statistics nor traces',
    );
  });

  it('are compared with one that was looked into alike', () => {
    expect(compare(watched, { ...offloaded, observations: watched.observations }).verdict.kind).toBe('single_pair');
  });
});

describe('runs with faults', () => {
  const plan = [{ atSeconds: 5, action: exampleFault().action, forSeconds: 4 }];
  const planned = (run: RunView, faults = plan): RunView => ({
    ...run,
    config: { ...run.config, faults },
    faults: [exampleFault()],
  });

  it('are compared with one that had the same plan', () => {
    const { verdict, gates } = compare(planned(baseline), planned(offloaded));
    expect(verdict.kind).toBe('single_pair');
    expect(verdict.detail).toMatch(/Both ran under the same faults: at 5 s kill replica1 for 4 s\.$/);
    expect(gates.find(({ name }) => name === 'faults alike')?.detail).toBe('both ran with at 5 s kill replica1 for 4 s');
  });

  it('are not compared with one that had another plan, or none', () => {
    const later = planned(offloaded, [{ ...plan[0], atSeconds: 6, action: exampleFault().action, forSeconds: 4 }]);
    expect(expectInvalid(planned(baseline), later)).toContain(
      'r-0006 ran with at 5 s kill replica1 for 4 s, r-0007 with at 6 s kill replica1 for 4 s',
    );
    expect(expectInvalid(baseline, planned(offloaded))).toContain('r-0006 ran with no faults');
  });

  it('are not compared at all where one came by hand, but one that could not be done is none', () => {
    const byHand = { ...offloaded, faults: [exampleFault({ origin: 'panel' })] };
    expect(expectInvalid(baseline, byHand)).toContain('r-0007 had faults by hand: kill replica1');
    const failed = exampleFault({ origin: 'lab', problem: 'gone', endedAt: exampleFault().startedAt });
    expect(compare(baseline, { ...offloaded, faults: [failed] }).verdict.kind).toBe('single_pair');
  });
});

describe('a valid pair', () => {
  it('says the difference of this pair, that it carries no claim, and the proofs', () => {
    const { verdict, gates } = compare(baseline, offloaded);
    expect(gates.filter(({ passed }) => !passed)).toEqual([]);
    expect(verdict.kind).toBe('single_pair');
    expect(verdict.headline).toBe('TC_BROADCAST was 12 % faster at the median in this pair.');
    expect(verdict.detail).toMatch(
      /^One pair carries no claim: baseline against itself moved by -17 to \+17 % on shared machines\. /,
    );
    expect(verdict.detail).toContain('Offload proven: 20,034 sends for 20,034 broadcasts');
    expect(verdict.detail).toMatch(/Same log on all 5 replicas\.$/);
  });

  it('speaks of the offloaded side wherever it stands', () => {
    expect(compare(offloaded, baseline).verdict.headline).toBe('TC_BROADCAST was 12 % faster at the median in this pair.');
  });

  it('gives ratios as b / a', () => {
    const row = compare(baseline, offloaded).metrics.find(({ metric }) => metric === 'p50');
    expect(row).toMatchObject({ a: 200_000, b: 176_000, ratio: 0.88, unit: 'ns', better: 'lower' });
  });

  it('has percentiles, ECDF and points of both sides', () => {
    const { percentiles, ecdf, points } = compare(baseline, offloaded);
    expect(percentiles.at(-1)).toMatchObject({ percentile: 100 });
    expect(ecdf.a.at(-1)?.share).toBe(1);
    expect(points.b[0]).toMatchObject({ startMs: 0, n: 2 });
  });

  it('subtracts the medians window by window, and leaves a gap where a side completed nothing', () => {
    const a = [0, 5, 10].map((index) => exampleInterval(index, [200_000]));
    const b = [exampleInterval(0, [180_000]), exampleInterval(5, []), exampleInterval(10, [260_000])];
    const { difference } = compareRuns(baseline, offloaded, { intervals: { a, b } });
    expect(difference.map(({ startMs, widthMs }) => [startMs, widthMs])).toEqual([
      [0, 500],
      [500, 500],
      [1000, 500],
    ]);
    expect(difference.map(({ differenceNs }) => (differenceNs === null ? null : Math.round(differenceNs / 1000)))).toEqual([
      -20,
      null,
      60,
    ]);
  });

  it('widens the windows of the shorter run to those of the longer', () => {
    const every500ms = (seconds: number, ns: number) =>
      Array.from({ length: seconds * 2 }, (_, at) => exampleInterval(at * 5, [ns]));
    const long = { a: every500ms(1_000, 200_000), b: every500ms(40, 150_000) };
    const { points, difference } = compareRuns(baseline, offloaded, { intervals: long });
    expect(points.a[0]?.widthMs).toBe(2_000);
    expect(points.b[0]?.widthMs).toBe(2_000);
    expect(difference).toHaveLength(20);
  });

  it('calls two runs of one variant a control pair', () => {
    const other = exampleRun({ config: { id: 'r-0008', variant: BASELINE }, p50Ns: 206_000 });
    const { verdict } = compare(baseline, other);
    expect(verdict.kind).toBe('single_pair');
    expect(verdict.headline).toBe(
      'r-0008 was 3 % slower at the median than r-0006, the same variant (baseline): a control pair.',
    );
  });

  it('says so when nothing moved', () => {
    expect(compare(baseline, exampleRun({ p50Ns: 200_100 })).verdict.headline).toBe(
      'TC_BROADCAST was as fast at the median in this pair.',
    );
  });

  it('mentions timeouts', () => {
    expect(compare(baseline, { ...offloaded, timeouts: 3 }).verdict.detail).toContain('Requests that timed out: 3 in r-0007.');
  });
});

describe('an invalid pair shows no ratio', () => {
  it('when a follower got no copies', () => {
    expect(expectInvalid(baseline, brokenRun())).toBe(
      'Not a valid comparison: replica3 of r-0007 received 0 of 20,000 copies.',
    );
  });

  it('when a run failed, was stopped or is not over', () => {
    expect(expectInvalid(baseline, { ...offloaded, state: 'stopped' })).toContain('r-0007 was stopped');
    expect(expectInvalid({ ...baseline, state: 'measuring', endedAt: null }, offloaded)).toContain(
      'r-0006 is still in phase measuring',
    );
    const error = {
      code: 'no_progress',
      message: 'Leader replica1 silent for 3 s.',
      remedy: null,
      service: null,
      lastLines: [],
    };
    expect(expectInvalid(baseline, { ...offloaded, state: 'failed', error })).toContain(
      'r-0007 failed: Leader replica1 silent for 3 s.',
    );
  });

  it('when the scenarios differ', () => {
    expect(expectInvalid(baseline, exampleRun({ config: { size: 3 } }))).toContain('scenario3 with 3 replicas');
  });

  it('when the workloads or the cores differ', () => {
    const workload = { ...offloaded.config.workload, clients: 8 };
    expect(expectInvalid(baseline, { ...offloaded, config: { ...offloaded.config, workload } })).toContain(
      'clients 1 in r-0006, 8 in r-0007',
    );
    expect(expectInvalid(baseline, { ...offloaded, config: { ...offloaded.config, cpusets: { client: '0' } } })).toContain(
      'cores',
    );
  });

  it('when a side is not what its variant claims', () => {
    const proof = judgeProof(offloaded.config.variant, exampleEvidence(5, 'sent'));
    expect(expectInvalid(baseline, { ...offloaded, proof })).toContain('which is not what tc_broadcast claims');
  });

  it('when a claim has no proof', () => {
    expect(expectInvalid(baseline, { ...offloaded, proof: null })).toContain('r-0007 has no proof of offload');
  });

  it('when the logs differ', () => {
    const evidence = exampleEvidence(5, 'cloned');
    const proof = judgeProof(offloaded.config.variant, {
      ...evidence,
      history: { op: 24_000, complete: true, hash: '0123456789abcdef' },
    });
    expect(expectInvalid(baseline, { ...offloaded, proof })).toContain('holds another log');
  });

  it("when Little's law does not hold", () => {
    const slow = { ...offloaded, throughputPerS: (offloaded.throughputPerS ?? 0) / 1.3 };
    expect(expectInvalid(baseline, slow)).toContain('r-0007: clients ÷ (throughput × mean) is 1.33');
    const impossible = { ...offloaded, throughputPerS: (offloaded.throughputPerS ?? 0) * 1.1 };
    expect(expectInvalid(baseline, impossible)).toContain('is 0.93');
  });

  it('when a run is invalid by its own gates, and shows no difference over time either', () => {
    const gate = {
      id: 'leader',
      title: 'leader',
      state: 'invalid',
      value: 'view 1',
      detail: 'The leader changed.',
      remedy: null,
    } as const;
    const changed: RunView = { ...offloaded, validity: { verdict: 'invalid', gates: [gate] } };
    expect(expectInvalid(baseline, changed)).toContain('r-0007 is invalid: leader, view 1');
    expect(compare(baseline, changed).difference).toEqual([]);
  });

  it('but a suspect run is compared, and named', () => {
    const suspect: RunView = { ...offloaded, validity: { verdict: 'suspect', gates: [] } };
    const { verdict, gates } = compare(baseline, suspect);
    expect(verdict.kind).toBe('single_pair');
    expect(gates.find(({ name }) => name === 'each run valid')?.detail).toContain('r-0007 is suspect');
  });

  it('when a run is compared with itself', () => {
    expect(expectInvalid(baseline, baseline)).toContain('compared with itself');
  });
});

describe("Little's law", () => {
  it('uses the mean and the clients', () => {
    expect(littlesLaw(baseline)).toBeCloseTo(1.02, 6);
  });

  it('is suspect, not invalid, from 1.10 to 1.23', () => {
    const { gates, verdict } = compare(baseline, { ...offloaded, throughputPerS: (offloaded.throughputPerS ?? 0) / 1.12 });
    expect(verdict.kind).toBe('single_pair');
    expect(gates.find(({ name }) => name === "Little's law")?.detail).toContain('suspect above 1.10: r-0007');
  });
});

describe("a third party's variant", () => {
  const evidence = exampleEvidence(5, 'sent');
  const unknown = {
    ...evidence,
    history: null,
    replicas: evidence.replicas.map((replica) => ({ ...replica, counters: null, commit: null, hash: null, checkpoints: [] })),
  };
  const thirdParty = { ...exampleRun({ config: { variant: AS_IS } }), proof: judgeProof(AS_IS, unknown) };

  it('is compared, and what is unknown is said', () => {
    const { verdict } = compare(baseline, thirdParty);
    expect(verdict.kind).toBe('single_pair');
    expect(verdict.detail).toContain('What r-0007 offloaded is unknown: its image reports no counters.');
    expect(verdict.detail).toContain('Whether the replicas hold the same log is unknown.');
  });

  it('has no ratio where it printed no figure', () => {
    const printed = thirdParty.latency && { ...thirdParty.latency, meanNs: null, p999Ns: null };
    const { metrics, verdict } = compare(baseline, { ...thirdParty, latency: printed });
    expect(verdict.kind).toBe('single_pair');
    expect(metrics.find(({ metric }) => metric === 'p999')).toMatchObject({ b: null, ratio: null });
    expect(metrics.find(({ metric }) => metric === 'p50')?.ratio).toBe(1);
  });
});
