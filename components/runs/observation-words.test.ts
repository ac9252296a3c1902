import { expect, it } from 'vitest';
import { sayObservation } from './observation-words';

it.each([
  [{ kind: 'bpf_statistics', fromMs: 1_200, toMs: null }, 10_000, 'eBPF statistics on from 1.2 s to the end of the window'],
  [{ kind: 'bpf_statistics', fromMs: 1_200, toMs: 10_400 }, 10_000, 'eBPF statistics on from 1.2 s to the end of the window'],
  [{ kind: 'bpf_watch', fromMs: 0, toMs: 24_980 }, 25_100, 'eBPF looked at over the whole window'],
  [{ kind: 'trace', fromMs: 0, toMs: null }, 10_000, 'operations traced over the whole window'],
  [{ kind: 'bpf_watch', fromMs: -300, toMs: 4_000 }, 10_000, 'eBPF looked at from its begin to 4.0 s'],
  [{ kind: 'bpf_watch', fromMs: 2_000, toMs: null }, null, 'eBPF looked at from 2.0 s on'],
] as const)('says %o in words', (observation, windowMs, words) => {
  expect(sayObservation(observation, windowMs)).toBe(words);
});
