import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LabError } from '@/server/domain/errors';
import { freeSpaceCheck } from './free-space';
import { cpuModelOf } from './host-facts';
import { checkReadiness, type ReadinessOptions } from './readiness';

const facts = {
  kernel: '6.18.44',
  cpuModel: 'AMD EPYC',
  cores: 8,
  memoryBytes: 8 * 1024 ** 3,
  engine: '20.10.24',
  storageDriver: 'overlay2',
  governor: null,
  load1: 0.5,
  btf: true,
  bpfStats: false,
  os: 'Debian 12',
};
const ready: ReadinessOptions = {
  engine: {
    facts: async () => facts,
    imageDigest: async () => `sha256:${'ab'.repeat(32)}`,
    dataRoot: async () => '/',
  },
  composer: { version: async () => '2.26.1' },
  dataDir: join(tmpdir(), 'not-yet-made'),
  image: 'electrode-lab/replica:dev',
  replicasMax: 7,
};

test('a machine that has everything can launch', async () => {
  const { canLaunch, checks } = await checkReadiness(ready);
  expect(canLaunch).toBe(true);
  expect(checks.map(({ id }) => id)).toEqual(['engine', 'compose', 'kernel', 'btf', 'bpf_stats', 'cpu', 'image', 'disk']);
  expect(checks.filter(({ state }) => state === 'fail')).toEqual([]);
});

test('an engine that is absent fails with the command that starts it, and nothing is guessed about the rest', async () => {
  const absent = async () => {
    throw new LabError('engine_absent', 'no Docker Engine answers', { remedy: 'sudo systemctl start docker' });
  };
  const readiness = await checkReadiness({ ...ready, engine: { facts: absent, imageDigest: absent, dataRoot: absent } });
  expect(readiness.canLaunch).toBe(false);
  expect(readiness.checks.map(({ id }) => id)).toEqual(['engine', 'compose', 'disk']);
  expect(readiness.checks[0]).toMatchObject({
    state: 'fail',
    command: 'sudo systemctl start docker',
    detail: 'no Docker Engine answers',
  });
});

test('a missing image, a missing or old Compose fail; few cores, no BTF and an old kernel are notes', async () => {
  const stateOf = async (options: Partial<ReadinessOptions>, id: string) =>
    (await checkReadiness({ ...ready, ...options })).checks.find((check) => check.id === id);
  const engine = (more: object) => ({ engine: { ...ready.engine, ...more } });
  expect(await stateOf(engine({ imageDigest: async () => null }), 'image')).toMatchObject({
    state: 'fail',
    command: 'docker build -t electrode-lab/replica:dev ebpf',
  });
  expect(await stateOf({ composer: { version: async () => '1.29.2' } }, 'compose')).toMatchObject({
    state: 'fail',
    value: '1.29.2',
  });
  expect(
    await stateOf({ composer: { version: () => Promise.reject(new LabError('compose_missing', 'gone')) } }, 'compose'),
  ).toMatchObject({
    state: 'fail',
    detail: 'gone',
  });
  expect(await stateOf(engine({ facts: async () => ({ ...facts, cores: 7 }) }), 'cpu')).toMatchObject({
    state: 'note',
    value: '7 cores',
  });
  expect(await stateOf(engine({ facts: async () => ({ ...facts, cores: 8 }) }), 'cpu')).toMatchObject({ state: 'pass' });
  expect(await stateOf(engine({ facts: async () => ({ ...facts, btf: false }) }), 'btf')).toMatchObject({ state: 'note' });
  expect(await stateOf(engine({ facts: async () => ({ ...facts, kernel: '5.4.0-1' }) }), 'kernel')).toMatchObject({
    state: 'note',
  });
});

test('the tightest disk decides, and a folder that is not there yet counts as the one above it', async () => {
  const GIB = 1024 ** 3;
  const free: Record<string, number> = { '/': 50 * GIB, '/docker': 1 * GIB, '/full': 0.1 * GIB };
  const statfs = async (path: string) => {
    const bytes = free[path];
    if (bytes === undefined) throw new Error('ENOENT');
    return { bavail: bytes / 4096, bsize: 4096 };
  };
  expect(await freeSpaceCheck(['/data/var'], statfs)).toMatchObject({ state: 'pass', value: '50.0 GiB free' });
  expect(await freeSpaceCheck(['/data', '/docker/x'], statfs)).toMatchObject({ state: 'note', value: '1.0 GiB free' });
  expect(await freeSpaceCheck(['/data', '/full'], statfs)).toMatchObject({ state: 'fail', value: '102 MiB free' });
});

test('the CPU is named as the kernel names it', () => {
  expect(cpuModelOf('processor\t: 0\nmodel name\t: AMD EPYC 7B13\nflags: x\n')).toBe('AMD EPYC 7B13');
  expect(cpuModelOf('processor\t: 0\nBogoMIPS\t: 108\n\nModel\t\t: Raspberry Pi 4\n')).toBe('Raspberry Pi 4');
  expect(cpuModelOf('')).toBeNull();
});
