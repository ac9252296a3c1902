import { describe, expect, it } from 'vitest';
import { exampleConfig, exampleRun } from '@/server/domain/example-run';
import { judgeProof } from '@/server/domain/judge-proof';
import type { RunView } from '@/server/domain/run';
import { newRun } from '@/server/domain/run-machine';
import type { LabEvent } from './events';
import { bootOf, countersOf, intervalOf, phaseOf, statusOf, summaryOf, windowOf } from './example-events';
import { applyEvent, type RunTelemetry, startTelemetry } from './run-telemetry';
import { evidenceOf, withFigures, withReplicas } from './telemetry-view';

const config = exampleConfig({ size: 3 });
const T = 1_763_900_000_000_000;
const reduce = (events: LabEvent[]) => events.reduce(applyEvent, startTelemetry(config));
const seenAs = (telemetry: RunTelemetry, before: RunView = newRun(config)) =>
  withFigures(withReplicas(before, telemetry), telemetry);
const view = (events: LabEvent[]) => seenAs(reduce(events));
const leader = (changes: Parameters<typeof statusOf>[1]) => statusOf('replica1', { role: 'leader', ...changes });
const allLive = () => true;

describe('replica states', () => {
  it('follow the status events', () => {
    const { replicas } = view([
      leader({
        op: 12,
        commit: 11,
        hash: '00c0ffee00c0ffee',
        broadcasts: 10,
        sent: 10,
        frames: [0, 0, 10, 9],
        cpuNs: 5,
        rssBytes: 4096,
      }),
      statusOf('replica2', { commit: 10, receipts: 9 }),
    ]);
    expect(replicas[0]).toMatchObject({
      role: 'leader',
      op: 12,
      commit: 11,
      logHash: '00c0ffee00c0ffee',
      sent: 10,
      frames: { replica2: 10, replica3: 9 },
    });
    expect(replicas[0]?.lastSeenAt).toBe(T / 1000);
    expect(replicas[1]).toMatchObject({ role: 'follower', commit: 10, receipts: 9, frames: {} });
    expect(replicas[2]).toMatchObject({ role: 'unknown', commit: null, lastSeenAt: null });
  });

  it("keep the engine's word on container and address", () => {
    const before = newRun(config);
    const running = {
      ...before,
      replicas: before.replicas.map((replica) => ({ ...replica, container: 'running', address: '10.1.0.2' })),
    };
    expect(seenAs(reduce([statusOf('replica1')]), running).replicas[0]).toMatchObject({
      container: 'running',
      address: '10.1.0.2',
    });
  });

  it('show the CPU share of the last second, also after a restart', () => {
    const at = (tenth: number, cpuMs: number) => statusOf('replica2', { tUs: T + tenth * 100_000, cpuNs: cpuMs * 1_000_000 });
    const share = (events: LabEvent[]) => view(events).replicas[1]?.cpuShare;
    expect(share([at(0, 0)])).toBeNull();
    const half = Array.from({ length: 21 }, (_, tenth) => at(tenth, tenth * 50));
    expect(share(half)).toBeCloseTo(0.5, 9);
    expect(share([...half, at(21, 3), at(22, 13)])).toBeCloseTo(0.1, 9);
  });

  it('show the average CPU share of the measured window once it is over, whatever is idled away behind it', () => {
    const at = (ms: number, cpuMs: number) => ({ tUs: T + ms * 1000, cpuNs: cpuMs * 1_000_000 });
    const window = (number: number, ms: number, cpuMs: number) => ({
      ...windowOf('replica2', number, 0),
      ...at(ms, cpuMs),
    });
    const share = (events: LabEvent[]) => view(events).replicas[1]?.cpuShare;
    const busy = [
      statusOf('replica2', at(0, 0)),
      window(1, 1000, 10),
      statusOf('replica2', at(2900, 500)),
      window(2, 5000, 2010),
    ];
    expect(share(busy)).toBeCloseTo(0.5, 9);
    expect(share([...busy, statusOf('replica2', at(6000, 2011)), statusOf('replica2', at(7000, 2012))])).toBeCloseTo(0.5, 9);
  });

  it('leave the CPU share open when the process began anew inside the window', () => {
    const boot = bootOf('replica2', 9);
    const again = bootOf('replica2', 10);
    const status = (cpuNs: number) => statusOf('replica2', { cpuNs });
    const after = { ...windowOf('replica2', 2, 900), tUs: T + 1_000_000 };
    expect(view([boot, status(1), windowOf('replica2', 1, 100), status(200), after]).replicas[1]?.cpuShare).not.toBeNull();
    expect(
      view([boot, status(1), windowOf('replica2', 1, 100), status(200), again, windowOf('replica2', 1, 5), after]).replicas[1]
        ?.cpuShare,
    ).toBeNull();
  });
});

