import { describe, expect, it } from 'vitest';
import type { FaultRecord, Outage } from './fault';
import { noProgressMs } from './fault-patience';
import { parseFaultPlan } from './fault-plan';
import { withRecoveries } from './fault-recovery';

const BEGIN = 1_000_000;

function kill(id: number, atMs: number, change: Partial<FaultRecord> = {}): FaultRecord {
  const action = { kind: 'kill', target: { kind: 'replica', name: 'replica1' } } as const;
  const what = { id, action, title: 'kill replica1', origin: 'plan' } as const;
  const when = { startedAt: BEGIN + atMs, endsAt: null, endedAt: null, end: null };
  return {
    ...what,
    ...when,
    targets: ['replica1'],
    links: [],
    lost: null,
    doubled: null,
    recoveryMs: null,
    problem: null,
    ...change,
  };
}

const silence = (startMs: number, durationMs: number): Outage => ({
  startMs,
  durationMs,
  leaderBefore: 'replica1',
  leaderAfter: 'replica2',
});

const recoveries = (records: FaultRecord[], ...outages: Outage[]) =>
  withRecoveries(records, outages, BEGIN).map(({ recoveryMs }) => recoveryMs);

describe('the time of recovery', () => {
  it('is the silence that began with the fault', () => {
    expect(recoveries([kill(1, 5000)], silence(1000, 60), silence(4990, 180))).toEqual([180]);
  });

  it('goes to the last fault before the silence, and the first silence counts', () => {
    const records = [kill(1, 5000), kill(2, 9000)];
    expect(recoveries(records, silence(9500, 200), silence(9001, 300), silence(5001, 90))).toEqual([90, 300]);
    expect(recoveries(records, silence(9001, 300))).toEqual([null, 300]);
  });

  it('is none of a fault without a silence, of one long before it, and of one that could not be done', () => {
    expect(recoveries([kill(1, 5000)])).toEqual([null]);
    expect(recoveries([kill(1, 5000)], { ...silence(5001, 3000), leaderAfter: null })).toEqual([null]);
    expect(recoveries([kill(1, 5000)], silence(66_000, 90))).toEqual([null]);
    const failed = kill(2, 6000, { problem: 'replica1 does not run', endedAt: BEGIN + 6000, end: 'over' });
    expect(recoveries([kill(1, 5000), failed], silence(6010, 70))).toEqual([70, null]);
  });
});

describe('the patience of a client', () => {
  const patience = (text: string) => noProgressMs({ faults: parseFaultPlan(text).plan });

  it('is ten seconds without a plan, and with faults that are meant to last', () => {
    expect(patience('')).toBe(10_000);
    expect(patience('at 1 s kill leader; at 2 s isolate replica2')).toBe(10_000);
  });

  it('adds the longest stretch of the plan', () => {
    expect(patience('at 1 s pause leader for 4 s; at 9 s pause leader for 2 s')).toBe(14_000);
    expect(patience('at 1 s pause replica2 for 4 s; at 3 s isolate replica3 for 5 s')).toBe(17_000);
    expect(patience('at 5 s kill leader; at 9 s restart it')).toBe(14_000);
  });
});
