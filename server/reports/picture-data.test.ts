import { describe, expect, it } from 'vitest';
import { EXAMPLE_PLAN, exampleReport } from './example-report';
import { pictureData } from './picture-data';

describe('the data of the pictures', () => {
  it('holds every pair in the order run, and says which of them count', () => {
    const input = exampleReport({ plan: { pairs: 6, scenarios: ['scenario3'] }, busy: [4] });
    const [cell] = pictureData(input).cells;
    const ratios = cell?.comparisons[0]?.pairRatios;
    expect(ratios?.pairs.map(({ pair, counted }) => [pair, counted])).toEqual([
      [1, true],
      [2, true],
      [3, false],
      [4, true],
      [5, true],
      [6, true],
      [3, true],
    ]);
    expect(
      ratios?.pairs
        .filter(({ counted }) => counted)
        .map(({ ratio }) => ratio)
        .toSorted(),
    ).toEqual(input.results.rows[0]?.ratios.map(({ ratio }) => ratio).toSorted());
    expect(cell?.comparisons[0]?.pairLines.pairs).toHaveLength(7);
  });

  it('has an interval from six pairs on, and the range of the pairs below', () => {
    const sizesOf = (pairs: number) => pictureData(exampleReport({ plan: { pairs } })).sizeRatios[0]?.data.series[0]?.sizes;
    expect(sizesOf(6)?.map(({ interval }) => interval?.isInterval)).toEqual([true, true, true]);
    const [size] = sizesOf(5) ?? [];
    expect(size?.interval).toEqual({
      range: [Math.min(...(size?.ratios ?? [])), Math.max(...(size?.ratios ?? []))],
      isInterval: false,
    });
  });

  it('has pictures by size where sizes differ, one of each', () => {
    const metricsOf = (scenarios: string[]) =>
      pictureData(exampleReport({ plan: { scenarios, pairs: 1 } })).sizeRatios.map(({ metric }) => metric);
    expect(metricsOf(['scenario3', 'scenario5'])).toEqual(['p50', 'p99', 'throughput', 'leaderCpuPerRequest']);
    expect(metricsOf(['scenario3'])).toEqual([]);
    expect(metricsOf(['scenario3', 'other3', 'scenario5'])).toEqual([]);
  });

  it('says the claim of the original beside the size it was made for', () => {
    const claimOf = (variants: string[]) =>
      pictureData(exampleReport({ plan: { variants, pairs: 1 } })).sizeRatios[0]?.data.claim?.replicas;
    expect(claimOf(['baseline', 'tc_broadcast'])).toBe(3);
    expect(claimOf(['baseline', 'sendmmsg'])).toBeUndefined();
    expect(claimOf(['baseline', 'baseline'])).toBeUndefined();
  });

  it('draws sides that stand beside each other on one scale', () => {
    const [cell] = pictureData(exampleReport({ plan: { pairs: 2, scenarios: ['scenario7'] } })).cells;
    const [a, b] = cell?.overTime ?? [];
    expect([a?.rangeNs, a?.domainMs]).toEqual([b?.rangeNs, b?.domainMs]);
    const all = cell?.overTime.flatMap(({ points }) => points.flatMap(({ p50Ns, p99Ns }) => [p50Ns ?? 0, p99Ns ?? 0])) ?? [];
    expect(a?.rangeNs).toEqual([Math.min(...all), Math.max(...all)]);
  });

  it('has one picture by size for each workload of a sweep, and one curve per variant', () => {
    const [workload] = EXAMPLE_PLAN.workloads;
    if (workload === undefined) throw new Error('the example has a workload');
    const workloads = [1, 4].map((clients) => ({ ...workload, clients }));
    const { sizeRatios, throughputLatency } = pictureData(exampleReport({ plan: { workloads, pairs: 1 } }));
    expect(sizeRatios.map(({ data }) => data.metricTitle)).toEqual(['p50, 1 client', 'p50, 4 clients']);
    expect(throughputLatency.map(({ scenario }) => scenario)).toEqual(['scenario3', 'scenario5', 'scenario7']);
    expect(throughputLatency[0]?.data.curves.map(({ points }) => points.map(({ clients }) => clients))).toEqual([
      [1, 4],
      [1, 4],
    ]);
  });

  it('is plain data, as an API can send it', () => {
    const data = pictureData(exampleReport({ plan: { pairs: 2 } }));
    expect(JSON.parse(JSON.stringify(data))).toEqual(data);
  });
});
