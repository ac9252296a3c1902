import { describe, expect, it } from 'vitest';
import { OBSERVE_NOTHING } from '@/server/domain/observation';
import type { Standing } from '../domain/fault';
import type { RunConfig } from '../domain/run';
import { WORKLOAD_DEFAULT } from '../domain/workload';
import type { LabEventOf } from '../telemetry/events';
import { ClusterWatch, CutShort } from './cluster-watch';
import { clientFailure, sayNoProgress } from './explain-failure';

const config: RunConfig = {
  id: 'r-0001',
  scenario: 'scenario3',
  scenarioTitle: '3 replicas',
  replicas: [1, 2, 3].map((id) => ({ id, service: `replica${id}` })),
  quorum: 2,
  clientService: 'client',
  clientFormat: 'lab',
  variant: { name: 'baseline', title: 'Baseline', environment: {}, image: null, expects: 'not_offloaded' },
  workload: WORKLOAD_DEFAULT,
  cpusets: {},
  label: '3fa9c1-r-0001',
  project: 'electrode-lab-3fa9c1-r-0001',
  origin: 'lab',
  createdAt: 0,
  observe: OBSERVE_NOTHING,
  faults: [],
  place: null,
  importedFrom: null,
};

const NOW = 100_000;
const MOMENT = { now: NOW, standing: null };

/** A cluster whose replicas last reported so many ms ago; null: never, since the container is gone. */
function cluster(silentForMs: (number | null)[]): ClusterWatch {
  const watch = new ClusterWatch(config);
  for (const [index, ms] of silentForMs.entries()) {
    const service = `replica${index + 1}`;
    const event = { kind: 'container', service, containerId: service, exitCode: 137, at: 0 } as const;
    watch.fromEngine({ ...event, action: 'start' });
    if (ms === null) watch.fromEngine({ ...event, action: 'die' });
    else watch.fromContainer(status(service, NOW - ms));
  }
  watch.fromContainer({ v: 1, src: 'client', tUs: 0, event: 'no_progress', leader: 1, silentMs: 10_004, outstanding: 1 });
  return watch;
}

function status(src: string, at: number): LabEventOf<'status'> {
  const counters = { broadcasts: 9, sent: 9, frames: [], acked: [], receipts: 0, resends: 0, drops: 0, cpuNs: 1, rssBytes: 1 };
  const log = {
    health: 'normal' as const,
    view: 0,
    leader: 1,
    op: 9,
    first: 1,
    highest: 9,
    commit: 9,
    hash: '0'.repeat(16),
    window: 1,
  };
  return { v: 1, event: 'status', src, tUs: at * 1000, role: src === 'replica1' ? 'leader' : 'follower', ...log, ...counters };
}

describe('no progress', () => {
  it('is laid at the door of a leader that is silent or gone, and of those who did not follow it', () => {
    const words = 'no progress: leader replica1 silent, and no other leads after 10 s without a reply';
    expect(sayNoProgress(config, cluster([2500, 50, 50]), MOMENT)).toBe(words);
    expect(sayNoProgress(config, cluster([null, 50, 50]), MOMENT)).toBe(words);
  });

  it('names who is missing for a quorum', () => {
    const words = sayNoProgress(config, cluster([50, 2500, null]), MOMENT);
    expect(words).toBe('no progress: replica1 leads but has no quorum: replica2, replica3 silent');
    const leaderToo = sayNoProgress(config, cluster([null, 50, null]), MOMENT);
    expect(leaderToo).toBe('no progress: no quorum is left: replica1, replica3 silent');
  });

  it('says so when everybody reports and still nothing is answered', () => {
    expect(sayNoProgress(config, cluster([50, 50, 50]), MOMENT)).toContain('a quorum reports');
    const standing: Standing = { state: 'no_quorum', replicas: ['replica2'], sentence: 'No quorum: replica2 isolated.' };
    const words = sayNoProgress(config, cluster([50, 50, 50]), { now: NOW, standing });
    expect(words).toBe('no progress: No quorum: replica2 isolated.');
  });
});

describe('clientFailure', () => {
  it.each([
    [2, 'bad_workload'],
    [4, 'memory_lost'],
    [5, 'leader_not_elected'],
    [137, 'container_died'],
  ])('reads exit code %i as %s', (exitCode, code) => {
    const failure = clientFailure(config, new ClusterWatch(config), exitCode, MOMENT);
    expect(failure).toMatchObject({ code, service: 'client' });
    expect(failure.message).toContain(`exit code ${exitCode}`);
  });
});

describe('ClusterWatch.until', () => {
  const never = new AbortController().signal;

  it('resolves once an event makes the condition true', async () => {
    const watch = new ClusterWatch(config);
    const waiting = watch.until(() => watch.started.has('replica1'), never);
    watch.fromEngine({ kind: 'container', action: 'start', service: 'replica1', containerId: 'x', exitCode: null, at: 0 });
    await expect(waiting).resolves.toBe(true);
  });

  it('gives up after its time, fails with the cluster, and ends when the run is to end', async () => {
    const watch = new ClusterWatch(config);
    await expect(watch.until(() => false, never, 5)).resolves.toBe(false);
    const stop = new AbortController();
    const waiting = watch.until(() => false, stop.signal);
    stop.abort();
    await expect(waiting).rejects.toBeInstanceOf(CutShort);
    watch.fromContainer({ v: 1, src: 'replica2', tUs: 0, event: 'error', code: 'bpf_load', message: 'no BTF' });
    await expect(watch.until(() => true, never)).rejects.toMatchObject({ message: 'replica2: no BTF', service: 'replica2' });
    const forgetful = new ClusterWatch(config);
    forgetful.fromContainer({ v: 1, src: 'replica2', tUs: 0, event: 'error', code: 'memory_lost', message: 'all is gone' });
    await expect(forgetful.until(() => true, never)).rejects.toMatchObject({ code: 'memory_lost' });
  });
});
