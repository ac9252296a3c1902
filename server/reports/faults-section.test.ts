import { describe, expect, it } from 'vitest';
import { exampleFault, exampleRun } from '../domain/example-run';
import { faultsAndSafety } from './faults-section';

const said = (...runs: ReturnType<typeof exampleRun>[]) =>
  faultsAndSafety({ runs }).flatMap((block) => (block.kind === 'list' ? block.items : []));
const outage = { startMs: 5010, durationMs: 310.4, leaderBefore: 'replica1', leaderAfter: 'replica2' };

describe('faults and safety in a report', () => {
  it('are one sentence where nothing was done, and none for images that do not report', () => {
    expect(said(exampleRun(), exampleRun())).toEqual(['Safety, by equal logs and a linearizable history: 2 of 2 runs safe.']);
    expect(faultsAndSafety({ runs: [exampleRun({ view: { safety: null } })] })).toEqual([]);
  });

  it('name plans, what was done by hand, silences, and who is not safe', () => {
    const faults = [{ atSeconds: 5, action: exampleFault().action, forSeconds: 4 }];
    const planned = exampleRun({ config: { faults }, view: { faults: [exampleFault()], outages: [outage] } });
    const byHand = exampleRun({
      config: { id: 'r-0008' },
      view: {
        faults: [exampleFault({ origin: 'panel' })],
        safety: { verdict: 'unsafe', reason: 'Two logs.', linearizability: null },
      },
    });
    const open = exampleRun({ view: { safety: { verdict: 'not_decided', reason: 'Open.', linearizability: null } } });
    expect(said(planned, planned, byHand, open)).toEqual([
      'Planned faults, from the begin of the measured window: at 5 s kill replica1 for 4 s (2 runs).',
      'Faults by hand: r-0008: kill replica1.',
      'Silences of 50 ms or more: 2 in 2 runs, the longest 310 ms; they are part of the latencies.',
      'Safety, by equal logs and a linearizable history: 2 of 4 runs safe, 1 not decided. r-0008 is unsafe: Two logs.',
    ]);
  });
});
