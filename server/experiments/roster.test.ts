import { describe, expect, it } from 'vitest';
import { newReplica } from '../domain/run-machine';
import type { LabEventOf } from '../telemetry/events';
import { Roster } from './roster';

const replicas = [1, 2, 3].map((id) => ({ id, service: `replica${id}` }));

function status(change: Partial<LabEventOf<'status'>>): LabEventOf<'status'> {
  return {
    v: 1,
    event: 'status',
    src: 'replica1',
    tUs: 0,
    role: 'leader',
    view: 0,
    leader: 1,
    op: 0,
    commit: 0,
    hash: '0'.repeat(16),
    window: 1,
    broadcasts: 0,
    sent: 0,
    frames: [0, 0, 0, 0],
    acked: [],
    receipts: 0,
    resends: 0,
    drops: 0,
    cpuNs: 0,
    rssBytes: 0,
    ...change,
  };
}

/** The live verdict after these statuses of the leader. */
function verdictAfter(...statuses: Partial<LabEventOf<'status'>>[]) {
  const roster = new Roster({ replicas });
  let states = replicas.map(newReplica);
  for (const each of statuses) states = roster.fold(states, status(each));
  return roster.offloadSoFar;
}

describe('Roster', () => {
  it('names the copies past the egress hook by follower', () => {
    const roster = new Roster({ replicas });
    const [leader, follower] = roster.fold(replicas.map(newReplica), status({ frames: [0, 0, 7, 8] }));
    expect(leader).toMatchObject({ role: 'leader', frames: { replica2: 7, replica3: 8 } });
    expect(follower).toMatchObject({ role: 'unknown', lastSeenAt: null });
  });

  it('takes the CPU share over the last second', () => {
    const roster = new Roster({ replicas });
    let states = replicas.map(newReplica);
    // Half a core for a second, then idle for two.
    for (let tick = 0; tick <= 30; tick++) {
      const cpuNs = Math.min(tick, 10) * 50_000_000;
      states = roster.fold(states, status({ tUs: tick * 100_000, cpuNs }));
      if (tick === 10) expect(states[0]?.cpuShare).toBeCloseTo(0.5);
    }
    expect(states[0]?.cpuShare).toBe(0);
  });

  it('judges what happened since the measured window began, by the rule of the proof', () => {
    // Before the window, copies for a follower whose address was unknown are missing for good.
    const begin = { broadcasts: 10, sent: 10, frames: [0, 0, 8, 9] };
    expect(verdictAfter(begin)).toBeNull();
    expect(verdictAfter(begin, { broadcasts: 15, sent: 15, frames: [0, 0, 13, 14] })).toBe('offloaded');
    expect(verdictAfter(begin, { broadcasts: 15, sent: 20, frames: [0, 0, 13, 14] })).toBe('not_offloaded');
    expect(verdictAfter(begin, { broadcasts: 15, sent: 15, frames: [0, 0, 13, 9] })).toBe('broken');
    expect(verdictAfter(begin, { broadcasts: 15, sent: 17, frames: [0, 0, 13, 14] })).toBe('mixed');
  });

  it('has no verdict before the measured window', () => {
    expect(verdictAfter({ window: 0 }, { window: 0, broadcasts: 5, sent: 5, frames: [0, 0, 5, 5] })).toBeNull();
  });
});
