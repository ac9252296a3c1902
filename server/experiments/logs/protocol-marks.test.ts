import { describe, expect, it } from 'vitest';
import { exampleConfig } from '@/server/domain/example-run';
import type { LabEvent } from '../../telemetry/events';
import { intervalOf, phaseOf, statusOf } from '../../telemetry/example-events';
import { ProtocolMarks } from './protocol-marks';

const at = { v: 1, tUs: 1_763_900_000_000_000 } as const;
const ready = (src: string, leader: number): LabEvent => ({ ...at, event: 'ready', src, view: 0, leader, peersReady: 4 });
const second = (count: number) => at.tUs + count * 1_000_000;

const marksOf = (...events: LabEvent[]) => {
  const marks = new ProtocolMarks(exampleConfig());
  return events.map((event) => marks.of(event));
};

describe('marks', () => {
  it('name the leader, not those who follow it', () => {
    expect(marksOf(ready('replica1', 1), ready('replica2', 1))).toEqual(['leader', undefined]);
  });

  it('show a new view once for each replica', () => {
    const views = [0, 0, 1, 1, 1].map((view) => statusOf('replica2', { view }));
    expect(marksOf(...views, statusOf('replica3', { view: 1 }), statusOf('replica3', { view: 2 }))).toEqual([
      undefined,
      undefined,
      'view',
      undefined,
      undefined,
      undefined,
      'view',
    ]);
  });

  it('show resends when there are more of them, at most once a second and source', () => {
    const status = (resends: number, tUs: number, src = 'replica1') => statusOf(src, { resends, tUs });
    expect(
      marksOf(
        status(0, second(0)),
        status(3, second(0)),
        status(4, second(0) + 100_000),
        status(4, second(1)),
        status(5, second(2)),
        status(1, second(2), 'replica2'),
      ),
    ).toEqual([undefined, 'resend', undefined, undefined, 'resend', 'resend']);
  });

  it('count resends anew when a process begins anew', () => {
    const boot: LabEvent = {
      ...at,
      event: 'boot',
      src: 'replica1',
      role: 'replica',
      id: 1,
      replicas: 5,
      incarnation: 2,
      runId: '0000000000000001',
      offloads: '',
      payloadMaxBytes: 64,
      logCapacityOps: 10,
      version: '1',
    };
    const before = statusOf('replica1', { resends: 9, tUs: second(0) });
    const after = statusOf('replica1', { resends: 2, tUs: second(5) });
    expect(marksOf(before, boot, after)).toEqual(['resend', undefined, 'resend']);
  });

  it('show phases and resends of the client', () => {
    expect(marksOf(phaseOf('warmup', at.tUs), intervalOf(1), intervalOf(2, { retries: 3 }))).toEqual([
      'phase',
      undefined,
      'resend',
    ]);
  });

  it("read a third party's words", () => {
    const marks = new ProtocolMarks(exampleConfig());
    const of = (fact: Parameters<typeof marks.ofForeign>[1], ms = 0) => marks.ofForeign('replica1', fact, ms);
    expect(of({ fact: 'view_entered', replica: 0, view: 1 })).toBe('view');
    expect(of({ fact: 'view_entered', replica: 0, view: 1 })).toBeUndefined();
    expect([0, 400, 1200].map((ms) => of({ fact: 'prepare_resent' }, ms))).toEqual(['resend', undefined, 'resend']);
    expect(of({ fact: 'leader_silent', replica: 2 })).toBe('fault');
    expect(of({ fact: 'warmup_done', seconds: 1, requests: 2 })).toBe('phase');
  });
});
