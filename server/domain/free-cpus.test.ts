import { expect, it } from 'vitest';
import { freeCpus } from './free-cpus';

it.each([
  [{ replica1: '0', client: '1' }, 4, '2,3'],
  [{ replica1: '0', replica2: '1-2', client: '3' }, 4, null],
  [{ replica1: '0,2', client: '4-5' }, 8, '1,3,6,7'],
  [{ replica1: '0', client: '1' }, 2, null],
  [{}, 8, null],
])('beside %j of %i cores are %s', (cpusets, cores, free) => {
  expect(freeCpus(cpusets, cores)).toBe(free);
});
