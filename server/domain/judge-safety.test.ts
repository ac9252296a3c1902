import { describe, expect, it } from 'vitest';
import { exampleEvidence, exampleFault, LINEARIZABLE } from './example-run';
import type { Linearizability } from './fault';
import { judgeSafety } from './judge-safety';
import { judgeSameLog } from './judge-same-log';
import type { ProofEvidence, ReplicaEvidence } from './proof';

const evidence = exampleEvidence(3, 'cloned');
const same = judgeSameLog(evidence);
const history: Linearizability = { ...LINEARIZABLE, operations: 23_966 };
const without = (name: string, changes: Partial<ReplicaEvidence>): ProofEvidence => ({
  ...evidence,
  replicas: evidence.replicas.map((replica) => (replica.name === name ? { ...replica, ...changes } : replica)),
});

describe('judgeSafety', () => {
  it('is safe with equal logs and a linearizable history, in one sentence with the numbers', () => {
    expect(judgeSafety(same, history, [])).toEqual({
      verdict: 'safe',
      reason: '3 of 3 live replicas hold the same 24,000 operations; 23,966 operations on 1,000 keys are linearizable.',
      linearizability: history,
    });
  });

  it('names the dead, what never got a reply, and the faults', () => {
    const { verdict, reason } = judgeSafety(
      judgeSameLog(without('replica1', { live: false, commit: 3, hash: null, checkpoints: [] })),
      { ...history, pending: 2 },
      [exampleFault()],
    );
    expect(verdict).toBe('safe');
    expect(reason).toBe(
      '2 of 2 live replicas (replica1 not live) hold the same 24,000 operations; 23,966 operations on 1,000 keys are linearizable (2 more never got a reply), under 1 fault (kill replica1).',
    );
  });

  it('is unsafe as soon as one of the two is refuted, and that stands first', () => {
    const split = judgeSameLog(without('replica2', { hash: 'badbadbadbadbad0', checkpoints: [] }));
    expect(judgeSafety(split, null, [])).toMatchObject({ verdict: 'unsafe', linearizability: null });
    expect(judgeSafety(split, history, []).reason).toMatch(/^replica1 and replica2 hold different logs at op 24,000/);
    const violated = {
      ...history,
      verdict: 'violated' as const,
      reason: 'key 7: a GET returned a value that was overwritten.',
    };
    expect(judgeSafety(same, violated, [])).toMatchObject({ verdict: 'unsafe' });
    expect(judgeSafety(same, violated, []).reason).toMatch(/^23,966 operations on 1,000 keys are not linearizable: key 7/);
  });

  it('is not decided while a replica catches up, where the search was bounded, and without a history', () => {
    const behind = judgeSameLog(without('replica3', { commit: 20_000, hash: '1111111111111111', checkpoints: [] }));
    expect(judgeSafety(behind, history, [])).toMatchObject({ verdict: 'not_decided' });
    expect(judgeSafety(behind, history, []).reason).toContain('replica3 committed 20,000 of 24,000 operations');
    const bounded = { ...history, verdict: 'not_decided' as const, undecidedKeys: 3 };
    expect(judgeSafety(same, bounded, []).reason).toContain('3 of 1,000 keys could not be decided');
    expect(judgeSafety(same, null, []).verdict).toBe('not_decided');
  });
});
