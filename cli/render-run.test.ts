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

  it('of a failed one says error and that there is no proof', () => {
    const failed = endRun(newRun(exampleConfig()), 'failed', 5, { error: toRunError(new Error('the sky fell')) });
    const text = renderRun(failed);
    expect(text).toMatch(/^error +Unexpected failure: the sky fell$/m);
    expect(text).toMatch(/^proof +none: /m);
  });
});
