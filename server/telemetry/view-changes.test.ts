import { describe, expect, it } from 'vitest';
import { exampleConfig, exampleFault, TC_BROADCAST } from '@/server/domain/example-run';
import { judgeProof } from '@/server/domain/judge-proof';
import { judgeSafety } from '@/server/domain/judge-safety';
import type { RunView } from '@/server/domain/run';
import { newRun } from '@/server/domain/run-machine';
import type { LabEvent } from './events';
import { bootOf, countersOf, linearizabilityOf, phaseOf, statusOf, summaryOf, viewOf, windowOf } from './example-events';
import { applyEvent, startTelemetry } from './run-telemetry';
import { evidenceOf, withReplicas } from './telemetry-view';

const config = exampleConfig({ size: 3 });
const T = 1_763_900_000_000_000;
const HASH = '00000000000000aa';
const at = (seconds: number) => ({ tUs: T + seconds * 1_000_000 });
const reduce = (events: LabEvent[]) => events.reduce(applyEvent, startTelemetry(config));
const seen = (events: LabEvent[], before: RunView = newRun(config)) => withReplicas(before, reduce(events));

/** replica1 leads view 0, is killed after 5 s and comes back; replica2 leads view 1. */
const kill = exampleFault({ startedAt: T / 1000 + 5040, endedAt: T / 1000 + 9000 });
const leader0 = (seconds: number, broadcasts: number, window = 1) =>
  statusOf('replica1', {
    ...at(seconds),
    ...{ role: 'leader', window, broadcasts, sent: broadcasts, frames: [0, 0, broadcasts, broadcasts] },
    ...{ cpuNs: seconds * 1e8, op: broadcasts, commit: broadcasts, highest: broadcasts, acked: [0, 0, broadcasts, 7] },
  });
const view1 = { view: 1, leader: 2, leaderIncarnation: 8 };
const checkpoint = (src: string): LabEvent => {
  return { v: 1, tUs: T + 20_000_000, src, event: 'checkpoint', view: 1, op: 300, commit: 300, hash: HASH };
};
const failover: LabEvent[] = [
  ...['replica1', 'replica2', 'replica3'].map((src, index) => bootOf(src, 7 + index)),
  phaseOf('measuring', T + 1_000_000),
  // 90 broadcasts of the warm-up, of which one copy never left, since an address was unknown.
  { ...leader0(0.9, 90, 0), frames: [0, 0, 90, 89] },
  windowOf('replica1', 1, 1),
  { ...leader0(1.1, 100), frames: [0, 0, 100, 99] },
  { ...leader0(5, 200), frames: [0, 0, 200, 199] },
  viewOf('replica2', { ...at(5.2), health: 'view_change', op: 200, commit: 199 }),
  countersOf('replica2', { ...at(5.2), final: true, receipts: 103 }),
  countersOf('replica3', { ...at(5.2), final: true, receipts: 103 }),
  viewOf('replica2', at(5.3)),
  statusOf('replica2', { ...at(5.4), ...view1, role: 'leader', broadcasts: 10, sent: 10, frames: [0, 10, 0, 10] }),
  bootOf('replica1', 70),
  viewOf('replica1', { ...at(9.1), health: 'recovering', view: 0, leader: 1 }),
  {
    ...{ v: 1, src: 'replica1', event: 'recovered', view: 1, op: 250, commit: 250, hash: HASH, tookMs: 90 },
    ...at(9.2),
  },
  countersOf('replica2', { ...view1, broadcasts: 60, sent: 60, clones: 120, frames: [0, 40, 0, 60] }),
  countersOf('replica1', { ...view1, receipts: 30 }),
  countersOf('replica3', { ...view1, receipts: 60 }),
  ...['replica1', 'replica2', 'replica3'].flatMap((src): LabEvent[] => [
    statusOf(src, {
      ...{ ...at(20), ...view1, role: src === 'replica2' ? 'leader' : 'follower', window: 2 },
      ...{ op: 300, highest: 300, commit: 300, hash: HASH, cpuNs: 9e9 },
    }),
    checkpoint(src),
  ]),
  { v: 1, ...at(20), src: 'client', event: 'history', op: 300, operations: 300, complete: true, hash: HASH },
  linearizabilityOf(at(20)),
  summaryOf(),
];

