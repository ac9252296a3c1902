import { expect, it } from 'vitest';
import { exampleConfig } from '@/server/domain/example-run';
import type { FaultRecord } from '@/server/domain/fault';
import { withStanding } from '@/server/domain/fault-standing';
import { newRun } from '@/server/domain/run-machine';
import { FaultLines } from './fault-lines';
import { readFaults } from './fault-option';

it('what faults do is told once each, as it happens', () => {
  const lines = new FaultLines();
  const idle = newRun(exampleConfig({ size: 3 }));
  const phases = [...idle.phases, { phase: 'measuring', startedAt: 1000, endedAt: null, detail: null } as const];
  const replicas = idle.replicas.map((replica, at) => {
    return { ...replica, container: 'running', view: 0, role: at === 0 ? ('leader' as const) : ('follower' as const) };
  });
  const view = { ...idle, phases, replicas, state: 'measuring' as const, leaders: [{ at: 900, view: 0, leader: 'replica1' }] };
  expect(lines.next(idle)).toEqual([]);
  expect(lines.next(view)).toEqual([]);
  const action = { kind: 'pause', target: { kind: 'replica', name: 'replica2' } } as const;
  const times = { startedAt: 3000, endsAt: 5000, endedAt: null, end: null, lost: null, doubled: null, recoveryMs: null };
  const fault: FaultRecord = {
    ...{ id: 1, action, title: 'pause replica2', targets: ['replica2'], links: [], origin: 'plan', problem: null },
    ...times,
  };
  const paused = withStanding({ ...view, faults: [fault] });
  expect(lines.next(paused).map((line) => line.trim())).toEqual([
    'fault 1: pause replica2, at 2.0 s of the window',
    'replica1 leads view 0, without replica2.',
  ]);
  expect(lines.next(paused)).toEqual([]);
  const over = withStanding({
    ...view,
    faults: [{ ...fault, endedAt: 5000, end: 'over' as const }],
    leaders: [...view.leaders, { at: 3400, view: 1, leader: 'replica2' }],
    outages: [
      { startMs: 2000, durationMs: 150, leaderBefore: 'replica1', leaderAfter: 'replica2' },
      { startMs: 2400, durationMs: 106, leaderBefore: 'replica2', leaderAfter: 'replica2' },
    ],
  });
  expect(lines.next(over).map((line) => line.trim())).toEqual([
    'fault 1: over after 2000 ms',
    'replica2 leads view 1, at 2.4 s',
    'no reply for 150 ms at 2.0 s (replica1 to replica2)',
    'replica1 leads view 0.',
  ]);
});

it('a plan that cannot be read is a wrong command line', () => {
  expect(readFaults('at 5 s kill leader')).toHaveLength(1);
  expect(() => readFaults('at 5 s maim leader; kill it')).toThrow(/maim.*\n.*where at belongs/);
  expect(() => readFaults('@/no/such/file')).toThrow(/no such file/);
});
