import { describe, expect, it } from 'vitest';
import { checkWorkload, WORKLOAD_DEFAULT, type Workload } from './workload';

const scenario = { name: 'scenario5', payloadMaxBytes: 1408 };
const fields = (workload: Workload) => checkWorkload(workload, scenario).map(({ field }) => field);
const message = (workload: Workload) => checkWorkload(workload, scenario)[0]?.message ?? '';
const requests = (count: number): Workload => ({ ...WORKLOAD_DEFAULT, amount: { kind: 'requests', requests: count } });

describe('checkWorkload', () => {
  it('accepts the default and the workload of the reproduction', () => {
    expect(checkWorkload(WORKLOAD_DEFAULT, scenario)).toEqual([]);
    expect(checkWorkload(requests(20_000), scenario)).toEqual([]);
    expect(checkWorkload({ ...requests(20_000), payloadBytes: 1408 }, scenario)).toEqual([]);
  });

  it('accepts an hour of the largest payload, since memory does not grow with a run', () => {
    const hour: Workload = { ...WORKLOAD_DEFAULT, amount: { kind: 'seconds', seconds: 3600 }, warmupSeconds: 30 };
    expect(checkWorkload({ ...hour, clients: 64, payloadBytes: 1408 }, scenario)).toEqual([]);
    expect(checkWorkload({ ...requests(100_000_000), payloadBytes: 1408 }, scenario)).toEqual([]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 0, -1, 1.5, 1e12])('refuses %s requests', (count) => {
    expect(fields(requests(count))).toEqual(['amount']);
  });

  it.each([Number.NaN, 0, -3, 3601, 1e9])('refuses %s seconds', (seconds) => {
    expect(fields({ ...WORKLOAD_DEFAULT, amount: { kind: 'seconds', seconds } })).toEqual(['amount']);
  });

  it.each([
    ['warmupSeconds', -1],
    ['warmupSeconds', Number.NaN],
    ['warmupSeconds', 31],
    ['clients', 0],
    ['clients', 2.5],
    ['clients', 65],
    ['payloadBytes', 7],
    ['payloadBytes', 1409],
    ['payloadBytes', Number.NaN],
    ['getPercent', -1],
    ['getPercent', 101],
  ] as const)('refuses %s = %s', (field, value) => {
    expect(fields({ ...WORKLOAD_DEFAULT, [field]: value })).toEqual([field]);
  });

  it('names every bad field at once', () => {
    expect(fields({ ...requests(0), clients: 0, getPercent: 200 })).toEqual(['amount', 'clients', 'getPercent']);
  });

  it('names value, bound and remedy', () => {
    expect(message({ ...WORKLOAD_DEFAULT, clients: 0 })).toBe('Clients is 0, below the least, 1. Choose 1 to 64 clients.');
    expect(message(requests(1.5))).toBe('Requests is 1.5, which is not a whole number. Choose 1 to 100,000,000 requests.');
  });

  it('holds the payload against the network of the scenario', () => {
    const [problem] = checkWorkload({ ...WORKLOAD_DEFAULT, payloadBytes: 1400 }, { name: 'overlay3', payloadMaxBytes: 1358 });
    expect(problem?.field).toBe('payloadBytes');
    expect(problem?.message).toContain('at most 1,358');
  });
});
