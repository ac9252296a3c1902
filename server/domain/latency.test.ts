import fc from 'fast-check';
import { build } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { exampleInterval } from './example-run';
import {
  addInterval,
  highestOf,
  indexOf,
  mergeHistograms,
  NO_LATENCY,
  percentile,
  summarise,
  summariseTotals,
  totalCount,
} from './latency';

const latency = fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1000, max: 3_000_000_000 }));
const latencies = fc.array(latency, { minLength: 1, maxLength: 300 });
const percents = [0.001, 1, 25, 50, 66.6, 75, 90, 95, 99, 99.9, 99.99, 99.999, 100];

function oracleOf(values: number[]) {
  const histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 2 ** 40,
    numberOfSignificantValueDigits: 3,
    bitBucketSize: 32,
  });
  for (const value of values) histogram.recordValue(value);
  return histogram;
}
const sparse = (values: number[]) => exampleInterval(0, values).hist;

describe('percentile', () => {
  it('agrees with hdr-histogram-js at every percentile', () => {
    fc.assert(
      fc.property(latencies, (values) => {
        const oracle = oracleOf(values);
        for (const percent of percents) expect(percentile(sparse(values), percent)).toBe(oracle.getValueAtPercentile(percent));
      }),
    );
  });

  it('does not skip a value where floating point rounds up: 99.9 % of 1000', () => {
    const values = Array.from({ length: 1000 }, (_, at) => at + 1);
    expect(percentile(sparse(values), 99.9)).toBe(999);
    expect(percentile(sparse(values), 100)).toBe(1000);
  });

  it('is not a number for an empty histogram', () => {
    expect(percentile([], 50)).toBeNaN();
  });
});

describe('indexOf and highestOf', () => {
  it('keep every value within 0.1 % above', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 52 }), (value) => {
        const highest = highestOf(indexOf(value));
        expect(highest).toBeGreaterThanOrEqual(value);
        expect(highest - value).toBeLessThanOrEqual(value / 1000);
        expect(indexOf(highest)).toBe(indexOf(value));
      }),
    );
  });

  it('are exact at powers of two, where a logarithm may round', () => {
    for (let bit = 11; bit < 52; bit += 1) {
      expect(indexOf(2 ** bit)).toBe(indexOf(2 ** bit - 1) + 1);
      expect(highestOf(indexOf(2 ** bit - 1))).toBe(2 ** bit - 1);
    }
  });
});

describe('merging', () => {
  it('is the same as recording everything into one', () => {
    fc.assert(
      fc.property(fc.array(latencies, { maxLength: 8 }), (parts) => {
        const merged = mergeHistograms(parts.map(sparse));
        expect(merged).toEqual(sparse(parts.flat()));
        expect(totalCount(merged)).toBe(parts.flat().length);
      }),
    );
  });

  it('of one interval after the other gives the summary of all', () => {
    fc.assert(
      fc.property(fc.array(fc.array(latency, { maxLength: 50 }), { maxLength: 6 }), (parts) => {
        const intervals = parts.map((values, at) => exampleInterval(at, values));
        expect(summariseTotals(intervals.reduce(addInterval, NO_LATENCY))).toEqual(summarise(intervals));
      }),
    );
  });
});

describe('summarise', () => {
  it('has the exact mean, least and greatest, and no percentile above the greatest', () => {
    const values = [100_003, 200_001, 299_999];
    const summary = summarise([
      exampleInterval(0, values.slice(0, 2)),
      exampleInterval(1, []),
      exampleInterval(2, values.slice(2)),
    ]);
    expect(summary).toMatchObject({
      n: 3,
      minNs: 100_003,
      meanNs: 600_003 / 3,
      maxNs: 299_999,
      p99Ns: 299_999,
      p999Ns: 299_999,
    });
    expect(summary?.p50Ns).toBe(highestOf(indexOf(200_001)));
  });

  it('leaves warm-up out', () => {
    expect(summarise([exampleInterval(0, [5000], 'warmup')])).toBeNull();
    expect(summarise([exampleInterval(0, [5000], 'warmup'), exampleInterval(0, [1000])])?.n).toBe(1);
  });

  it('is null when nothing completed', () => {
    expect(summarise([])).toBeNull();
    expect(summarise([exampleInterval(0, [])])).toBeNull();
  });
});
