import { describe, expect, it } from 'vitest';
import { exampleConfig } from './example-run';
import type { FaultRecord } from './fault';
import { linksOf } from './fault-links';
import { parseFault } from './fault-plan';
import { withStanding } from './fault-standing';
import { targetsOf } from './fault-text';
import type { ReplicaState, RunView } from './run';
import { newRun } from './run-machine';

const NODES = ['replica1', 'replica2', 'replica3', 'client'];

function active(text: string): FaultRecord {
  const read = parseFault(text);
  if (typeof read === 'string') throw new Error(read);
  const { action } = read;
  const targets = targetsOf(action).flatMap((target) => (target.kind === 'replica' ? [target.name] : []));
  const times = { startedAt: 1, endsAt: null, endedAt: null, end: null, lost: null, doubled: null, recoveryMs: null };
  return { id: 1, action, title: text, targets, links: linksOf(action, NODES), origin: 'plan', problem: null, ...times };
}

/** Three replicas of view 4, led by replica1, but for the changes. */
function cluster(changes: Record<string, Partial<ReplicaState>>, ...faults: string[]): RunView {
  const view = newRun(exampleConfig({ size: 3 }));
  const replicas = view.replicas.map((replica, at): ReplicaState => {
    const well = { container: 'running', health: 'normal', view: 4, role: at === 0 ? 'leader' : 'follower' } as const;
    return { ...replica, ...well, ...changes[replica.name] };
  });
  return { ...view, state: 'measuring', replicas, faults: faults.map(active) };
}

const standingOf = (view: RunView) => withStanding(view).standing;

/** Ended by itself, as the run noted it. */
function withDeaths(view: RunView, ...services: string[]): RunView {
  const replicas = view.replicas.map((each) => (services.includes(each.name) ? { ...each, container: 'exited' } : each));
  return { ...view, replicas, deaths: services.map((service) => ({ service, exitCode: 1, at: 1, led: false })) };
}

