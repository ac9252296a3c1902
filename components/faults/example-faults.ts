import type { FaultRecord, RunConfig, RunView, ViewEntry } from '@/server/api/types';

/** A cluster of three whose leader is killed at 5 s and back after 4 s, for tests; to be changed in one place each. */
export const WINDOW_BEGAN = 1_763_900_100_000;
const at = (seconds: number) => WINDOW_BEGAN + seconds * 1_000;

export function exampleFault(changes: Partial<FaultRecord> = {}): FaultRecord {
  return {
    id: 1,
    action: { kind: 'kill', target: { kind: 'leader' } },
    title: 'kill replica1',
    targets: ['replica1'],
    links: [],
    origin: 'panel',
    startedAt: at(5),
    endsAt: at(9),
    endedAt: at(9),
    end: 'over',
    lost: null,
    doubled: null,
    recoveryMs: 312,
    problem: null,
    ...changes,
  };
}

export function exampleEntry(replica: number, seconds: number, changes: Partial<ViewEntry> = {}): ViewEntry {
  const own = { replica: `replica${replica}`, at: at(seconds), health: 'normal' as const };
  return { ...own, view: 0, leader: 'replica1', op: 20_000, commit: 20_000, ...changes };
}

type Timed = Pick<RunView, 'phases' | 'faults' | 'outages' | 'leaders' | 'views' | 'deaths'> & {
  config: Pick<RunConfig, 'replicas'>;
};

/** What the charts over time are drawn from. */
export function exampleTimes(changes: Partial<Timed> = {}): Timed {
  return {
    phases: [{ phase: 'measuring', startedAt: WINDOW_BEGAN, endedAt: null, detail: null }],
    faults: [exampleFault()],
    outages: [{ startMs: 5_010.4, durationMs: 312, leaderBefore: 'replica1', leaderAfter: 'replica2' }],
    leaders: [
      { at: at(-6), view: 0, leader: 'replica1' },
      { at: at(5.3), view: 1, leader: 'replica2' },
    ],
    views: [
      exampleEntry(1, -6),
      exampleEntry(2, -6),
      exampleEntry(2, 5.2, { health: 'view_change', view: 1, leader: 'replica2' }),
      exampleEntry(2, 5.3, { view: 1, leader: 'replica2' }),
      exampleEntry(1, 9.4, { health: 'recovering', view: 1, leader: 'replica2' }),
      exampleEntry(1, 9.6, { view: 1, leader: 'replica2' }),
    ],
    deaths: [],
    config: { replicas: [1, 2, 3].map((id) => ({ id, service: `replica${id}` })) },
    ...changes,
  };
}
