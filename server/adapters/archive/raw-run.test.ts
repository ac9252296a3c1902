import { describe, expect, it } from 'vitest';
import type { RawLatencies } from '@/server/domain/archive';
import { inChunks } from './example-archive';
import { readRawRun } from './raw-run';

const FACTS: RawLatencies = {
  name: 'lat.raw',
  scenario: 'scenario3',
  replicas: 3,
  variant: 'baseline',
  clients: 1,
  now: 1_763_900_000_000,
};

function bytesOf(latenciesNs: (number | bigint)[]): Buffer {
  const bytes = Buffer.alloc(latenciesNs.length * 8);
  for (const [at, ns] of latenciesNs.entries()) bytes.writeBigUInt64LE(BigInt(ns), at * 8);
  return bytes;
}

const readRun = (bytes: Buffer, facts: Partial<RawLatencies> = {}, chunkBytes = 5) =>
  readRawRun(inChunks(bytes, chunkBytes), { ...FACTS, ...facts });

describe('a file of bare latencies', () => {
  it('becomes a run with exact mean, least and greatest', async () => {
    const { view } = await readRun(bytesOf([100_001, 200_003, 300_005]));
    expect(view.latency).toMatchObject({ n: 3, meanNs: 200_003, minNs: 100_001, maxNs: 300_005 });
    expect(view.latency?.p50Ns).toBeGreaterThanOrEqual(200_003);
    expect(view.latency?.p50Ns).toBeLessThanOrEqual(200_003 * 1.001);
    expect([view.state, view.completed, view.throughputPerS, view.proof]).toEqual(['done', 3, null, null]);
    expect(view.config.importedFrom).toMatchObject({ storeId: 'raw-file', id: 'lat.raw', at: FACTS.now });
    expect(view.config.importedFrom?.note).toContain('It holds no times');
  });

  it('is the same in whatever pieces it comes', async () => {
    const bytes = bytesOf(Array.from({ length: 100 }, (_, at) => 50_000 + at * 977));
    expect((await readRun(bytes, {}, 1)).intervals).toEqual((await readRun(bytes, {}, 4096)).intervals);
  });

  it('is laid out by the sum of latencies divided by the clients', async () => {
    const bytes = bytesOf([60e6, 60e6, 250e6]);
    const spans = async (clients: number) =>
      [...(await readRun(bytes, { clients })).intervals].map(({ startUs, durationUs, completed }) => [
        startUs,
        durationUs,
        completed,
      ]);
    expect(await spans(1)).toEqual([
      [0, 100_000, 1],
      [100_000, 100_000, 1],
      [200_000, 100_000, 0],
      [300_000, 70_000, 1],
    ]);
    expect(await spans(2)).toEqual([
      [0, 100_000, 2],
      [100_000, 85_000, 1],
    ]);
  });

  it('is judged by the warm-up alone', async () => {
    const { view } = await readRun(bytesOf(Array.from({ length: 40 }, (_, at) => 50e6 + at)));
    const known = view.validity?.gates.filter(({ state }) => state !== 'unknown').map(({ id }) => id);
    expect(known).toEqual(['warmup']);
    expect(view.validity?.verdict).toBe('valid');
  });

  it('is refused with file, offset and cause', async () => {
    const refused = (bytes: Buffer) => expect(readRun(bytes)).rejects;
    await refused(Buffer.alloc(0)).toThrow('lat.raw: it is empty.');
    await refused(Buffer.concat([bytesOf([1000]), Buffer.alloc(3)])).toThrow('lat.raw, offset 8: 3 bytes are left over');
    await refused(bytesOf([1000, 0])).toThrow('lat.raw, offset 8: the latency is 0 ns');
    await refused(bytesOf([1000, 3_600_000_000_001])).toThrow('offset 8: the latency is 3600000000001 ns, more than an hour');
    await refused(bytesOf([2n ** 53n + 1n])).toThrow('offset 0: the latency is');
    await refused(bytesOf([100_000]).reverse()).toThrow('These are not little-endian uint64 nanoseconds');
    await refused(bytesOf(Array.from({ length: 25 }, () => 3_600e9))).toThrow('offset 192: the latencies up to here add up');
  });

  it('is refused with facts that no run can have', async () => {
    const bytes = bytesOf([1000]);
    await expect(readRun(bytes, { clients: 0 })).rejects.toThrow('lat.raw cannot become a run: 0 clients.');
    await expect(readRun(bytes, { replicas: 2.5 })).rejects.toThrow('2.5 replicas');
    await expect(readRun(bytes, { scenario: '' })).rejects.toThrow('no scenario is named');
  });
});