describe('a cluster', () => {
  it('has no standing before and after it is measured, though memories seem lost then', () => {
    const booting = { replica1: { health: 'recovering' }, replica2: { health: 'recovering' } } as const;
    expect(standingOf({ ...cluster(booting), state: 'leader' })).toBeNull();
    expect(standingOf({ ...cluster(booting), state: 'done' })).toBeNull();
  });

  it('has none once its containers are ended by nobody that is known of: the lab tears it down', () => {
    const ended = { container: 'exited' };
    expect(standingOf(cluster({ replica2: ended }))).toBeNull();
    const all = { replica1: ended, replica2: ended, replica3: ended };
    expect(standingOf(cluster(all, 'kill replica2'))).toBeNull();
  });

  it('serves with a leader and a quorum', () => {
    expect(standingOf(cluster({}))).toEqual({ state: 'serving', replicas: [], sentence: 'replica1 leads view 4.' });
    expect(standingOf(cluster({}, 'pause replica3'))?.sentence).toBe('replica1 leads view 4, without replica3.');
    expect(standingOf(cluster({}, 'lose 50 % everywhere'))?.state).toBe('serving');
  });

  it('stands still without a quorum, and says who is missing, why, and that it resumes', () => {
    expect(standingOf(cluster({}, 'pause replica2', 'pause replica3'))).toEqual({
      state: 'no_quorum',
      replicas: ['replica2', 'replica3'],
      sentence: 'No quorum: replica2 and replica3 are paused. Service resumes by itself when one returns.',
    });
    const killed = cluster({ replica2: { container: 'exited' } }, 'kill replica2', 'isolate replica1', 'isolate replica3');
    expect(standingOf(killed)?.sentence).toBe(
      'No quorum: replica1 and replica3 are isolated, replica2 is killed. Service resumes by itself when 2 return.',
    );
    expect(standingOf(cluster({ replica2: { health: 'recovering' } }, 'pause replica1'))?.state).toBe('no_quorum');
  });

  it('stands still when cut links leave nobody with a quorum', () => {
    const links = ['cut replica1 -> replica2', 'cut replica2 <-> replica3', 'lose 100 % from replica3 to replica1'];
    expect(standingOf(cluster({}, ...links))).toEqual({
      state: 'no_quorum',
      replicas: [],
      sentence:
        'No quorum: links are cut, and nobody reaches a quorum in both directions. Service resumes by itself when the links are whole again.',
    });
    expect(standingOf(cluster({}, ...links.slice(1)))?.state).toBe('serving');
    expect(standingOf(cluster({}, 'pause replica3', 'cut replica1 -> replica2'))?.sentence).toContain(
      'No quorum: replica3 is paused, links are cut',
    );
  });

  it('changes views while no quorum follows a leader', () => {
    expect(standingOf(withDeaths(cluster({}), 'replica1'))).toMatchObject({
      state: 'changing_views',
      replicas: ['replica1'],
    });
    const ahead = { view: 5, health: 'view_change' } as const;
    expect(standingOf(cluster({ replica2: ahead, replica3: ahead }))?.sentence).toBe(
      'Nobody leads: the replicas change views, the newest is 5.',
    );
  });

  it('serves though one replica alone goes on to later views, and under the newest of two that think they lead', () => {
    const ahead = { view: 9, health: 'view_change' } as const;
    expect(standingOf(cluster({ replica3: ahead }))?.sentence).toBe('replica1 leads view 4.');
    const led = { replica2: { view: 5, role: 'leader' }, replica3: { view: 5 } } as const;
    expect(standingOf(cluster(led))?.sentence).toBe('replica2 leads view 5.');
  });

  it('that lost more than f memories never serves again, whether killed, recovering or ended by themselves', () => {
    const words =
      'More than 1 memory is lost: replica1 and replica3 ended or began anew, and what was acknowledged cannot be told from the rest. Service never resumes.';
    const killed = { replica1: { container: 'exited' }, replica3: { health: 'recovering' } } as const;
    expect(standingOf(cluster(killed, 'kill replica1'))).toEqual({
      state: 'memory_lost',
      replicas: ['replica1', 'replica3'],
      sentence: words,
    });
    expect(standingOf(withDeaths(cluster({}), 'replica1', 'replica3'))?.sentence).toBe(words);
  });

  it('that lost more than f memories is believed on the word of one replica', () => {
    const standing = standingOf(cluster({ replica2: { health: 'lost_memory' } }));
    expect(standing).toMatchObject({ state: 'memory_lost', replicas: ['replica2'] });
    expect(standing?.sentence).toMatch(/^More than 1 memory is lost: replica2 says so, /);
  });

  it('that reports nothing is taken to run', () => {
    const silent = { role: 'unknown', view: null, health: null } as const;
    const all = { replica1: silent, replica2: silent, replica3: silent };
    expect(standingOf(cluster(all))?.sentence).toBe('Replicas run.');
  });
});

describe('a replica that was killed', () => {
  const afflictionOf = (view: RunView) => withStanding(view).replicas[1]?.affliction;
  const heard = (lastSeenAt: number) => cluster({ replica2: { lastSeenAt } }, 'kill replica2');

  it('is so until it speaks again, by whomever it was started, and its last words do not count', () => {
    expect(afflictionOf(heard(100))).toBe('killed');
    expect(afflictionOf(heard(900))).toBeNull();
  });

  it('recovers from the moment it is started, before it says so', () => {
    const over = (view: RunView) => ({ ...view, faults: view.faults.map((fault) => ({ ...fault, endedAt: 4000 })) });
    expect(afflictionOf(over(heard(100)))).toBe('recovering');
    expect(afflictionOf(over(heard(4001)))).toBeNull();
  });

  it('is not told of once the run is over, but for a memory that is lost', () => {
    expect(afflictionOf({ ...heard(100), endedAt: 9000 })).toBeNull();
    const lost = cluster({ replica2: { health: 'lost_memory', container: 'exited' } });
    expect(afflictionOf({ ...lost, endedAt: 9000 })).toBe('lost_memory');
  });
});