describe('latency', () => {
  it('adds up measured intervals and leaves warm-up out', () => {
    const run = view([
      intervalOf(0, { phase: 'warmup', completed: 99 }),
      intervalOf(0),
      intervalOf(1, { timeouts: 2, retries: 3 }),
    ]);
    expect(run).toMatchObject({ completed: 20, timeouts: 2, clientRetries: 3, throughputPerS: 100 });
    expect(run.latency).toMatchObject({ n: 20, meanNs: 1000, p50Ns: 1000, maxNs: 1000 });
  });

  it("takes the client's own summary if an interval was lost on the way", () => {
    const run = view([intervalOf(0), summaryOf({ p50Ns: 1234, timeouts: 1 })]);
    expect(run).toMatchObject({ completed: 20, timeouts: 1, throughputPerS: 100 });
    expect(run.latency).toMatchObject({ n: 20, p50Ns: 1234 });
  });

  it('is unknown before anything completed', () => {
    expect(view([])).toMatchObject({
      completed: 0,
      latency: null,
      throughputPerS: null,
      leaderCpuNs: null,
      launchToFirstRequestMs: null,
    });
  });
});

describe('the phases of the client', () => {
  it('are kept with the time of their first report', () => {
    const events = [phaseOf('waiting', T + 1_000_000), phaseOf('warmup', T + 3_200_000), phaseOf('warmup', T + 5_200_000)];
    expect(reduce(events).clientPhaseAtUs).toEqual({ waiting: T + 1_000_000, warmup: T + 3_200_000 });
  });

  it('come with the leader, by its own word alone, and the end of progress', () => {
    const ready = { v: 1, tUs: T, event: 'ready', view: 0, leader: 1, peersReady: 2 } as const;
    expect(reduce([{ ...ready, src: 'replica2' }]).leaderReady).toBeNull();
    expect(reduce([{ ...ready, src: 'replica1' }]).leaderReady).toEqual({ leader: 'replica1', view: 0 });
    const stuck = reduce([{ v: 1, tUs: T, src: 'client', event: 'no_progress', leader: 1, silentMs: 3000, outstanding: 1 }]);
    expect(stuck.noProgress?.silentMs).toBe(3000);
  });
});

describe('the CPU time of the leader', () => {
  it('is what it spent between entering and leaving the measured window', () => {
    expect(
      view([windowOf('replica1', 1, 100), windowOf('replica2', 1, 5), windowOf('replica1', 2, 750), windowOf('replica2', 2, 9)])
        .leaderCpuNs,
    ).toBe(650);
  });

  it('is unknown if the process began anew in between', () => {
    expect(view([windowOf('replica1', 1, 100), windowOf('replica1', 2, 20)]).leaderCpuNs).toBeNull();
  });
});

