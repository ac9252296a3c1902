import { describe, expect, it } from 'vitest';
import { replicasOf } from './example-run';
import { hostProblems, resolvePlacement } from './placement';

const cluster = { replicas: replicasOf(3), clientService: 'client' };

describe('resolvePlacement', () => {
  it('pins nothing when shared', () => {
    expect(resolvePlacement('shared', cluster, 8)).toEqual({});
  });

  it('keeps leader and client on core 0 and the followers on the others', () => {
    expect(resolvePlacement('leader_apart', cluster, 2)).toEqual({ replica1: '0', replica2: '1', replica3: '1', client: '0' });
    expect(resolvePlacement('leader_apart', cluster, 4)).toEqual({
      replica1: '0',
      replica2: '1-3',
      replica3: '1-3',
      client: '0',
    });
  });

  it('puts all replicas on one core and the client beside it', () => {
    expect(resolvePlacement('one_core', cluster, 2)).toEqual({ replica1: '0', replica2: '0', replica3: '0', client: '1' });
  });

  it('gives everybody a core', () => {
    expect(resolvePlacement('own_core', cluster, 4)).toEqual({ replica1: '0', replica2: '1', replica3: '2', client: '3' });
  });

  it.each([
    [1, 'shared'],
    [2, 'leader_apart'],
    [3, 'leader_apart'],
    [4, 'leader_apart'],
    [5, 'own_core'],
    [64, 'own_core'],
  ] as const)('auto with 3 replicas on %i cores is %s', (cores, placement) => {
    expect(resolvePlacement('auto', cluster, cores)).toEqual(resolvePlacement(placement, cluster, cores));
  });

  it.each([
    ['leader_apart', 1],
    ['one_core', 1],
    ['own_core', 3],
  ] as const)('refuses %s on %i cores', (placement, cores) => {
    expect(() => resolvePlacement(placement, cluster, cores)).toThrow(expect.objectContaining({ code: 'bad_workload' }));
  });
});

describe('hostProblems', () => {
  const scenario = { name: 'scenario7', replicas: replicasOf(7) };
  const gibibyte = 1024 ** 3;

  it('has none on an ordinary machine', () => {
    expect(hostProblems(scenario, { cores: 2, memoryBytes: 4 * gibibyte })).toEqual([]);
  });

  it('names cores and memory that are short', () => {
    const problems = hostProblems(scenario, { cores: 1, memoryBytes: gibibyte / 2 });
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('has 1 core'),
      expect.stringContaining('has 512 MiB of memory; 7 replicas need about 1,050 MiB'),
    ]);
  });
});
