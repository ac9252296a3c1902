import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { EngineContainer } from '@/server/domain/ports';
import { DockerEngine } from '../docker/docker-engine';
import { ContainerBpfInspector } from './bpf-inspector';
import { startTestCluster, TEST_IMAGE, type TestCluster } from './test-cluster';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const RUN = `t-${process.pid}-bpf`;
const engine = new DockerEngine();
const inspector = new ContainerBpfInspector(engine);
const hasImage = (await engine.imageDigest(TEST_IMAGE)) !== null;

describe.skipIf(!hasImage)(`replicas of scenario3 with tc_broadcast (needs ${TEST_IMAGE})`, () => {
  let cluster: TestCluster;
  let containers: EngineContainer[];

  beforeAll(async () => {
    cluster = await startTestCluster(engine, RUN);
    ({ containers } = cluster);
  });
  afterAll(() => cluster.remove());

  test("each replica's own program is told from its neighbours', with holder and place", async () => {
    const samples = await Promise.all(containers.map(({ id, service }) => inspector.sample(id, service)));
    expect(samples.map(({ replica, problem }) => ({ replica, problem }))).toEqual(
      ['replica1', 'replica2', 'replica3'].map((replica) => ({ replica, problem: null })),
    );
    const own = samples.map(({ programs }) => programs.filter(({ owner }) => owner === 'replica'));
    for (const [index, programs] of own.entries()) {
      expect(programs).toHaveLength(1);
      const [program] = programs;
      expect(program).toMatchObject({ type: 'sched_cls', gplCompatible: true, jited: true });
      expect(program?.pids).toEqual([{ pid: 1, comm: 'replica' }]);
      expect(program?.ownerReason).toMatch(/^attached at eth0 clsact\/egress/);
      const attachments = samples[index]?.attachments ?? [];
      expect(attachments).toHaveLength(1);
      expect(attachments[0]).toMatchObject({ kind: 'tc', ifname: 'eth0', programId: program?.id, programName: program?.name });
      expect(attachments[0]?.priority).toBeGreaterThan(0);
      expect(attachments[0]?.handle).toMatch(/^0x/);
    }
    expect(new Set(own.flat().map(({ id }) => id)).size).toBe(3);
    // In replica1's listing the others' programs are there too, as the host's.
    const others = new Set([...(own[1] ?? []), ...(own[2] ?? [])].map(({ id }) => id));
    const asSeen = samples[0]?.programs.filter(({ id }) => others.has(id)).map(({ owner }) => owner);
    expect(asSeen).toEqual(['host', 'host']);
  });

  test('the verbatim text is what the tool prints by hand', async () => {
    const [replica] = containers;
    if (replica === undefined) throw new Error('no replica');
    const sample = await inspector.sample(replica.id, replica.service);
    const byHand = await engine.exec(replica.id, ['bpftool', 'prog', 'show'], { privileged: false });
    const ownId = sample.programs.find(({ owner }) => owner === 'replica')?.id;
    const block = (text: string) => new RegExp(`^${ownId}: .*\\n(?:\\t.*\\n)*`, 'm').exec(text)?.[0];
    expect(block(sample.verbatim)).toBe(block(byHand.stdout));
    expect(block(sample.verbatim)).toContain('sched_cls');
  });

  test('a program that is detached by hand is no longer attached, only held', async () => {
    const replica = containers[2];
    if (replica === undefined) throw new Error('no replica');
    const before = await inspector.sample(replica.id, replica.service);
    const [attachment] = before.attachments;
    const filter = ['pref', String(attachment?.priority), 'handle', attachment?.handle ?? '', 'bpf'];
    const removed = await engine.exec(replica.id, ['tc', 'filter', 'del', 'dev', 'eth0', 'egress', ...filter], {
      privileged: false,
    });
    expect(removed).toMatchObject({ exitCode: 0 });
    const after = await inspector.sample(replica.id, replica.service);
    expect(after.attachments).toEqual([]);
    expect(after.programs.find(({ id }) => id === attachment?.programId)).toMatchObject({
      owner: 'replica',
      ownerReason: 'held by pid 1 (replica)',
    });
  });

  test('the client, without a capability to list programs, says so instead of showing none', async () => {
    const client = (await engine.containers(RUN)).find(({ service }) => service === 'client');
    const sample = await inspector.sample(client?.id ?? '', 'client');
    // Where the engine may give an exec every capability the listing works; here it may not, and the tool's words are shown.
    if (sample.problem === null) expect(sample.verbatim).toContain('sched_cls');
    else expect(sample.problem).toMatch(/^bpftool prog show failed with exit code \d+: .*(not permitted|denied)/i);
  });
});

test('a container that is gone is a problem, not a crash', async () => {
  const sample = await inspector.sample('0123456789ab', 'replica1');
  expect(sample).toMatchObject({ replica: 'replica1', programs: [], attachments: [] });
  expect(sample.problem).toMatch(/No such container/);
});