describe('offloadSoFar', () => {
  // Before the measured window one copy per follower was never sent, since no address was known.
  const start = { broadcasts: 5, sent: 5, frames: [0, 0, 4, 4] };
  const so = (...statuses: Parameters<typeof leader>[0][]) => view([start, ...statuses].map(leader)).offloadSoFar;

  it('reads sends and frames of the leader since the measured window began', () => {
    expect(so({ broadcasts: 15, sent: 15, frames: [0, 0, 14, 14] })).toBe('offloaded');
    expect(so({ broadcasts: 15, sent: 25, frames: [0, 0, 14, 14] })).toBe('not_offloaded');
    expect(so({ broadcasts: 15, sent: 19, frames: [0, 0, 14, 14] })).toBe('mixed');
    expect(so({ broadcasts: 15, sent: 15, frames: [] })).toBe('unknown');
  });

  it('says nothing before anything was broadcast in the window, or without a leader', () => {
    expect(so()).toBeNull();
    expect(so({ broadcasts: 5, sent: 5, frames: [0, 0, 4, 4] })).toBeNull();
    expect(view([leader({ window: 0, ...start }), leader({ window: 0, broadcasts: 9, sent: 9 })]).offloadSoFar).toBeNull();
    expect(view([statusOf('replica2')]).offloadSoFar).toBeNull();
  });

  it('gives way to the verdict of the proof', () => {
    const proven = { ...newRun(config), proof: exampleRun().proof, offloadSoFar: 'broken' as const };
    const telemetry = reduce([start, { broadcasts: 15, sent: 15, frames: [0, 0, 14, 14] }].map(leader));
    expect(seenAs(telemetry, proven).offloadSoFar).toBe('broken');
  });

  it('forgives frames on their way, not frames that never left', () => {
    const on = { broadcasts: 15, sent: 15, frames: [0, 0, 14, 14] };
    expect(so(on, { broadcasts: 25, sent: 25, frames: [0, 0, 24, 19] })).toBe('offloaded');
    expect(so(on, { broadcasts: 25, sent: 25, frames: [0, 0, 24, 13] })).toBe('broken');
  });
});

describe('evidence', () => {
  const evidence = (telemetry: RunTelemetry, isLive: (service: string) => boolean = allLive) =>
    evidenceOf(telemetry, 20, isLive);
  const proven: LabEvent[] = [
    countersOf('replica1', { broadcasts: 40, sent: 40, clones: 80, frames: [0, 0, 40, 40] }),
    countersOf('replica2', { receipts: 40 }),
    countersOf('replica3', { receipts: 40 }),
    ...['replica1', 'replica2', 'replica3'].flatMap((src): LabEvent[] => [
      statusOf(src, { commit: 30, hash: '00000000000000aa', role: src === 'replica1' ? 'leader' : 'follower' }),
      { v: 1, tUs: T, src, event: 'checkpoint', view: 0, op: 30, commit: 30, hash: '00000000000000aa' },
    ]),
    summaryOf(),
    { v: 1, tUs: T, src: 'client', event: 'history', op: 30, operations: 30, complete: true, hash: '00000000000000aa' },
  ];

  it('of a whole run proves it', () => {
    expect(judgeProof(config.variant, evidence(reduce(proven)))).toMatchObject({ fits: true, objections: [] });
  });

  it('takes the measured window alone, and the final reading over an earlier one', () => {
    const state = reduce([
      countersOf('replica2', { window: 0, receipts: 999 }),
      countersOf('replica2', { receipts: 39 }),
      countersOf('replica2', { receipts: 40, final: true }),
      countersOf('replica2', { receipts: 38 }),
      countersOf('replica2', { window: 2, receipts: 7, final: true }),
    ]);
    expect(evidence(state).replicas[1]?.counters).toEqual([expect.objectContaining({ receipts: 40 })]);
    expect(evidence(state).replicas[0]?.counters).toBeNull();
  });

  it('counts a replica that nobody saw running as not live', () => {
    expect(evidence(reduce(proven), (service) => service === 'replica1').replicas.map(({ live }) => live)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('goes by the final words over the last status', () => {
    const zeros = {
      dropBadMagic: 0,
      dropBadVersion: 0,
      dropForeignRun: 0,
      dropTruncated: 0,
      dropUnknownType: 0,
      dropStaleView: 0,
      dropStaleIncarnation: 0,
      dropUnknownSender: 0,
      dropOther: 0,
    };
    const state = reduce([
      statusOf('replica2', { commit: 29, hash: '0000000000000001' }),
      {
        v: 1,
        tUs: T,
        src: 'replica2',
        event: 'final',
        reason: 'sigterm',
        view: 0,
        op: 30,
        commit: 30,
        hash: '00000000000000aa',
        cpuNs: 1,
        resends: 0,
        ...zeros,
      },
    ]);
    expect(evidence(state).replicas[1]).toMatchObject({ commit: 30, hash: '00000000000000aa' });
  });
});
