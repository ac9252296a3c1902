import { describe, expect, it } from 'vitest';
import type { ReplicaState } from '@/server/api/types';
import { ClusterHistory, NO_RATES } from './cluster-rates';

const T = 1_764_000_000_000;

function replica(name: string, atMs: number, counters: Partial<ReplicaState>): ReplicaState {
  return {
    id: Number(name.at(-1)),
    name,
    role: name === 'replica1' ? 'leader' : 'follower',
    health: 'normal',
    gap: 0,
    acked: {},
    affliction: null,
    container: 'running',
    address: null,
    view: 0,
    op: 0,
    commit: 0,
    logHash: null,
    broadcasts: 0,
    sent: 0,
    frames: {},
    receipts: 0,
    resends: 0,
    drops: 0,
    cpuNs: atMs,
    cpuShare: null,
    rssBytes: null,
    lastSeenAt: atMs,
    ...counters,
  };
}

/** Five views a second of a leader at 1,000 operations a second; its follower reports 70 ms after it. */
function watch(seconds: number, follower: (op: number) => number = (op) => op): ClusterHistory {
  const history = new ClusterHistory();
  for (let ms = 0; ms <= seconds * 1_000; ms += 200) {
    const frames = { replica2: ms, replica3: ms / 2 };
    history.add([
      replica('replica1', T + ms, { op: ms, commit: ms, sent: ms * 2, resends: ms / 100, frames }),
      replica('replica2', T + ms - 30, { op: follower(ms - 30) }),
    ]);
  }
  return history;
}

describe('the rates of a cluster', () => {
  it('are those of the last second', () => {
    expect(watch(5).rates('replica1', T + 5_100)).toMatchObject({
      requestsPerS: 1_000,
      repliesPerS: 1_000,
      sendsPerS: 2_000,
      resendsPerS: 10,
      copiesPerS: { replica2: 1_000 },
    });
  });

  it('follow a change within a second', () => {
    const history = watch(3);
    for (let ms = 200; ms <= 1_000; ms += 200) {
      history.add([replica('replica1', T + 3_000 + ms, { op: 3_000, commit: 3_000, sent: 6_000, resends: 30 })]);
    }
    expect(history.rates('replica1', T + 4_000).requestsPerS).toBe(0);
  });

  it('are not known before there is a stretch to count over, nor of a leader that is silent', () => {
    expect(watch(0.2).rates('replica1', T + 200).requestsPerS).toBeNull();
    expect(watch(5).rates('replica1', T + 6_600)).toEqual(NO_RATES);
    expect(new ClusterHistory().rates('replica1', T)).toEqual(NO_RATES);
  });

  it('are not known over a restart, where counters begin anew', () => {
    const history = watch(3);
    history.add([replica('replica1', T + 3_200, { op: 5 })]);
    expect(history.rates('replica1', T + 3_200).requestsPerS).toBeNull();
  });

  it('do not take another word of a replica for a report', () => {
    const history = watch(3);
    const before = history.rates('replica1', T + 3_000);
    history.add([replica('replica1', T + 3_090, { cpuNs: T + 3_000, op: 3_000 })]);
    expect(history.rates('replica1', T + 3_090)).toEqual(before);
  });
});

describe('the gap to the leader', () => {
  it('is none while the follower only reported at another moment', () => {
    expect(watch(3).rates('replica1', T + 3_000).behind).toEqual({ replica2: 0 });
  });

  it('is what the follower lacked at that moment', () => {
    const history = watch(3, (op) => op - 250);
    expect(history.rates('replica1', T + 3_000).behind).toEqual({ replica2: 250 });
  });
});
