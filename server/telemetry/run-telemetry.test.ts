import { describe, expect, it } from 'vitest';
import { exampleConfig } from '@/server/domain/example-run';
import { judgeProof } from '@/server/domain/judge-proof';
import { newRun } from '@/server/domain/run-machine';
import type { LabEvent } from './events';
import { countersOf, intervalOf, phaseOf, statusOf, summaryOf, windowOf } from './example-events';
import { applyEvent, startTelemetry } from './run-telemetry';
import { applyToView, evidenceOf, offloadSoFar } from './telemetry-view';

const config = exampleConfig({ size: 3 });
const T = 1_763_900_000_000_000;
const reduce = (events: LabEvent[], from = startTelemetry(config)) =>
  events.reduce((state, event) => applyEvent(state, event), from);
const view = (events: LabEvent[]) => applyToView(newRun(config), reduce(events));
const leader = (changes: Parameters<typeof statusOf>[1]) => statusOf('replica1', { role: 'leader', ...changes });
const allLive = { replica1: true, replica2: true, replica3: true };

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
    expect(applyToView(running, reduce([statusOf('replica1')])).replicas[0]).toMatchObject({
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

  it('go by the container that printed the line', () => {
    const state = applyEvent(startTelemetry(config), statusOf('replica1', { commit: 5 }), 'replica3');
    expect(state.replicas.map(({ state: { commit } }) => commit)).toEqual([null, null, 5]);
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
  it('are kept with their times, and give the time from launch to the first request', () => {
    const events = [phaseOf('waiting', T + 1_000_000), phaseOf('warmup', T + 3_200_000), phaseOf('measuring', T + 5_200_000)];
    const state = reduce(events);
    expect(state.clientPhase).toBe('measuring');
    expect(state.clientPhaseAtUs.measuring).toBe(T + 5_200_000);
    const started = { ...newRun(config), startedAt: T / 1000 };
    expect(applyToView(started, state).launchToFirstRequestMs).toBe(3200);
  });

  it('come with the leader, its errors and the end of progress', () => {
    const at = { v: 1, tUs: T } as const;
    const state = reduce([
      { ...at, src: 'replica2', event: 'ready', view: 0, leader: 1, peersReady: 2 },
      { ...at, src: 'replica1', event: 'error', code: 'bpf_load', message: 'no' },
      { ...at, src: 'client', event: 'no_progress', leader: 1, silentMs: 3000, outstanding: 1 },
    ]);
    expect(state.leaderReady).toBeNull();
    expect(state.errors).toEqual([{ source: 'replica1', code: 'bpf_load', message: 'no' }]);
    expect(state.noProgress?.silentMs).toBe(3000);
    expect(reduce([{ ...at, src: 'replica1', event: 'ready', view: 0, leader: 1, peersReady: 2 }]).leaderReady).toMatchObject({
      leader: 'replica1',
      view: 0,
    });
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
  const so = (...statuses: Parameters<typeof leader>[0][]) => offloadSoFar(reduce([start, ...statuses].map(leader)));

  it('reads sends and frames of the leader since the measured window began', () => {
    expect(so({ broadcasts: 15, sent: 15, frames: [0, 0, 14, 14] })).toBe('offloaded');
    expect(so({ broadcasts: 15, sent: 25, frames: [0, 0, 14, 14] })).toBe('not_offloaded');
    expect(so({ broadcasts: 15, sent: 19, frames: [0, 0, 14, 14] })).toBe('mixed');
    expect(so({ broadcasts: 15, sent: 15, frames: [] })).toBe('unknown');
  });

  it('says nothing before anything was broadcast in the window, or without a leader', () => {
    expect(so()).toBeNull();
    expect(so({ broadcasts: 5, sent: 5, frames: [0, 0, 4, 4] })).toBeNull();
    expect(offloadSoFar(reduce([leader({ window: 0, ...start }), leader({ window: 0, broadcasts: 9, sent: 9 })]))).toBeNull();
    expect(offloadSoFar(reduce([statusOf('replica2')]))).toBeNull();
  });

  it('forgives frames on their way, not frames that never left', () => {
    const on = { broadcasts: 15, sent: 15, frames: [0, 0, 14, 14] };
    expect(so(on, { broadcasts: 25, sent: 25, frames: [0, 0, 24, 19] })).toBe('offloaded');
    expect(so(on, { broadcasts: 25, sent: 25, frames: [0, 0, 24, 13] })).toBe('broken');
  });
});

describe('evidence', () => {
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
    expect(judgeProof(config.variant, evidenceOf(reduce(proven), allLive))).toMatchObject({ fits: true, objections: [] });
  });

  it('takes the measured window alone, and the final reading over an earlier one', () => {
    const state = reduce([
      countersOf('replica2', { window: 0, receipts: 999 }),
      countersOf('replica2', { receipts: 39 }),
      countersOf('replica2', { receipts: 40, final: true }),
      countersOf('replica2', { receipts: 38 }),
      countersOf('replica2', { window: 2, receipts: 7, final: true }),
    ]);
    expect(evidenceOf(state, allLive).replicas[1]?.counters).toEqual([expect.objectContaining({ receipts: 40 })]);
    expect(evidenceOf(state, allLive).replicas[0]?.counters).toBeNull();
  });

  it('counts a replica that nobody saw running as not live', () => {
    expect(evidenceOf(reduce(proven), { replica1: true }).replicas.map(({ live }) => live)).toEqual([true, false, false]);
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
      dropLogFull: 0,
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
    expect(evidenceOf(state, allLive).replicas[1]).toMatchObject({ commit: 30, hash: '00000000000000aa' });
  });
});