describe('views over a run', () => {
  it('are kept with who was in which, and each leader once', () => {
    const { views, leaders } = seen(failover);
    expect(views.map(({ replica, health, view }) => [replica, health, view])).toEqual([
      ['replica2', 'view_change', 1],
      ['replica2', 'normal', 1],
      ['replica1', 'recovering', 0],
    ]);
    expect(views[0]).toEqual({
      ...{ replica: 'replica2', at: T / 1000 + 5200, health: 'view_change', view: 1, leader: 'replica2' },
      ...{ op: 200, commit: 199 },
    });
    expect(leaders).toEqual([
      { at: T / 1000 + 900, view: 0, leader: 'replica1' },
      { at: T / 1000 + 5300, view: 1, leader: 'replica2' },
    ]);
  });

  it('are at most 2,000, the first', () => {
    const many = Array.from({ length: 2100 }, (_, view) => viewOf('replica2', { view, health: 'view_change' }));
    const { views, leaders } = seen(many);
    expect([views.length, views.at(-1)?.view, leaders]).toEqual([2000, 1999, []]);
  });

  it('show health, gap and what followers acknowledged', () => {
    const { replicas } = seen([
      leader0(1.1, 100),
      statusOf('replica2', { health: 'view_change', op: 40, highest: 55 }),
      statusOf('replica3', { op: 40, highest: 0 }),
    ]);
    expect(replicas.map(({ health, gap, acked }) => [health, gap, acked])).toEqual([
      ['normal', 0, { replica2: 100, replica3: 7 }],
      ['view_change', 15, {}],
      ['normal', 0, {}],
    ]);
  });

  it('show one leader, although a killed one never says that it leads no more', () => {
    const { replicas } = seen(failover.slice(0, -15).filter(({ event }) => event !== 'boot'));
    expect(replicas.map(({ role }) => role)).toEqual(['follower', 'leader', 'unknown']);
    expect(replicas[0]).toMatchObject({ view: 0, frames: {}, acked: {} });
  });

  it('come with the silences of the service', () => {
    const outage = { v: 1, tUs: T, src: 'client', event: 'outage', startUs: 4_010_500, durationUs: 310_000 } as const;
    const { outages } = seen([
      { ...outage, leaderBefore: 1, leaderAfter: 2 },
      { ...outage, leaderBefore: 0, leaderAfter: 9 },
    ]);
    expect(outages).toEqual([
      { startMs: 4010.5, durationMs: 310, leaderBefore: 'replica1', leaderAfter: 'replica2' },
      { startMs: 4010.5, durationMs: 310, leaderBefore: null, leaderAfter: 'replica 9' },
    ]);
  });
});

describe('a replica that begins anew', () => {
  const evidence = evidenceOf(reduce(failover), 290, () => true);

  it('has forgotten what it held, and what its process before had counted stands apart', () => {
    const born = seen([
      leader0(5, 200),
      countersOf('replica1', { receipts: 3 }),
      checkpoint('replica1'),
      bootOf('replica1', 70),
    ]);
    expect(born.replicas[0]).toMatchObject({ role: 'unknown', health: null, commit: null, logHash: null, cpuNs: null });
    const [replica] = evidenceOf(
      reduce([countersOf('replica1', { receipts: 3 }), bootOf('replica1', 7), checkpoint('replica1'), bootOf('replica1', 70)]),
      0,
      () => true,
    ).replicas;
    expect(replica).toMatchObject({ counters: null, checkpoints: [], earlier: [{ receipts: 3 }] });
  });

  it('is the same process when its log is read twice', () => {
    const once = [bootOf('replica1', 7), leader0(5, 200), bootOf('replica1', 7)];
    expect(seen(once).replicas[0]).toMatchObject({ role: 'leader', commit: 200 });
  });

  it('shows what it recovered, or what a checkpoint brought', () => {
    expect(seen(failover.slice(0, 16)).replicas[0]).toMatchObject({ health: 'normal', view: 1, op: 250, commit: 250 });
    const restored: LabEvent = { v: 1, tUs: T, src: 'replica3', event: 'restored', view: 1, op: 120, hash: HASH };
    expect(seen([statusOf('replica3', { op: 5, commit: 5 }), restored]).replicas[2]).toMatchObject({
      ...{ op: 120, commit: 120, logHash: HASH },
    });
  });

  it('leaves its last report of the view that it led: what was broadcast in the measured window', () => {
    expect(evidence.replicas[0]?.reports).toEqual([
      { view: 0, at: T / 1000 + 5000, broadcasts: 100, sent: 100, frames: { replica2: 100, replica3: 100 }, resends: 0 },
    ]);
    // Of a view that began inside the window everything counts.
    expect(evidenceOf(reduce(failover.slice(0, 14)), 0, () => true).replicas[1]?.reports).toEqual([]);
    const entered = [windowOf('replica2', 1, 1), ...failover.slice(11, 14)];
    expect(evidenceOf(reduce(entered), 0, () => true).replicas[1]?.reports).toMatchObject([{ view: 1, broadcasts: 10 }]);
  });

  it('does not keep a run with a declared fault from being proven and safe', () => {
    const proof = judgeProof(TC_BROADCAST, evidence, [kill]);
    expect(proof.objections).toEqual([]);
    expect(proof.mechanism).toMatchObject({ verdict: 'offloaded', broadcasts: 160, sent: 160 });
    expect(proof.mechanism.reason).toContain("View 0 by replica1's last report, 40 ms before it was killed: 1 send, 2 frames");
    expect(proof.delivery).toMatchObject({
      verdict: 'complete',
      lost: { replica1: 0, replica2: 0, replica3: 0 },
      declared: { replica1: null, replica2: null, replica3: null },
    });
    const { linearizability } = reduce(failover);
    expect(judgeSafety(proof.sameLog, linearizability, [kill])).toMatchObject({ verdict: 'safe' });
    // The same without a fault that explains it.
    expect(judgeProof(TC_BROADCAST, evidence).fits).toBe(false);
  });
});

describe('offloadSoFar in another view', () => {
  it('reads that view alone, from its begin, and leaves out who was taken away', () => {
    const after: LabEvent[] = [
      windowOf('replica2', 1, 1),
      viewOf('replica2', at(5.3)),
      statusOf('replica2', { ...at(5.4), ...view1, role: 'leader', broadcasts: 10, sent: 10, frames: [0, 3, 0, 10] }),
      statusOf('replica2', { ...at(5.5), ...view1, role: 'leader', broadcasts: 20, sent: 20, frames: [0, 3, 0, 20] }),
    ];
    const view = { ...newRun(config), faults: [kill] };
    expect(seen([...failover.slice(0, 8), ...after], view).offloadSoFar).toBe('offloaded');
    expect(seen([...failover.slice(0, 8), ...after]).offloadSoFar).toBe('broken');
  });
});
