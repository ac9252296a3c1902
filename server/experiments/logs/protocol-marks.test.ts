import { describe, expect, it } from 'vitest';
import { exampleConfig } from '@/server/domain/example-run';
import type { LabEvent } from '../../telemetry/events';
import { bootOf, intervalOf, linearizabilityOf, phaseOf, statusOf, viewOf } from '../../telemetry/example-events';
import { ProtocolMarks } from './protocol-marks';

const at = { v: 1, tUs: 1_763_900_000_000_000 } as const;
const ready = (src: string, leader: number, view = 0): LabEvent => ({
  ...at,
  event: 'ready',
  src,
  view,
  leader,
  peersReady: 4,
});
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
    const boot = bootOf('replica1', 2);
    const before = statusOf('replica1', { resends: 9, tUs: second(0) });
    const after = statusOf('replica1', { resends: 2, tUs: second(5) });
    expect(marksOf(before, boot, after)).toEqual(['resend', undefined, 'resend']);
  });

  it('count resends anew in each view', () => {
    const later = (view: number, resends: number, tUs: number) => statusOf('replica1', { view, resends, tUs });
    const marks = marksOf(later(0, 9, second(0)), later(1, 0, second(2)), later(1, 4, second(3)));
    expect(marks).toEqual(['resend', 'view', 'resend']);
  });

  it('show a view change once for each replica, its leader, and who came back', () => {
    const recovered: LabEvent = {
      ...at,
      event: 'recovered',
      src: 'replica1',
      view: 1,
      op: 9,
      commit: 9,
      hash: '00c0ffee00c0ffee',
      tookMs: 20,
    };
    expect(
      marksOf(
        viewOf('replica2', { health: 'recovering', view: 0, leader: 1 }),
        viewOf('replica2', { view: 0, leader: 1 }),
        viewOf('replica2', { health: 'view_change' }),
        viewOf('replica3', { health: 'view_change' }),
        viewOf('replica2'),
        ready('replica2', 2, 1),
        viewOf('replica3'),
        statusOf('replica3', { view: 1, leader: 2 }),
        recovered,
        viewOf('replica1', { health: 'lost_memory' }),
      ),
    ).toEqual([undefined, undefined, 'view', 'view', 'leader', undefined, undefined, undefined, 'view', 'fault']);
  });

  it('show silences of the service, and a history that no order explains', () => {
    const outage: LabEvent = {
      ...at,
      event: 'outage',
      src: 'client',
      startUs: 5_000_000,
      durationUs: 300_000,
      leaderBefore: 1,
      leaderAfter: 2,
    };
    const violated = linearizabilityOf({ verdict: 'violated' });
    expect(marksOf(outage, linearizabilityOf(), violated)).toEqual(['fault', undefined, 'fault']);
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
