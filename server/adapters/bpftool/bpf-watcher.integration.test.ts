import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toWatchView } from '@/server/domain/bpf-view';
import type { BpfLook, BpfWatchView, WatchedProgram } from '@/server/domain/bpf-watch';
import { LabError } from '@/server/domain/errors';
import type { BpfWatch } from '@/server/domain/ports';
import { RUN_LABEL } from '@/server/domain/run-label';
import { DockerEngine } from '../docker/docker-engine';
import { ContainerBpfInspector } from './bpf-inspector';
import { ContainerBpfWatcher } from './bpf-watcher';
import { HostPrograms, whyNoHostPrograms } from './host-programs';
import { startTestCluster, TEST_IMAGE, type TestCluster } from './test-cluster';

const engine = new DockerEngine();
const inspector = new ContainerBpfInspector(engine);
const RUN = `t-${process.pid}-watched`;
const OTHER = `t-${process.pid}-other`;
const run = (file: string, ...args: string[]) =>
  execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const docker = (...args: string[]) => run('docker', ...args);
const noHostPrograms = whyNoHostPrograms(run);
const hasImage = (await engine.imageDigest(TEST_IMAGE)) !== null;

describe.skipIf(!hasImage)(`the watcher of scenario3 with tc_broadcast (needs ${TEST_IMAGE})`, () => {
  let cluster: TestCluster;
  let other: TestCluster;
  const host = new HostPrograms(run);

  beforeAll(async () => {
    cluster = await startTestCluster(engine, RUN);
    other = await startTestCluster(engine, OTHER);
    if (noHostPrograms === null) host.load();
  });
  afterAll(async () => {
    await cluster.remove();
    await other.remove();
    if (noHostPrograms === null) host.remove();
  });

  function watch(options: { image?: string; statistics?: boolean } = {}): Promise<BpfWatch> {
    const { image = TEST_IMAGE, statistics = false } = options;
    const replicas = cluster.containers.map(({ id, service }) => ({ name: service, containerId: id }));
    const request = { label: RUN, replicas, cpuset: null, statistics, everyMs: 100 };
    return new ContainerBpfWatcher(engine, image).watch(request, new AbortController().signal);
  }

  /** Views until one is as wanted; at most 100 looks. */
  async function untilView(
    options: { image?: string; statistics?: boolean },
    wanted: (view: BpfWatchView, look: BpfLook, watching: BpfWatch) => boolean | Promise<boolean>,
  ): Promise<BpfWatchView> {
    const watching = await watch(options);
    let before: { look: BpfLook; view: BpfWatchView } | null = null;
    let looks = 0;
    try {
      for await (const look of watching.looks) {
        const facts = { config: cluster.config, containers: cluster.containers, everyMs: 100, heldOff: false };
        const view = toWatchView(look, { ...facts, before });
        if (await wanted(view, look, watching)) return view;
        before = { look, view };
        looks += 1;
        if (looks > 100) break;
      }
      throw new Error(`not seen in ${looks} looks: ${JSON.stringify(before?.view)}`);
    } finally {
      await watching.close();
    }
  }

  const first = () => true;
  const ownOf = ({ replicas }: BpfWatchView, name: string) => replicas.find((each) => each.name === name)?.programs ?? [];
  const programOf = (view: BpfWatchView, replica: string): WatchedProgram => {
    const [program] = ownOf(view, replica).filter(({ name }) => name === 'lab_broadcast');
    if (program === undefined) throw new Error(`${replica} has no program`);
    return program;
  };
  const watchers = () => docker('ps', '-aq', '--filter', `label=${RUN_LABEL}=${RUN}`, '--filter', 'label=electrode-lab.role');

  test.skipIf(noHostPrograms !== null)(
    'every program is told apart, with another cluster and programs of the host beside',
    async () => {
      const view = await untilView({}, first);
      expect(view.replicas.map(({ name, problem, programs }) => [name, problem, programs.map(({ id }) => id)])).toEqual(
        [...cluster.programs].map(([name, id]) => [name, null, [id]]),
      );
      const hostIds = new Set(view.host.map(({ id }) => id));
      for (const id of other.programs.values()) expect(hostIds).toContain(id);
      expect(view.host.filter(({ name }) => name.startsWith('other_')).length).toBeGreaterThanOrEqual(3);
      // Every program of the kernel is somebody's, and nobody's twice.
      const listed = docker('exec', cluster.containers[0]?.id ?? '', 'bpftool', 'prog', 'show').match(/^\d+(?=: )/gm) ?? [];
      const shown = [...hostIds, ...cluster.programs.values()].map(String);
      expect(shown.length).toBe(new Set(shown).size);
      for (const id of cluster.programs.values()) expect(listed).toContain(String(id));
      expect(ownOf(view, 'replica1')[0]).toMatchObject({
        ownerReason: 'attached at eth0 clsact/egress',
        pids: [{ pid: 1, comm: 'replica' }],
      });
      expect(view.replicas[0]?.attachments).toMatchObject([{ kind: 'tc', ifname: 'eth0', hook: 'clsact/egress', priority: 1 }]);
    },
  );

  test.skipIf(noHostPrograms !== null)('XDP that was attached by netlink is seen, and is the replica’s', async () => {
    const replica = cluster.containers[1];
    host.attachXdp((await engine.hostPid(replica?.id ?? '')) ?? 0, 'eth0');
    const view = await untilView({}, (seen) => ownOf(seen, 'replica2').length > 1);
    const [xdp] = ownOf(view, 'replica2').filter(({ type }) => type === 'xdp');
    expect(xdp).toMatchObject({ ownerReason: 'attached at eth0 generic', owner: 'replica' });
    expect(view.replicas[1]?.attachments).toContainEqual(
      expect.objectContaining({ kind: 'xdp', ifname: 'eth0', hook: 'generic', programId: xdp?.id }),
    );
    expect(ownOf(view, 'replica1')).toHaveLength(1);
  });

  test('peers, settings, counters and frames are rows, and nothing drifts', async () => {
    const settled = (view: BpfWatchView) => view.replicas.every(({ maps }) => maps.every((map) => !hasDrift(map)));
    const view = await untilView({}, settled);
    const [leader] = view.replicas;
    const kinds = Object.fromEntries(leader?.maps.map(({ name, kind }) => [name, kind]) ?? []);
    expect(kinds).toMatchObject({ config: 'fields', peers: 'peers', counters: 'counters', frames: 'frames' });
    const peers = leader?.maps.find((map) => map.kind === 'peers');
    expect(peers?.rows).toMatchObject(
      cluster.containers.map(({ service, address, mac }, at) =>
        at === 0
          ? { replica: service, own: true }
          : { replica: service, ip: address, mac, valid: true, port: 12345, drift: [] },
      ),
    );
    const counters = leader?.maps.find((map) => map.kind === 'counters');
    expect(counters?.rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['not_ours', 'unicast', 'clones']));
  });

  test('statistics are switched on and off, and are off once the watcher is gone', async () => {
    const start = await untilView({ statistics: true }, (view) => (programOf(view, 'replica1').runsPerS ?? 0) > 0);
    expect(start.statistics).toBe('on');
    // Heartbeats go on: the program runs, and nobody counts.
    const counted = () => runCountOf(programOf(start, 'replica1').id);
    const broadcasts = (view: BpfWatchView) => {
      const counters = view.replicas[0]?.maps.find((map) => map.kind === 'counters');
      return counters?.rows.reduce((sum, { value }) => sum + value, 0) ?? 0;
    };
    const atRest = counted();
    let begun: number | null = null;
    await untilView({}, (view) => {
      begun ??= broadcasts(view);
      return broadcasts(view) > begun + 5;
    });
    expect(counted()).toBe(atRest);
    let switched = false;
    const again = await untilView({}, async (view, _look, watching) => {
      if (!switched) await watching.setStatistics(true);
      switched = true;
      return (programOf(view, 'replica1').runCnt ?? 0) > atRest;
    });
    expect(again.statistics).toBe('on');
    await untilView({ statistics: true }, async (view, _look, watching) => {
      await watching.setStatistics(false);
      return view.statistics === 'off';
    });
    expect(watchers()).toBe('');
  });

  function runCountOf(programId: number): number {
    const shown = docker('exec', cluster.containers[0]?.id ?? '', 'bpftool', 'prog', 'show', 'id', String(programId));
    return Number(/run_cnt (\d+)/.exec(shown)?.[1] ?? 0);
  }

  test('code comes with the lines of C it was made from, the same by the replica’s own tool', async () => {
    const watching = await watch();
    const id = cluster.programs.get('replica1') ?? 0;
    const { lines, problem } = await watching.code(id);
    await watching.close();
    expect(problem).toBeNull();
    expect(lines[0]).toEqual({ kind: 'label', text: expect.stringContaining('lab_broadcast'), sourceLine: null });
    const instructions = lines.filter(({ kind }) => kind === 'instruction');
    expect(instructions.length).toBeGreaterThan(100);
    expect(instructions.filter(({ sourceLine }) => sourceLine !== null).length).toBeGreaterThan(instructions.length / 2);
    expect(lines.some(({ kind, text }) => kind === 'source' && text.includes('bpf_clone_redirect'))).toBe(true);
    const own = await inspector.code(cluster.containers[0]?.id ?? '', id);
    expect(own.lines.map(({ text }) => withoutAddresses(text))).toEqual(lines.map(({ text }) => withoutAddresses(text)));
    expect((await inspector.code(cluster.containers[0]?.id ?? '', 4_000_000_000)).problem).toMatch(/^bpftool prog dump failed/);
  });

  test('a watcher is none of the run’s containers, and is removed with them', async () => {
    const before = await engine.count(RUN);
    const watching = await watch();
    expect(watchers()).not.toBe('');
    expect(await engine.count(RUN)).toEqual(before);
    expect((await engine.containers(RUN)).map(({ service }) => service)).toEqual([
      'client',
      'replica1',
      'replica2',
      'replica3',
    ]);
    await watching.close();
    expect(watchers()).toBe('');
  });

  test('that is killed breaks off in words; an image without it names the remedy', async () => {
    const watching = await watch();
    docker('kill', watchers().trim());
    await expect(drain(watching)).rejects.toMatchObject({ code: 'inspector_failed' });
    for (const [image, words] of [
      ['debian:bookworm-slim', 'has no bpfwatch'],
      ['electrode-lab/none:dev', 'is not on this engine'],
    ] as const) {
      const failure = await watch({ image }).catch((error: unknown) => error);
      if (!(failure instanceof LabError)) throw new Error('it started');
      expect(failure).toMatchObject({ code: 'inspector_failed', remedy: `docker build -t ${image} ebpf` });
      expect(failure.message).toContain(words);
    }
    expect(watchers()).toBe('');
  });
});

const hasDrift = (map: BpfWatchView['replicas'][number]['maps'][number]) => {
  if (map.kind === 'peers') return map.rows.some(({ drift }) => drift.length > 0);
  return map.kind === 'fields' && map.rows.some(({ drift }) => drift);
};

/** Where the kernel's symbols may not be read, a call's target is told by another number. */
const withoutAddresses = (text: string) => text.replace(/call .*$/, 'call');

async function drain({ looks }: BpfWatch): Promise<void> {
  for await (const _ of looks);
}
