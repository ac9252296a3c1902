import { describe, expect, it } from 'vitest';
import { checkWorkload, LOG_LIMIT, logCapacityFor, RATE_CEILING_PER_S, WORKLOAD_DEFAULT, type Workload } from './workload';

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

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 0, -1, 1.5, 1e12])('refuses %s requests', (count) => {
    expect(fields(requests(count))).toEqual(['amount']);
  });

  it.each([Number.NaN, 0, -3, 61, 1e9])('refuses %s seconds', (seconds) => {
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
    expect(message(requests(1.5))).toBe('Requests is 1.5, which is not a whole number. Choose 1 to 4,000,000 requests.');
  });

  it('holds the payload against the network of the scenario', () => {
    const [problem] = checkWorkload({ ...WORKLOAD_DEFAULT, payloadBytes: 1400 }, { name: 'overlay3', payloadMaxBytes: 1358 });
    expect(problem?.field).toBe('payloadBytes');
    expect(problem?.message).toContain('at most 1,358');
  });

  it('refuses more operations than the log holds and says how many fit', () => {
    const tooMany = message(requests(3_900_000));
    expect(tooMany).toContain('4,020,001 operations');
    expect(tooMany).toContain('holds 4,000,000');
    const [, fits] = /at most ([\d,]+) requests/.exec(tooMany) ?? [];
    const most = Number(fits?.replaceAll(',', ''));
    expect(fields(requests(most))).toEqual([]);
    expect(fields(requests(most + 1))).toEqual(['amount']);
  });

  it('refuses more payload bytes than the log holds, and its remedy fits', () => {
    const large = { ...WORKLOAD_DEFAULT, payloadBytes: 1408 };
    const said = message(large);
    expect(said).toContain(`holds ${LOG_LIMIT.payloadBytes.toLocaleString('en-US')}`);
    const [, seconds] = /at most (\d+) seconds/.exec(said) ?? [];
    expect(fields({ ...large, amount: { kind: 'seconds', seconds: Number(seconds) } })).toEqual([]);
  });

  it('refuses the longest duration with the longest warm-up', () => {
    expect(fields({ ...WORKLOAD_DEFAULT, amount: { kind: 'seconds', seconds: 60 }, warmupSeconds: 30 })).toEqual(['amount']);
  });
});

describe('logCapacityFor', () => {
  it('covers warm-up at the ceiling, the measured requests and one in flight per client', () => {
    expect(logCapacityFor({ ...requests(20_000), warmupSeconds: 2, clients: 8, payloadBytes: 64 })).toEqual({
      operations: 20_000 + 2 * RATE_CEILING_PER_S + 8,
      payloadBytes: (20_000 + 2 * RATE_CEILING_PER_S + 8) * 64,
    });
  });
});
