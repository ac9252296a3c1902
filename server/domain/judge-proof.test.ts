import { describe, expect, it } from 'vitest';
import { AS_IS, BASELINE, exampleEvidence, followerCounters, leaderCounters, TC_BROADCAST } from './example-run';
import { judgeDelivery } from './judge-delivery';
import { judgeMechanism } from './judge-mechanism';
import { judgeProof } from './judge-proof';
import { judgeSameLog } from './judge-same-log';
import type { ProofEvidence, ReplicaEvidence, WindowCounters } from './proof';

/** The evidence with one replica changed. */
function withReplica(evidence: ProofEvidence, name: string, changes: Partial<ReplicaEvidence>): ProofEvidence {
  return {
    ...evidence,
    replicas: evidence.replicas.map((replica) => (replica.name === name ? { ...replica, ...changes } : replica)),
  };
}
const withLeader = (evidence: ProofEvidence, changes: Partial<WindowCounters>, how: 'cloned' | 'sent' = 'cloned') =>
  withReplica(evidence, 'replica1', { counters: [{ ...leaderCounters(evidence.replicas.length, how), ...changes }] });

describe.each([3, 5, 7])('judgeMechanism with %i replicas', (size) => {
  const followers = size - 1;

  it('is offloaded when one send left as one frame per follower', () => {
    const mechanism = judgeMechanism(exampleEvidence(size, 'cloned'));
    expect(mechanism).toMatchObject({ verdict: 'offloaded', broadcasts: 20_034, sent: 20_034, clones: 20_034 * followers });
    expect(Object.values(mechanism.frames)).toEqual(Array.from({ length: followers }, () => 20_034));
    expect(mechanism.reason).toBe(
      `1 send, ${followers} frames per broadcast: 20,034 broadcasts, 20,034 sends, frames 20,034 at every follower.`,
    );
  });

  it('is not offloaded when every copy was a send', () => {
    const mechanism = judgeMechanism(exampleEvidence(size, 'sent'));
    expect(mechanism).toMatchObject({ verdict: 'not_offloaded', sent: 20_034 * followers, clones: 0 });
  });

  it('is broken when the program was detached: one send, frames short', () => {
    const mechanism = judgeMechanism(
      withLeader(exampleEvidence(size, 'cloned'), { frames: [0, 0, ...Array(followers).fill(812)], clones: 812 }),
    );
    expect(mechanism.verdict).toBe('broken');
    expect(mechanism.reason).toContain('812 of 20,034 copies left for replica2');
  });

  it('is broken when the program clones to one follower alone', () => {
    const frames = [0, 0, 20_034, ...Array(followers - 1).fill(0)];
    const mechanism = judgeMechanism(withLeader(exampleEvidence(size, 'cloned'), { frames, clones: 20_034 }));
    expect(mechanism.verdict).toBe('broken');
    expect(mechanism.reason).toContain('0 of 20,034 copies left for replica3');
    expect(mechanism.reason).not.toContain('for replica2');
  });

  it('is mixed when it was switched on half-way', () => {
    const half = withLeader(exampleEvidence(size, 'cloned'), { sent: 10_000 + 10_034 * followers, clones: 10_000 * followers });
    expect(judgeMechanism(half).verdict).toBe('mixed');
  });
});

