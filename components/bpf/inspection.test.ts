import { expect, it } from 'vitest';
import { exampleProgram, exampleSample } from './example-view';
import { ofSamples } from './inspection';

it('knows nothing without samples', () => {
  expect(ofSamples([])).toBeNull();
});

it('counts a program as the host’s only if no replica’s sample claims it', () => {
  const mine = exampleProgram({ id: 10 });
  const theirs = exampleProgram({ id: 20 });
  const other = exampleProgram({ id: 30, owner: 'host' });
  const seen = ofSamples([
    exampleSample('replica1', { programs: [mine, { ...theirs, owner: 'host' }, other] }),
    exampleSample('replica2', { programs: [{ ...mine, owner: 'host' }, theirs, other] }),
  ]);
  expect(seen?.replicas.map(({ programs }) => programs.map(({ id }) => id))).toEqual([[10], [20]]);
  expect(seen?.host.map(({ id }) => id)).toEqual([30]);
});

it('prefers an older sample to a newer one that failed', () => {
  const seen = ofSamples([
    exampleSample('replica1', { takenAt: 1 }),
    exampleSample('replica1', { takenAt: 2, programs: [], problem: 'no bpftool' }),
  ]);
  expect(seen?.replicas[0]?.programs).toHaveLength(1);
  expect(seen?.at).toBe(1);
});

it('gives the mean time per run since load, and no rate', () => {
  const [program] =
    ofSamples([exampleSample('replica1', { programs: [exampleProgram({ runCnt: 4, runTimeNs: 100 })] })])?.replicas[0]
      ?.programs ?? [];
  expect(program).toMatchObject({ nsPerRun: 25, runsPerS: null, cpuShare: null });
});
