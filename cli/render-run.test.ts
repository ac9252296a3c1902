import { describe, expect, it } from 'vitest';
import { BASELINE, exampleConfig, exampleEvidence, exampleRun } from '@/server/domain/example-run';
import { judgeProof } from '@/server/domain/judge-proof';
import { endRun, newRun, toRunError } from '@/server/domain/run-machine';
import { renderRun } from './render-run';

describe('a run for people', () => {
  it('says workload, figures and that the proof fits', () => {
    const text = renderRun(exampleRun());
    expect(text).toMatch(/^workload +20,000 requests, 1 client, 64 B, 50 % GET/m);
    expect(text).toMatch(/^offload +offloaded: /m);
    expect(text).toMatch(/^proof +fits tc_broadcast$/m);
  });

  it('says in one line what the proof contradicts, each reason once', () => {
    const run = { ...exampleRun(), proof: judgeProof(BASELINE, exampleEvidence(5, 'cloned')) };
    const text = renderRun(run);
    expect(text).toMatch(/^proof +DOES NOT FIT /m);
    const reason = run.proof.mechanism.reason;
    expect(text.split(reason)).toHaveLength(2);
  });

  it('says what was done to the cluster and what came of it', () => {
    const run = exampleRun();
    const begin = run.config.createdAt + 2000;
    const action = { kind: 'kill', target: { kind: 'replica', name: 'replica1' } } as const;
    const fault = { id: 1, action, title: 'kill replica1', origin: 'plan' } as const;
    const times = { startedAt: begin + 5000, endsAt: null, endedAt: begin + 9000, end: 'asked', recoveryMs: 212 } as const;
    const text = renderRun({
      ...run,
      phases: [{ phase: 'measuring', startedAt: begin, endedAt: null, detail: null }],
      faults: [{ ...fault, ...times, targets: ['replica1'], links: [], lost: null, doubled: null, problem: null }],
      leaders: [
        { at: begin - 2000, view: 0, leader: 'replica1' },
        { at: begin + 5150, view: 1, leader: 'replica2' },
      ],
      outages: [{ startMs: 5001, durationMs: 212, leaderBefore: 'replica1', leaderAfter: 'replica2' }],
      safety: { verdict: 'not_decided', reason: 'the bound struck.', linearizability: null },
    });
    expect(text).toMatch(/^fault 1 +kill replica1 at 5\.0 s for 4\.0 s: replies again after 212 ms$/m);
    expect(text).toMatch(/^leaders +replica1 \(view 0, -2\.0 s\), replica2 \(view 1, 5\.2 s\)$/m);
    expect(text).toMatch(/^outages +212 ms at 5\.0 s \(replica1 to replica2\)$/m);
    expect(text).toMatch(/^safety +not decided: the bound struck\.$/m);
  });

  it('of a failed one says error and that there is no proof', () => {
    const failed = endRun(newRun(exampleConfig()), 'failed', 5, { error: toRunError(new Error('the sky fell')) });
    const text = renderRun(failed);
    expect(text).toMatch(/^error +Unexpected failure: the sky fell$/m);
    expect(text).toMatch(/^proof +none: /m);
  });
});