describe('judgeMechanism', () => {
  const evidence = exampleEvidence(5, 'cloned');

  it('is broken when a baseline send failed, and names the cause', () => {
    const failed = withLeader(
      exampleEvidence(5, 'sent'),
      { sent: 80_135, sendErrors: 1, frames: [0, 0, 20_034, 20_033, 20_034, 20_034] },
      'sent',
    );
    expect(judgeMechanism(failed)).toMatchObject({ verdict: 'broken' });
    expect(judgeMechanism(failed).reason).toContain('1 failed send');
  });

  it('is mixed when the sends are those of a baseline but clones left too', () => {
    expect(judgeMechanism(withLeader(exampleEvidence(5, 'sent'), { clones: 5 }, 'sent')).verdict).toBe('mixed');
  });

  it('is mixed when a follower was sent more copies than broadcasts', () => {
    expect(judgeMechanism(withLeader(evidence, { frames: [0, 0, 20_035, 20_034, 20_034, 20_034] })).verdict).toBe('mixed');
  });

  it('is unknown when frames could not be counted', () => {
    const mechanism = judgeMechanism(withLeader(evidence, { framesKnown: false, frames: [] }));
    expect(mechanism).toMatchObject({ verdict: 'unknown', broadcasts: 20_034, sent: 20_034 });
    expect(mechanism.frames).toEqual({ replica2: null, replica3: null, replica4: null, replica5: null });
  });

  it('is unknown without any counters, and says whose are missing', () => {
    const silent = { ...evidence, replicas: evidence.replicas.map((replica) => ({ ...replica, counters: null })) };
    expect(judgeMechanism(silent)).toMatchObject({ verdict: 'unknown', broadcasts: null, sent: null, frames: {} });
    expect(judgeMechanism(silent).reason).toContain('replica1, replica2');
  });

  it('is unknown when the leader died before it could report', () => {
    const mechanism = judgeMechanism(withReplica(evidence, 'replica1', { counters: null, live: false }));
    expect(mechanism).toMatchObject({ verdict: 'unknown', broadcasts: null });
    expect(mechanism.reason).toBe('replica1 led and reported no counters.');
  });

  it('is unknown when nothing was broadcast in the window', () => {
    const idle = exampleEvidence(3, 'cloned', 0);
    expect(judgeMechanism(idle).verdict).toBe('unknown');
    expect(judgeProof(TC_BROADCAST, idle).fits).toBe(false);
  });

  describe('over two views', () => {
    const first = { ...leaderCounters(3, 'cloned', 100), view: 0 };
    const second = { ...leaderCounters(3, 'cloned', 50), view: 1, leader: 2, leaderIncarnation: 9, frames: [0, 50, 0, 50] };
    const follow = (leader: WindowCounters, receipts: number) => ({
      ...followerCounters(receipts),
      view: leader.view,
      leader: leader.leader,
      leaderIncarnation: leader.leaderIncarnation,
    });
    const twoViews = (changes: Partial<WindowCounters>): ProofEvidence => {
      const base = exampleEvidence(3, 'cloned');
      const counters: Record<string, WindowCounters[]> = {
        replica1: [first, follow(second, 50)],
        replica2: [follow(first, 100), { ...second, ...changes }],
        replica3: [follow(first, 100), follow(second, 50)],
      };
      return { ...base, replicas: base.replicas.map((replica) => ({ ...replica, counters: counters[replica.name] ?? null })) };
    };

    it('adds up per follower and judges each term', () => {
      const evidence = twoViews({});
      expect(judgeMechanism(evidence)).toMatchObject({
        verdict: 'offloaded',
        broadcasts: 150,
        sent: 150,
        frames: { replica1: 50, replica2: 100, replica3: 150 },
      });
      expect(judgeDelivery(evidence)).toMatchObject({ verdict: 'complete', lost: { replica1: 0, replica2: 0, replica3: 0 } });
    });

    it('is mixed if the terms differ', () => {
      expect(judgeMechanism(twoViews({ sent: 100, clones: 0 })).verdict).toBe('mixed');
    });

    it('is broken if one term is', () => {
      expect(judgeMechanism(twoViews({ frames: [0, 50, 0, 0] })).verdict).toBe('broken');
    });
  });
});

describe('judgeDelivery', () => {
  const evidence = exampleEvidence(5, 'cloned');

  it('is complete when every frame was received', () => {
    expect(judgeDelivery(evidence)).toMatchObject({
      verdict: 'complete',
      reason: '0 of 80,136 copies lost at 4 followers.',
      lost: { replica2: 0, replica3: 0, replica4: 0, replica5: 0 },
    });
  });

  it('counts duplicates apart', () => {
    const twice = withReplica(evidence, 'replica4', { counters: [{ ...followerCounters(), duplicates: 3 }] });
    expect(judgeDelivery(twice)).toMatchObject({ verdict: 'complete', duplicates: { replica2: 0, replica4: 3 } });
    expect(judgeDelivery(twice).reason).toContain('3 duplicates apart');
  });

  it('names who lost how much', () => {
    const lossy = withReplica(evidence, 'replica3', { counters: [followerCounters(20_000)] });
    expect(judgeDelivery(lossy)).toMatchObject({ verdict: 'lost', lost: { replica2: 0, replica3: 34 } });
    expect(judgeDelivery(lossy).reason).toBe('replica3 received 20,000 of 20,034 copies.');
  });

  it('is unknown when a follower reported nothing', () => {
    const silent = withReplica(evidence, 'replica3', { counters: null, live: false });
    expect(judgeDelivery(silent)).toMatchObject({
      verdict: 'unknown',
      receipts: { replica3: null },
      lost: { replica2: 0, replica3: null },
    });
  });

  it('takes a follower that reports the window but nothing of this leader as having received nothing', () => {
    const cutOff = withReplica(evidence, 'replica3', { counters: [{ ...followerCounters(0), leaderIncarnation: 0 }] });
    expect(judgeDelivery(cutOff)).toMatchObject({ verdict: 'lost', receipts: { replica3: 0 }, lost: { replica3: 20_034 } });
  });

  it('is unknown, not negative loss, when copies took a way past the counting hook', () => {
    const beyond = withLeader(evidence, { frames: [0, 0, 812, 812, 812, 812] });
    expect(judgeDelivery(beyond).verdict).toBe('unknown');
    expect(judgeDelivery(beyond).reason).toContain('replica2 received 19,222 more copies');
  });

  it('is unknown without counters', () => {
    const silent = { ...evidence, replicas: evidence.replicas.map((replica) => ({ ...replica, counters: null })) };
    expect(judgeDelivery(silent)).toMatchObject({ verdict: 'unknown', receipts: {}, lost: {} });
  });
});

