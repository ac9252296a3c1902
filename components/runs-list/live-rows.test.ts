import { expect, it } from 'vitest';
import type { RunSummary } from '@/server/api/types';
import { compareAddress, togglePick } from './live-rows';

function row(id: string, variant: string): RunSummary {
  return {
    id,
    scenario: 'scenario5',
    replicas: 5,
    variant,
    workload: {
      amount: { kind: 'seconds', seconds: 20 },
      warmupSeconds: 2,
      clients: 1,
      payloadBytes: 64,
      getPercent: 50,
      placement: 'auto',
    },
    state: 'done',
    origin: 'panel',
    createdAt: 0,
    startedAt: 0,
    endedAt: 1,
    completed: 1,
    p50Ns: null,
    p99Ns: null,
    throughputPerS: null,
    mechanism: null,
    valid: true,
    verdict: 'valid',
    place: null,
    imported: false,
    remark: null,
    p99SparkNs: [],
  };
}

it('a third pick replaces the oldest of two, a second click takes a pick back', () => {
  expect(togglePick(['r-0001', 'r-0002'], 'r-0003')).toEqual(['r-0002', 'r-0003']);
  expect(togglePick(['r-0001', 'r-0002'], 'r-0001')).toEqual(['r-0002']);
});

it('compares two picks with the baseline first, whatever was picked first', () => {
  const rows = [row('r-0002', 'baseline'), row('r-0001', 'tc_broadcast')];
  expect(compareAddress(['r-0001', 'r-0002'], rows)).toBe('/compare?runs=r-0002,r-0001');
});

it('has no address for fewer than two', () => {
  expect(compareAddress(['r-0001'], [])).toBeNull();
  expect(compareAddress([], [])).toBeNull();
});