describe('judgeSameLog', () => {
  const evidence = exampleEvidence(5, 'cloned');

  it('is the same when all hashes equal the recomputation', () => {
    expect(judgeSameLog(evidence)).toMatchObject({
      verdict: 'same',
      commit: 24_000,
      hash: '00c0ffee00c0ffee',
      recomputed: '00c0ffee00c0ffee',
    });
    expect(judgeSameLog(evidence).reason).toContain('all 5 replicas at op 24,000');
  });

  it('differs when one replica holds another log', () => {
    const split = withReplica(evidence, 'replica4', {
      checkpoints: [{ op: 24_000, hash: 'badbadbadbadbad0' }],
      hash: 'badbadbadbadbad0',
    });
    expect(judgeSameLog(split)).toMatchObject({ verdict: 'differs', hash: null });
    expect(judgeSameLog(split).reason).toContain('replica4');
  });

  it('differs when all replicas agree on something the client never asked for', () => {
    const invented = { ...evidence, history: { op: 24_000, complete: true, hash: 'ffffffffffffffff' } };
    expect(judgeSameLog(invented).verdict).toBe('differs');
  });

  it('differs by any op that two replicas hashed, also where the client has no history', () => {
    const early = withReplica({ ...evidence, history: null }, 'replica2', {
      checkpoints: [{ op: 24_000, hash: '0000000000000001' }],
    });
    expect(judgeSameLog(early).verdict).toBe('differs');
  });

  it('is behind when a live replica has not committed everything', () => {
    const late = withReplica(evidence, 'replica5', { commit: 19_999, hash: '1111111111111111', checkpoints: [] });
    expect(judgeSameLog(late)).toMatchObject({ verdict: 'behind' });
    expect(judgeSameLog(late).reason).toBe('replica5 committed 19,999 of 24,000 operations.');
  });

  it('asks live replicas only, and says so', () => {
    const dead = withReplica(evidence, 'replica5', { live: false, commit: 100, hash: '1111111111111111', checkpoints: [] });
    expect(judgeSameLog(dead).verdict).toBe('same');
    expect(judgeSameLog(dead).reason).toContain('4 of 5 replicas');
  });

  it.each([
    ['a replica reports no commit', withReplica(evidence, 'replica2', { commit: null, hash: null, checkpoints: [] })],
    [
      'a replica has no hash at that op',
      withReplica(evidence, 'replica2', { commit: 24_500, hash: '1111111111111111', checkpoints: [] }),
    ],
    ['the client has no history', { ...evidence, history: null }],
    ['the history has holes', { ...evidence, history: { op: 24_000, complete: false, hash: '0000000000000000' } }],
    ['no replica is live', { ...evidence, replicas: evidence.replicas.map((replica) => ({ ...replica, live: false })) }],
  ])('is unknown when %s', (_why, partial) => {
    expect(judgeSameLog(partial).verdict).toBe('unknown');
  });
});

describe('judgeProof', () => {
  it('fits when mechanism, delivery and log are what the variant claims', () => {
    expect(judgeProof(TC_BROADCAST, exampleEvidence(3, 'cloned'))).toMatchObject({ fits: true, objections: [] });
    expect(judgeProof(BASELINE, exampleEvidence(3, 'sent'))).toMatchObject({ fits: true, objections: [] });
  });

  it('objects when baseline was offloaded and the other way round', () => {
    expect(judgeProof(BASELINE, exampleEvidence(3, 'cloned')).fits).toBe(false);
    expect(judgeProof(TC_BROADCAST, exampleEvidence(3, 'sent')).objections).toEqual([
      expect.stringContaining('Broadcast is not offloaded, tc_broadcast claims offloaded.'),
    ]);
  });

  it('objects to loss and to different logs even if the mechanism fits', () => {
    const lossy = withReplica(exampleEvidence(5, 'cloned'), 'replica3', {
      counters: [followerCounters(0)],
      checkpoints: [],
      commit: 3,
      hash: null,
    });
    const proof = judgeProof(TC_BROADCAST, lossy);
    expect(proof.mechanism.verdict).toBe('offloaded');
    expect(proof.objections).toHaveLength(2);
    expect(proof.objections.join(' ')).toContain('replica3 received 0 of 20,034 copies');
  });

  it('objects when a claim cannot be checked', () => {
    const silent = { ...exampleEvidence(3, 'sent'), history: null };
    expect(judgeProof(BASELINE, silent).fits).toBe(false);
  });

  it('holds a third party only to what was seen to be wrong', () => {
    const evidence = exampleEvidence(3, 'sent');
    const unknown = {
      ...evidence,
      history: null,
      replicas: evidence.replicas.map((replica) => ({ ...replica, counters: null, commit: null, hash: null, checkpoints: [] })),
    };
    expect(judgeProof(AS_IS, unknown)).toMatchObject({
      fits: true,
      mechanism: { verdict: 'unknown' },
      sameLog: { verdict: 'unknown' },
    });
    expect(judgeProof(AS_IS, exampleEvidence(3, 'cloned')).fits).toBe(true);
    expect(judgeProof(AS_IS, withReplica(evidence, 'replica3', { counters: [followerCounters(1)] })).fits).toBe(false);
  });
});
